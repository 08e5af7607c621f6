#include "crypto/jwks_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "crypto/jwk.h"

namespace herald {
namespace {

std::int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

Result<JwksFile> JwksFile::open(std::string path, const Clock& clock) {
  JwksFile file(std::move(path), clock);
  file.looked_at_ = clock.now();
  HERALD_TRY(file.stamp_, file.look());
  HERALD_CHECK(file.load());
  return file;
}

bool JwksFile::refresh() {
  const auto now = clock_->now();
  // A wall clock that was set back must not end the looking.
  if (now >= looked_at_ && now - looked_at_ < kJwksFloor) return false;
  looked_at_ = now;
  const auto stamp = look();
  if (!stamp) {
    fault_ = stamp.error();
    stamp_ = {};  // When it comes back it is read, even if it is the old one.
    return false;
  }
  if (*stamp == stamp_) return false;
  // Read after the look: a change in between is seen at the next one.
  stamp_ = *stamp;
  const auto loaded = load();
  fault_ = loaded ? std::nullopt : std::optional(loaded.error());
  return loaded.has_value();
}

Result<JwksFile::Stamp> JwksFile::look() const {
  struct stat facts{};
  if (::stat(path_.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
    return fail(ErrorKind::invalid, "The key set file " + path_ + " cannot be read.",
                std::strerror(errno));
  }
  return Stamp{facts.st_dev, facts.st_ino, facts.st_size, nanoseconds(facts.st_mtim),
               nanoseconds(facts.st_ctim)};
}

Result<Done> JwksFile::load() {
  std::ifstream file(path_, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return fail(ErrorKind::invalid, "The key set file " + path_ + " cannot be read.");
  HERALD_TRY(keys_, read_jwk_set(text));
  return Done{};
}

}  // namespace herald
