#include "media/s3/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include "media/descriptor.h"
#include "media/disk_file.h"

namespace herald::media {
namespace {

constexpr std::size_t kPieceBytes = 1u << 20;

// Goes when the last one that knows of it does.
struct Spooled {
  explicit Spooled(std::string p) : path(std::move(p)) {}
  ~Spooled() { ::unlink(path.c_str()); }
  Spooled(const Spooled&) = delete;
  Spooled& operator=(const Spooled&) = delete;
  const std::string path;
};

Result<Done> check_room(const std::string& folder, std::uint64_t bytes,
                        std::uint64_t free_bytes_min) {
  struct statvfs disk{};
  if (::statvfs(folder.c_str(), &disk) != 0) return disk_failure("statvfs", errno);
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  if (free >= free_bytes_min && bytes <= free - free_bytes_min) return Done{};
  return disk_failure("free space of the spool", ENOSPC);
}

}  // namespace

Result<Done> make_spool(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error && ::chmod(folder.c_str(), 0700) != 0) error.assign(errno, std::generic_category());
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::filesystem::remove(it->path(), error);
  }
  if (!error) return Done{};
  return fail(ErrorKind::unavailable,
              "The folder " + folder + " cannot be written. Check its owner and its disk.",
              error.message());
}

Result<LocalFile> spool_copy(const std::string& folder, MediaReader& reader, std::uint64_t bytes,
                             std::uint64_t free_bytes_min) {
  HERALD_CHECK(check_room(folder, bytes, free_bytes_min));
  std::string path = folder + "/XXXXXX";
  const Descriptor file(::mkostemp(path.data(), O_CLOEXEC));  // 0600.
  if (!file) return disk_failure("mkostemp", errno);
  auto spooled = std::make_shared<Spooled>(path);
  std::string piece(kPieceBytes, '\0');
  std::uint64_t at = 0;
  for (;;) {
    HERALD_TRY(const auto count, reader.read(piece));
    if (count == 0) break;
    HERALD_CHECK(write_all(file, std::string_view(piece).substr(0, count), at));
    at += count;
  }
  if (at == bytes) return LocalFile{std::move(path), std::move(spooled)};
  return fail(ErrorKind::unavailable, "The media storage failed. Try again.",
              "an object became shorter or longer while it was copied");
}

}  // namespace herald::media
