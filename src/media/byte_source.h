// Bytes that are read where they are needed, so that a file of any size costs no memory. Counts
// what was read: bounds are kept and tested by it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "domain/result.h"

namespace herald::media {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  // Fills `room`; fewer bytes only at the end, 0 behind it. unavailable: the disk failed.
  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> room);
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  virtual Result<std::size_t> fetch(std::uint64_t offset, std::span<char> room) = 0;
  std::uint64_t bytes_read_ = 0;
};

// Does not own the descriptor. The size is the one at construction.
class FileBytes final : public ByteSource {
 public:
  explicit FileBytes(int fd);
  std::uint64_t size() const override { return size_; }

 private:
  Result<std::size_t> fetch(std::uint64_t offset, std::span<char> room) override;
  int fd_;
  std::uint64_t size_ = 0;
};

// Does not own the bytes.
class MemoryBytes final : public ByteSource {
 public:
  explicit MemoryBytes(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }

 private:
  Result<std::size_t> fetch(std::uint64_t offset, std::span<char> room) override;
  std::string_view bytes_;
};

}  // namespace herald::media
