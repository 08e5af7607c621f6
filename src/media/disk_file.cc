#include "media/disk_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace herald::media {
namespace {

// So that the last sync of a large upload is short.
constexpr std::uint64_t kUnsyncedBytesMax = 8ull << 20;

class DiskWriter final : public MediaWriter {
 public:
  DiskWriter(Descriptor file, std::uint64_t end)
      : file_(std::move(file)), end_(end), synced_(end) {}

  // The lock is held for one piece only, so that a hanging connection keeps nobody out.
  Result<Done> write(std::string_view piece) override {
    HERALD_TRY(const auto lock, Lock::take(file_));
    HERALD_CHECK(check_end());
    if (auto written = write_all(file_, piece, end_); !written) {
      return give_back(end_, std::move(written).error());
    }
    end_ += piece.size();
    return end_ - synced_ < kUnsyncedBytesMax ? Result<Done>(Done{}) : flush();
  }

  Result<std::uint64_t> sync() override {
    HERALD_TRY(const auto lock, Lock::take(file_));
    if (end_ != synced_) HERALD_CHECK(flush());
    return end_;
  }

 private:
  class Lock {
   public:
    static Result<Lock> take(const Descriptor& file) {
      while (::flock(file.get(), LOCK_EX) != 0) {
        if (errno != EINTR) return disk_failure("flock", errno);
      }
      return Lock(&file);
    }
    Lock(Lock&& other) noexcept : file_(std::exchange(other.file_, nullptr)) {}
    Lock& operator=(Lock&&) = delete;
    ~Lock() {
      if (file_ != nullptr) ::flock(file_->get(), LOCK_UN);
    }

   private:
    explicit Lock(const Descriptor* file) : file_(file) {}
    const Descriptor* file_;
  };

  Result<Done> check_end() {
    struct stat info{};
    if (::fstat(file_.get(), &info) != 0) return disk_failure("fstat", errno);
    if (info.st_nlink == 0) return disk_failure("removed while written", ENOENT);
    if (static_cast<std::uint64_t>(info.st_size) == end_) return Done{};
    return fail(ErrorKind::conflict,
                "Another upload of this file went on meanwhile. Ask where it stands and go on.");
  }

  // A piece counts whole or not at all, and what a failed sync leaves in memory is not trusted.
  Result<Done> give_back(std::uint64_t end, Error error) {
    if (::ftruncate(file_.get(), static_cast<off_t>(end)) == 0) end_ = end;
    return std::unexpected(std::move(error));
  }

  Result<Done> flush() {
    if (::fdatasync(file_.get()) != 0) {
      return give_back(synced_, disk_failure("fdatasync", errno).error());
    }
    synced_ = end_;
    return Done{};
  }

  Descriptor file_;
  std::uint64_t end_;
  std::uint64_t synced_;
};

class DiskReader final : public MediaReader {
 public:
  DiskReader(Descriptor file, std::uint64_t offset) : file_(std::move(file)), offset_(offset) {}

  Result<std::size_t> read(std::span<char> room) override {
    for (;;) {
      const auto count =
          ::pread(file_.get(), room.data(), room.size(), static_cast<off_t>(offset_));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return disk_failure("pread", errno);
      offset_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
  }

 private:
  Descriptor file_;
  std::uint64_t offset_;
};

}  // namespace

std::unexpected<Error> disk_failure(const std::string& what, int error_number) {
  const auto detail = what + ": " + std::strerror(error_number);
  if (error_number == ENOENT) {
    return fail(ErrorKind::not_found, "There is no such file.", detail);
  }
  if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG) {
    auto full = fail(ErrorKind::unavailable,
                     "There is no room for this file. Remove others, or try again later.", detail);
    full.error().code = "storage_full";
    return full;
  }
  return fail(ErrorKind::unavailable, "The media storage failed. Try again.", detail);
}

Result<Descriptor> open_file(const std::string& path, int flags) {
  Descriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return disk_failure("open", errno);
  return file;
}

Result<Done> make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return Done{};
  return disk_failure("mkdir", errno);
}

Result<Done> sync_folder(const std::string& path) {
  HERALD_TRY(const auto folder, open_file(path, O_RDONLY | O_DIRECTORY));
  if (::fsync(folder.get()) != 0) return disk_failure("fsync of a folder", errno);
  return Done{};
}

Result<Done> write_all(const Descriptor& file, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const auto count = ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return disk_failure("pwrite", errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return Done{};
}

std::unique_ptr<MediaWriter> make_disk_writer(Descriptor file, std::uint64_t end) {
  return std::make_unique<DiskWriter>(std::move(file), end);
}

std::unique_ptr<MediaReader> make_disk_reader(Descriptor file, std::uint64_t offset) {
  return std::make_unique<DiskReader>(std::move(file), offset);
}

}  // namespace herald::media
