#include "sandbox/mastodon/throttle.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace herald::sandbox::mastodon {

namespace {

constexpr std::int64_t kFiveMinutesS = 5LL * 60;
constexpr std::int64_t kTenMinutesS = 10LL * 60;
constexpr std::int64_t kQuarterS = 15LL * 60;
constexpr std::int64_t kHalfHourS = 30LL * 60;
constexpr std::int64_t kThreeHoursS = 3LL * 60 * 60;

std::int64_t left_of(const Context& x, const Limit& limit) {
  const auto found = x.state.windows.find(limit.key);
  const auto number = x.now_ms() / 1000 / limit.period_s;
  const bool current = found != x.state.windows.end() && found->second.number == number;
  return std::max<std::int64_t>(0, limit.most - (current ? found->second.used : 0));
}

void use(Context& x, const Limit& limit) {
  auto& window = x.state.windows[limit.key];
  const auto number = x.now_ms() / 1000 / limit.period_s;
  if (window.number != number) window = {.number = number};
  ++window.used;
}

Limit status_limit(const Context& x, const std::string& account) {
  const auto times = std::max<std::int64_t>(1, x.number("limits"));
  return {.key = "statuses/" + account,
          .most = 300 * times,
          .period_s = kThreeHoursS,
          .every_call = false};
}

bool turns_pages(const Call& call) {
  return std::ranges::any_of(call.query, [](const Field& field) {
    return field.name == "page" || field.name == "min_id" || field.name == "max_id" ||
           field.name == "since_id";
  });
}

void tell(const Context& x, const Limit& limit, std::int64_t left, http::Response& response) {
  if (!x.on("rate_headers")) return;
  const auto now_ms = x.now_ms();
  const auto reset_s = (now_ms / 1000 / limit.period_s + 1) * limit.period_s;
  response.headers.set("X-RateLimit-Limit", std::to_string(limit.most));
  response.headers.set("X-RateLimit-Remaining", std::to_string(left));
  response.headers.set("X-RateLimit-Reset",
                       fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}456Z",
                                   fmt::gmtime(static_cast<std::time_t>(reset_s)), now_ms % 1000));
  if (response.status == 429 && x.on("retry_after"))
    response.headers.set("Retry-After", std::to_string(reset_s - now_ms / 1000));
}

}  // namespace

std::vector<Limit> limits_of(const Context& x, const Call& call, const std::string& token,
                             const std::string& account) {
  const auto times = std::max<std::int64_t>(1, x.number("limits"));
  std::vector<Limit> limits;
  const auto add = [&](std::string key, std::int64_t most, std::int64_t period_s) {
    limits.push_back({.key = std::move(key), .most = most * times, .period_s = period_s});
  };
  if (token.empty())
    add("ip", 300, kFiveMinutesS);
  else
    add(x.choice("limit_per") == "account" && !account.empty() ? "calls/" + account
                                                               : "token/" + token,
        300, kFiveMinutesS);
  if (call.method == "POST" && call.path == "/api/v1/apps") add("apps", 5, kTenMinutesS);
  if (account.empty()) return limits;
  add("account/" + account, 1500, kFiveMinutesS);
  const bool uploads = call.path == "/api/v1/media" || call.path == "/api/v2/media";
  if (call.method == "POST" && uploads) add("media/" + account, 30, kHalfHourS);
  if (call.method == "DELETE" && call.path.starts_with("/api/v1/statuses/"))
    add("delete/" + account, 30, kHalfHourS);
  if (turns_pages(call)) add("pages/" + account, 300, kQuarterS);
  if (call.method == "POST" && call.path == "/api/v1/statuses")
    limits.push_back(status_limit(x, account));
  return limits;
}

Checked<Done> count_call(Context& x, const Call& call, const std::vector<Limit>& limits) {
  for (const auto& limit : limits)
    if (limit.every_call && left_of(x, limit) == 0)
      return Refused(Words(x, call).too_many_requests());
  for (const auto& limit : limits)
    if (limit.every_call) use(x, limit);
  return Done{};
}

void tell_limits(const Context& x, const std::vector<Limit>& limits, http::Response& response) {
  const Limit* nearest = nullptr;
  for (const auto& limit : limits)
    if (nearest == nullptr || left_of(x, limit) <= left_of(x, *nearest)) nearest = &limit;
  if (nearest != nullptr) tell(x, *nearest, left_of(x, *nearest), response);
}

void tell_exhausted(const Context& x, const std::vector<Limit>& limits, http::Response& response) {
  tell(x, limits.front(), 0, response);
}

Checked<Done> may_post(const Context& x, const Call& call, const std::string& account) {
  if (left_of(x, status_limit(x, account)) == 0) return Refused(Words(x, call).too_many_requests());
  return Done{};
}

void record_status(Context& x, const std::string& account) { use(x, status_limit(x, account)); }

}  // namespace herald::sandbox::mastodon
