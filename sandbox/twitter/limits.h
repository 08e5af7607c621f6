// How often an endpoint may be called, by an account and by an app, in windows that begin with the
// first call. Counts: docs.x.com, rate limits, looked up 2026-08-22.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

struct Limit {
  std::string_view name;
  std::int64_t user = 0;     // In 15 minutes; 0: none.
  std::int64_t app = 0;      // In 15 minutes.
  std::int64_t app_day = 0;  // In 24 hours.
};

struct Charged {
  bool exceeded = false;
  std::vector<http::Header> headers;  // For the answer, whatever it is.
};

// Counts a call. An empty user: the app by itself.
Charged charge(Context& x, const Limit& limit, const std::string& app, const std::string& user);

// The headers of a limit that is used up, for an answer made without a call being counted.
std::vector<http::Header> used_up(const Context& x, std::int64_t most);

}  // namespace herald::sandbox::twitter
