#include "program/data_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "crypto/self_check.h"

namespace herald {
namespace {

std::unexpected<Error> refused(const std::string& folder, const std::string& why) {
  return fail(ErrorKind::invalid, "HERALD_DATA: the folder " + folder + " " + why + ".");
}

// Whole or not at all, also when the machine stops in between: half a canary opens with no key.
bool write_whole(const std::string& path, const std::string& bytes) {
  const std::string fresh = path + "." + std::to_string(::getpid());
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const ssize_t written = ::write(file, bytes.data(), bytes.size());
  const bool whole = written == static_cast<ssize_t>(bytes.size()) && ::fsync(file) == 0;
  ::close(file);
  if (whole && std::rename(fresh.c_str(), path.c_str()) == 0) return true;
  ::unlink(fresh.c_str());
  return false;
}

}  // namespace

Result<Done> check_folder_private(const std::string& folder) {
  struct stat facts{};
  if (::stat(folder.c_str(), &facts) != 0) {
    if (errno == ENOENT) return Done{};  // It will be made, with the right mode.
    return refused(folder, std::string("cannot be used: ") + std::strerror(errno));
  }
  if (!S_ISDIR(facts.st_mode)) return refused(folder, "is a file");
  if (facts.st_uid != ::geteuid()) return refused(folder, "belongs to another user");
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return refused(folder, "is open to others; chmod 0700 it, or name a folder inside it");
  }
  return Done{};
}

Result<Done> make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return refused(folder, "cannot be made: " + error.message());
  return Done{};
}

std::optional<std::string> folder_canary(const std::string& folder) {
  std::ifstream file(folder + "/canary", std::ios::binary);
  if (!file) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

Result<Done> set_folder_canary(const std::string& folder, const std::string& canary) {
  const std::string path = folder + "/canary";
  if (write_whole(path, canary)) return Done{};
  return fail(ErrorKind::unavailable, "The data folder cannot be written: " + path + ".");
}

Result<Done> check_folder_canary(const std::string& folder, Sealer& sealer) {
  if (const auto canary = folder_canary(folder)) return check_canary(sealer, *canary);
  HERALD_TRY(const std::string canary, make_canary(sealer));
  return set_folder_canary(folder, canary);
}

}  // namespace herald
