// Argon2id through libsodium, which writes costs and salt into the hash.
#pragma once

#include <cstddef>
#include <semaphore>

#include "ports/passwords.h"

namespace herald {

// OWASP's second choice for Argon2id (Password Storage Cheat Sheet, checked 2026-11): 19 MiB and
// two passes, about 20 ms of one core. The memory is what a small server can spare.
struct PasswordCost {
  unsigned long long passes = 2;
  std::size_t memory_bytes = std::size_t{19} << 20;
};

class Argon2Passwords final : public Passwords {
 public:
  explicit Argon2Passwords(PasswordCost cost = {});
  Result<std::string> hash(const Secret& password) override;
  bool matches(const Secret& password, std::string_view hash) override;
  void match_nobody(const Secret& password) override;
  bool needs_rehash(std::string_view hash) override;

 private:
  PasswordCost cost_;
  std::string nobody_;  // The hash that nobody's password has.
  std::counting_semaphore<2> seats_{
      2};  // At most this many at once: a flood costs 38 MiB, not all.
};

}  // namespace herald
