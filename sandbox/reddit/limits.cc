#include "sandbox/reddit/limits.h"

#include <algorithm>

#include "sandbox/page.h"
#include "sandbox/reddit/refusal.h"

namespace herald::sandbox::reddit {

namespace {

constexpr std::int64_t kWindowMs = 600'000;
constexpr std::int64_t kApiCalls = 1000;
constexpr std::int64_t kTokenCalls = 300;

// `tail`: what stands behind the whole number of calls that remain.
Charged charge(Context& x, const std::string& key, std::int64_t most, const std::string& tail) {
  auto& window = x.state.windows[key];
  if (x.now_ms() >= window.began_ms + kWindowMs) window = {.began_ms = x.now_ms()};
  ++window.count;
  Charged out{.exceeded = window.count > most,
              .reset_s = (window.began_ms + kWindowMs - x.now_ms() + 999) / 1000};
  const auto left = std::max<std::int64_t>(0, most - window.count);
  out.headers = {{"X-Ratelimit-Used", std::to_string(std::min(window.count, most))},
                 {"X-Ratelimit-Remaining", std::to_string(left) + tail},
                 {"X-Ratelimit-Reset", std::to_string(out.reset_s)}};
  return out;
}

}  // namespace

Charged charge_api(Context& x, const std::string& app) {
  return charge(x, "api/" + app, kApiCalls, ".0");
}

Charged charge_tokens(Context& x, const std::string& app) {
  return charge(x, "tokens/" + app, kTokenCalls, "");
}

http::Response too_many(const Context& x, bool api, std::int64_t reset_s) {
  if (!api || x.choice("limit_answer") == "json") return plain_error(429);
  auto response =
      html_answer(429, page_of("Too Many Requests",
                               "<main class=\"card\"><h1>whoa there, pardner!</h1><p>we're "
                               "sorry, but you appear to be a bot and we've seen too many "
                               "requests from you lately.</p></main>"));
  response.headers.set("Retry-After", std::to_string(reset_s));
  return response;
}

}  // namespace herald::sandbox::reddit
