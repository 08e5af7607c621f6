// How often one may call: fixed windows, aligned to the epoch.
#pragma once

#include <string>
#include <vector>

#include "sandbox/mastodon/refusal.h"

namespace herald::sandbox::mastodon {

struct Limit {
  std::string key;  // Of the state's windows.
  std::int64_t most = 0;
  std::int64_t period_s = 0;
  bool every_call = true;  // Or only what is recorded by record_status().
};

// What limits a call; empty token: without one.
std::vector<Limit> limits_of(const Context& x, const Call& call, const std::string& token,
                             const std::string& account);
// Refuses where one is used up (MA-54), else counts the call.
Checked<Done> count_call(Context& x, const Call& call, const std::vector<Limit>& limits);
// The three headers, of the limit that is nearest to its end.
void tell_limits(const Context& x, const std::vector<Limit>& limits, http::Response& response);
// With nothing left of the first.
void tell_exhausted(const Context& x, const std::vector<Limit>& limits, http::Response& response);

// The new posts of an account.
Checked<Done> may_post(const Context& x, const Call& call, const std::string& account);
void record_status(Context& x, const std::string& account);

}  // namespace herald::sandbox::mastodon
