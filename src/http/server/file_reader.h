// A file read in pieces, in order. Every call may block on the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace herald::http {

class FileReader {
 public:
  FileReader() = default;
  ~FileReader();
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  // False: no such regular file, or it may not be read.
  bool open(const std::string& path, std::uint64_t offset);
  // Replaces `piece` by exactly `size` bytes. False: the file has no more so many, or an I/O error.
  bool read(std::size_t size, std::string& piece);

 private:
  int file_ = -1;
  std::uint64_t at_ = 0;
};

}  // namespace herald::http
