// A key set in a file that somebody else renews while we run.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "crypto/verify_key.h"
#include "domain/time.h"
#include "ports/clock.h"

namespace herald {

// How soon a changed file is seen: removed keys die within this time (T-21 asks for 60 s), and a
// flood of tokens with unknown kids costs one stat() in as long.
constexpr Duration kJwksFloor = std::chrono::seconds(5);

// For one thread at a time.
class JwksFile {
 public:
  // invalid: the file cannot be read or holds no usable set.
  static Result<JwksFile> open(std::string path, const Clock& clock);

  // Looks at the file, at most once per floor. True when keys() are new ones. A file that became
  // unreadable or broken changes nothing but fault().
  bool refresh();
  const std::vector<VerifyKey::Ptr>& keys() const { return keys_; }
  // Why the last change of the file was not taken.
  const std::optional<Error>& fault() const { return fault_; }

 private:
  // Device, inode, size, and the times of last change of content and of anything (ns).
  using Stamp = std::tuple<std::uint64_t, std::uint64_t, std::int64_t, std::int64_t, std::int64_t>;

  JwksFile(std::string path, const Clock& clock) : path_(std::move(path)), clock_(&clock) {}
  Result<Stamp> look() const;
  Result<Done> load();

  std::string path_;
  const Clock* clock_;
  std::vector<VerifyKey::Ptr> keys_;
  Stamp stamp_{};
  Time looked_at_{};
  std::optional<Error> fault_;
};

}  // namespace herald
