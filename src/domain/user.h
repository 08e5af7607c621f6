// People and the customers they belong to.
#pragma once

#include <string>

#include "domain/ids.h"
#include "domain/scope.h"
#include "domain/time.h"

namespace herald {

struct Customer {
  CustomerId id;
  std::string name;
  bool suspended = false;
  Time created_at{};
};

struct User {
  UserId id;
  CustomerId customer;
  std::string email;  // Lower case; unique over all customers.
  std::string name;
  std::string password_hash;  // Argon2id, as libsodium writes it.
  Role role = Role::member;
  bool disabled = false;
  Time created_at{};
};

// A sign-in. The refresh token rotates; using an old one again ends the session (session_rules.h).
struct Session {
  SessionId id;
  CustomerId customer;
  UserId user;
  std::string refresh_hash;   // SHA-256, hex.
  std::string previous_hash;  // Of the token that it replaced; empty: none yet.
  Time rotated_at{};
  Time expires_at{};
  bool ended = false;
  Time created_at{};
};

}  // namespace herald
