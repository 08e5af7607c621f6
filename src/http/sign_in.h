// /api/auth: signing in, staying signed in, signing out. The refresh token lives in a cookie that
// no script sees.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/rate_limits.h"
#include "http/server/message.h"
#include "http/services.h"

namespace herald::http {

class SignIn {
 public:
  SignIn(const Services& services, RateLimit tries)
      : services_(services), by_email_(tries), by_peer_({tries.count * 5, tries.per}) {}
  // Whether it answers this path; then handle() does.
  static bool knows(const Request& request) { return request.path.starts_with("/api/auth/"); }
  static Admission admit(const std::optional<Caller>& caller, const Request& head);
  // "POST /api/auth/login" of every route.
  static std::vector<std::string> names();
  // `caller` for /me.
  Response handle(const std::optional<Caller>& caller, const Request& request);

 private:
  Response login(const Request& request);
  Response refresh(const Request& request);
  Response logout(const Request& request);
  Response me(const std::optional<Caller>& caller, const Request& request);
  Response signed_in(const SignedIn& who) const;

  const Services& services_;
  RateLimiter by_email_;
  RateLimiter by_peer_;
};

}  // namespace herald::http
