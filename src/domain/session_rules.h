// What using a refresh token does to its session; every store does the same.
#pragma once

#include <string>

#include "domain/user.h"

namespace herald {

// How long the token just replaced is still taken: two tabs of one browser share the cookie, and
// the second may ask before it has the first one's answer.
inline constexpr Duration kRefreshGrace = std::chrono::seconds(10);

enum class Rotation {
  replaced,  // `after` is the session's token now.
  kept,      // The one just replaced was used again within the grace: nothing changed.
  reused,    // An older one was used: the session is ended.
};
Rotation rotate(Session& session, const std::string& before, const std::string& after, Time now,
                Time expires_at);

}  // namespace herald
