// How often an app may call: 100 calls a minute, counted over ten; the token endpoints count by
// themselves. Source: support.reddithelp.com, Data API wiki; recorded exchanges of PRAW, 2026-08.
#pragma once

#include <string>
#include <vector>

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

struct Charged {
  bool exceeded = false;
  std::int64_t reset_s = 0;
  std::vector<http::Header> headers;  // For the answer, whatever it is.
};

Charged charge_api(Context& x, const std::string& app);
Charged charge_tokens(Context& x, const std::string& app);

// What an app hears that called too often: on the API's host a page with Retry-After or JSON
// (switch limit_answer), at the token endpoints always JSON.
http::Response too_many(const Context& x, bool api, std::int64_t reset_s);

}  // namespace herald::sandbox::reddit
