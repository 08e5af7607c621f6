#include "domain/session_rules.h"

namespace herald {

Rotation rotate(Session& session, const std::string& before, const std::string& after, Time now,
                Time expires_at) {
  if (session.refresh_hash == before) {
    session.previous_hash = before;
    session.refresh_hash = after;
    session.rotated_at = now;
    session.expires_at = expires_at;
    return Rotation::replaced;
  }
  const bool just_replaced = !session.previous_hash.empty() && session.previous_hash == before &&
                             now >= session.rotated_at && now - session.rotated_at < kRefreshGrace;
  if (just_replaced) return Rotation::kept;
  session.ended = true;
  return Rotation::reused;
}

}  // namespace herald
