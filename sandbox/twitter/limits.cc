#include "sandbox/twitter/limits.h"

#include <algorithm>

namespace herald::sandbox::twitter {

namespace {

constexpr std::int64_t kQuarterMs = 15LL * 60 * 1000;
constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t kThreeHoursMs = 3LL * 60 * 60 * 1000;
constexpr std::int64_t kInThreeHours = 300;

// Counts one call in a window; adds "<prefix>-limit", "-remaining" and "-reset".
void count(Context& x, const std::string& key, std::int64_t most, std::int64_t length_ms,
           const std::string& prefix, Charged& out) {
  if (most == 0) return;
  auto& window = x.state.windows[key];
  if (x.now_ms() >= window.began_ms + length_ms) window = {.began_ms = x.now_ms()};
  ++window.count;
  if (window.count > most) out.exceeded = true;
  const auto reset_s = (window.began_ms + length_ms + 999) / 1000;
  out.headers.push_back({prefix + "-limit", std::to_string(most)});
  out.headers.push_back(
      {prefix + "-remaining", std::to_string(std::max<std::int64_t>(0, most - window.count))});
  out.headers.push_back({prefix + "-reset", std::to_string(reset_s)});
}

}  // namespace

Charged charge(Context& x, const Limit& limit, const std::string& app, const std::string& user) {
  Charged out;
  const std::string name(limit.name);
  auto of_user = limit.user;
  if (limit.name == "create" && x.choice("create_limit") == "200") {
    of_user = 200;
    Charged unseen;
    count(x, name + "/3h/" + user, kInThreeHours, kThreeHoursMs, "x-none", unseen);
    out.exceeded = unseen.exceeded;
  }
  if (!user.empty()) count(x, name + "/user/" + user, of_user, kQuarterMs, "x-rate-limit", out);
  Charged by_app;
  count(x, name + "/app/" + app, limit.app, kQuarterMs, "x-rate-limit", by_app);
  if (user.empty() || by_app.exceeded || out.headers.empty()) {
    out.headers = std::move(by_app.headers);
    out.exceeded = out.exceeded || by_app.exceeded;
  }
  count(x, name + "/day/" + app, limit.app_day, kDayMs, "x-app-limit-24hour", out);
  return out;
}

std::vector<http::Header> used_up(const Context& x, std::int64_t most) {
  return {{"x-rate-limit-limit", std::to_string(most)},
          {"x-rate-limit-remaining", "0"},
          {"x-rate-limit-reset", std::to_string((x.now_ms() + kQuarterMs) / 1000)}};
}

}  // namespace herald::sandbox::twitter
