#include "sandbox/bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace herald::sandbox {

Result<SharedBytes> Bytes::of_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return fail(ErrorKind::unavailable, "The file cannot be read.", path);
  struct stat facts{};
  void* mapped = nullptr;
  const bool known = ::fstat(file, &facts) == 0;
  const auto size = known ? static_cast<std::size_t>(facts.st_size) : 0;
  if (size > 0) mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (!known || mapped == MAP_FAILED)
    return fail(ErrorKind::unavailable, "The file cannot be mapped.", path);
  if (size == 0) return std::make_shared<const Bytes>(std::string());
  return SharedBytes(new Bytes(mapped, size));
}

Bytes::~Bytes() {
  if (mapped_ != nullptr) ::munmap(mapped_, view_.size());
}

}  // namespace herald::sandbox
