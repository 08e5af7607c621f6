#include "media/byte_source.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace herald::media {

Result<std::size_t> ByteSource::read_at(std::uint64_t offset, std::span<char> room) {
  if (offset >= size()) return 0;
  const auto wanted = std::min<std::uint64_t>(room.size(), size() - offset);
  HERALD_TRY(const auto count, fetch(offset, room.first(wanted)));
  bytes_read_ += count;
  return count;
}

FileBytes::FileBytes(int fd) : fd_(fd) {
  struct stat info{};
  if (::fstat(fd_, &info) == 0) size_ = static_cast<std::uint64_t>(info.st_size);
}

Result<std::size_t> FileBytes::fetch(std::uint64_t offset, std::span<char> room) {
  std::size_t done = 0;
  while (done < room.size()) {
    const auto count =
        ::pread(fd_, room.data() + done, room.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return fail(ErrorKind::unavailable, "The file could not be read. Try again.",
                  std::strerror(errno));
    }
    if (count == 0) break;  // Shorter than it was.
    done += static_cast<std::size_t>(count);
  }
  return done;
}

Result<std::size_t> MemoryBytes::fetch(std::uint64_t offset, std::span<char> room) {
  std::memcpy(room.data(), bytes_.data() + offset, room.size());
  return room.size();
}

}  // namespace herald::media
