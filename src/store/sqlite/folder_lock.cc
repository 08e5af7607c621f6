#include "store/sqlite/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace herald {
namespace {

std::unexpected<Error> cannot_use(const std::string& folder, const std::string& why) {
  return fail(ErrorKind::unavailable, "The data folder cannot be used: " + why + ".", folder);
}

std::string owner_of(int file) {
  std::array<char, 32> text{};
  const ssize_t size = pread(file, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "unknown";
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::string& folder) {
  std::error_code problem;
  if (std::filesystem::create_directories(folder, problem)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
  }
  if (problem) return cannot_use(folder, problem.message());
  const int file = open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return cannot_use(folder, std::strerror(errno));
  FolderLock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return std::unexpected(Error{ErrorKind::unavailable,
                                 "Another Herald (process " + owner_of(file) +
                                     ") uses this data folder. Stop it, or choose another folder.",
                                 folder,
                                 {},
                                 "data_folder_in_use"});
  }
  const std::string owner = std::to_string(getpid());
  if (ftruncate(file, 0) != 0 ||
      pwrite(file, owner.data(), owner.size(), 0) != static_cast<ssize_t>(owner.size())) {
    return cannot_use(folder, std::strerror(errno));
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace herald
