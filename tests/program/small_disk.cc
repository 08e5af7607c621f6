#include "tests/program/small_disk.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

namespace herald::program {

SmallDisk::SmallDisk(std::string folder, int megabytes) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  const std::string options = "mode=0700,size=" + std::to_string(megabytes) + "m";
  // Private: what is mounted in here is not seen outside.
  if (::unshare(CLONE_NEWNS) != 0 || ::mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, options.c_str()) != 0) {
    trouble_ = std::string("a disk cannot be mounted here: ") + std::strerror(errno);
  }
}

SmallDisk::~SmallDisk() {
  if (trouble_.empty()) ::umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::fill() {
  const int file = ::open((folder_ + "/ballast").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  for (std::size_t size : {std::size_t{64} << 10, std::size_t{4} << 10, std::size_t{1}}) {
    const std::vector<char> bytes(size);
    while (::write(file, bytes.data(), size) > 0) {
    }
  }
  ::close(file);
}

void SmallDisk::empty() { ::unlink((folder_ + "/ballast").c_str()); }

void SmallDisk::forbid_writing() {
  ::mount("", folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr);
}

}  // namespace herald::program
