#include "crypto/private_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace herald {
namespace {

constexpr std::size_t kMostBytes = 64 * 1024;

class File {
 public:
  // O_NONBLOCK: a pipe put in the file's place must not hold the start.
  explicit File(const std::string& path)
      : handle_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~File() {
    if (handle_ >= 0) ::close(handle_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int handle() const { return handle_; }

 private:
  int handle_;
};

std::unexpected<Error> refused(const std::string& path, const std::string& reason) {
  return fail(ErrorKind::invalid, "The key file " + path + " " + reason + ".");
}

}  // namespace

Result<Secret> read_private_file(const std::string& path) {
  const File file(path);
  if (file.handle() < 0) {
    return refused(path, std::string("cannot be opened: ") + std::strerror(errno));
  }
  struct stat facts{};
  if (::fstat(file.handle(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
    return refused(path, "is not a plain file");
  }
  if (facts.st_uid != ::geteuid() && facts.st_uid != 0) {
    return refused(path, "belongs to another user");
  }
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return refused(path, "may be read by others; chmod 0400 it");
  }
  std::string bytes(kMostBytes + 1, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const auto got = ::read(file.handle(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  Secret content(std::string_view(bytes).substr(0, size));
  sodium_memzero(bytes.data(), bytes.size());
  if (size > kMostBytes) return refused(path, "is larger than 64 KiB");
  return content;
}

}  // namespace herald
