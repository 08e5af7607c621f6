#include "http/server/file_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace herald::http {

FileReader::~FileReader() {
  if (file_ >= 0) ::close(file_);
}

bool FileReader::open(const std::string& path, std::uint64_t offset) {
  // Without O_NONBLOCK a named pipe would hold the worker until somebody writes to it.
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat facts{};
  at_ = offset;
  return file_ >= 0 && fstat(file_, &facts) == 0 && S_ISREG(facts.st_mode);
}

bool FileReader::read(std::size_t size, std::string& piece) {
  piece.resize(size);
  std::size_t have = 0;
  while (have < size) {
    const auto got = pread(file_, piece.data() + have, size - have, static_cast<off_t>(at_ + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    have += static_cast<std::size_t>(got);
  }
  at_ += size;
  return true;
}

}  // namespace herald::http
