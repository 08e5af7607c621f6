// Cookies (RFC 6265), read strictly and written safely.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::http {

// The value of the one cookie with this name. Null if it is absent, comes twice (another page of
// the domain may have planted one), or holds a byte that a cookie cannot hold.
std::optional<std::string> find_cookie(const Headers& headers, std::string_view name);

enum class SameSite { strict, lax, none };

struct Cookie {
  std::string name;  // With the prefix "__Host-", a browser insists on secure, "/" and no domain.
  std::string value;
  std::string path = "/";
  std::optional<std::chrono::seconds> max_age;  // None: until the browser ends. Zero: removes it.
  bool secure = true;
  bool http_only = true;
  SameSite same_site = SameSite::lax;
};

// The value for a Set-Cookie header. Null if name, value or path could not travel unchanged.
std::optional<std::string> set_cookie(const Cookie& cookie);

}  // namespace herald::http
