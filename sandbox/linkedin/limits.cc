#include "sandbox/linkedin/limits.h"

#include <fmt/format.h>

#include "sandbox/linkedin/tokens.h"

namespace herald::sandbox::linkedin {

namespace {

bool exceeded(Context& x, const std::string& key, std::int64_t most) {
  return ++x.state.calls[key] > most && most > 0;
}

}  // namespace

Checked<Done> charge(Context& x, std::string_view resource, const Grant& grant) {
  const auto day = fmt::format("{}/", x.now_ms() / kDayMs);
  std::erase_if(x.state.calls, [&](const auto& entry) { return !entry.first.starts_with(day); });
  const bool by_member =
      exceeded(x, fmt::format("{}{}/{}/{}", day, resource, grant.app, grant.person),
               x.number("daily_member_calls"));
  const bool by_app =
      exceeded(x, fmt::format("{}{}/{}", day, resource, grant.app), x.number("daily_app_calls"));
  if (by_member) return Refused(throttled(x, "APPLICATION_AND_MEMBER"));
  if (by_app) return Refused(throttled(x, "APPLICATION"));
  return Done{};
}

}  // namespace herald::sandbox::linkedin
