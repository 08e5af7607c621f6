#include "domain/grant_rules.h"

#include <algorithm>

namespace herald {

bool is_held(const Grant& grant, Time now) { return grant.lease_until > now; }

bool is_due(const Grant& grant, Time now) {
  return grant.state == GrantState::live && grant.refresh_due_at.has_value() &&
         *grant.refresh_due_at <= now && !is_held(grant, now);
}

void settle(Grant& grant) {
  grant.lease_until = {};
  grant.refresh_begun_version.reset();
  grant.refresh_begun_at.reset();
}

Grant renewed(const std::optional<Grant>& stored, const Grant& given, std::int64_t left_version) {
  Grant row = given;
  settle(row);
  row.lease = stored ? stored->lease : 0;
  row.version = std::max(given.version, left_version + 1);
  if (stored) {
    row.version = std::max(row.version, stored->version + 1);
    row.created_at = stored->created_at;
  }
  return row;
}

Grant refreshed(const Grant& stored, const Grant& given) {
  Grant row = given;
  settle(row);
  row.user = stored.user;
  row.platform = stored.platform;
  row.registration = stored.registration;
  row.created_at = stored.created_at;
  row.lease = stored.lease;
  row.version = stored.version + 1;
  if (row.state == GrantState::revoked) row.sealed_tokens.clear();
  return row;
}

Grant emptied(const Grant& stored, Time now) {
  Grant row = stored;
  settle(row);
  row.sealed_tokens.clear();
  row.state = GrantState::revoked;
  row.state_message.clear();
  row.access_expires_at.reset();
  row.refresh_due_at.reset();
  row.ends_at.reset();
  row.version = stored.version + 1;
  row.updated_at = now;
  return row;
}

}  // namespace herald
