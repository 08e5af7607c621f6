// Passwords of people who sign in here. Each call costs tens of milliseconds of CPU on purpose,
// and waits while others are at it.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/secret.h"

namespace herald {

class Passwords {
 public:
  virtual ~Passwords() = default;
  // invalid: empty, or longer than 1024 bytes.
  virtual Result<std::string> hash(const Secret& password) = 0;
  virtual bool matches(const Secret& password, std::string_view hash) = 0;
  // For an unknown name: takes as long as matches(), so that time does not tell who exists.
  virtual void match_nobody(const Secret& password) = 0;
  // True when the hash was made with other costs than hash() uses now: hash again at next sign-in.
  virtual bool needs_rehash(std::string_view hash) = 0;
};

}  // namespace herald
