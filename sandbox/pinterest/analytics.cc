// Analytics of a pin and of an account. The numbers are made up, grow with age, and are the same
// for the same moment.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <sstream>

#include "sandbox/growth.h"
#include "sandbox/pinterest/endpoint.h"
#include "sandbox/query.h"

namespace herald::sandbox::pinterest {

namespace json = boost::json;

namespace {

using Day = std::chrono::sys_days;

constexpr std::int64_t kHalfMs = 20LL * 60 * 60 * 1000;  // By then half of all have seen it.
constexpr std::int64_t kFewest = 80;
constexpr std::int64_t kSpread = 900;
constexpr std::chrono::days kReach{90};

struct Metric {
  std::string_view name;
  std::int64_t share = 1;  // One of so many impressions.
  bool of_video = false;
  bool of_lifetime = false;
};

constexpr std::array kOfPin = {
    Metric{"IMPRESSION", 1},
    Metric{"PIN_CLICK", 18},
    Metric{"OUTBOUND_CLICK", 44},
    Metric{"SAVE", 31},
    Metric{"TOTAL_COMMENTS", 260, false, true},
    Metric{"TOTAL_REACTIONS", 75, false, true},
    Metric{"USER_FOLLOW", 900},
    Metric{"PROFILE_VISIT", 120},
    Metric{"VIDEO_MRC_VIEW", 2, true},
    Metric{"VIDEO_START", 2, true},
    Metric{"VIDEO_10S_VIEW", 5, true},
    Metric{"QUARTILE_95_PERCENT_VIEW", 9, true},
};
constexpr std::array kOfAccount = {Metric{"ENGAGEMENT", 9}, Metric{"IMPRESSION", 1},
                                   Metric{"OUTBOUND_CLICK", 44}, Metric{"PIN_CLICK", 18},
                                   Metric{"SAVE", 31}};

struct Window {
  Day from;
  Day until;
};

Refused bad_parameters() { return Refused(refuse(400, 1, "Invalid pins analytics parameters.")); }

std::optional<Day> day_in(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0;
  char first = 0, second = 0;
  std::istringstream in(text);
  if (text.size() != 10 || !(in >> year >> first >> month >> second >> day)) return {};
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (first != '-' || second != '-' || !date.ok()) return {};
  return Day(date);
}

Checked<Window> read_window(const Request& request) {
  const auto from = day_in(request.call.get("start_date"));
  const auto until = day_in(request.call.get("end_date"));
  const auto today = std::chrono::floor<std::chrono::days>(from_ms(request.x.now_ms()));
  const bool good = from && until && *from <= *until && *from >= today - kReach &&
                    *until <= *from + kReach && *until <= today;
  if (!good) return bad_parameters();
  return Window{*from, *until};
}

std::int64_t impressions(const Context& x, const Pin& pin, std::int64_t until_ms) {
  const auto chance = chance_of(pin.id, x.world.settings.seed);
  const auto all = kFewest + static_cast<std::int64_t>(chance % kSpread);
  return grown(all, std::min(until_ms, x.now_ms()) - pin.at_ms, kHalfMs);
}

std::int64_t on_day(const Context& x, const std::vector<const Pin*>& pins, Day day) {
  std::int64_t sum = 0;
  for (const auto* pin : pins)
    sum +=
        impressions(x, *pin, to_ms(day + std::chrono::days(1))) - impressions(x, *pin, to_ms(day));
  return sum;
}

// Both lists of an answer, by day and together. A day that is not over has no numbers yet.
json::object series(const Context& x, const std::vector<const Pin*>& pins, const Window& window,
                    const std::vector<Metric>& metrics, bool rates) {
  const auto today = std::chrono::floor<std::chrono::days>(from_ms(x.now_ms()));
  json::array days;
  json::object summary;
  for (const auto& metric : metrics) summary[metric.name] = std::int64_t{0};
  for (auto day = window.from; day <= window.until; day += std::chrono::days(1)) {
    json::object values;
    const auto seen = on_day(x, pins, day);
    for (const auto& metric : metrics) {
      if (day == today || metric.of_lifetime) continue;
      values[metric.name] = seen / metric.share;
      summary[metric.name].as_int64() += seen / metric.share;
      if (rates && metric.name != "IMPRESSION")
        values[std::string(metric.name) + "_RATE"] =
            seen == 0 ? 0.0 : static_cast<double>(seen / metric.share) / static_cast<double>(seen);
    }
    days.push_back(json::object{{"date", fmt::format("{:%Y-%m-%d}", Time(day))},
                                {"data_status", day == today ? "PROCESSING" : "READY"},
                                {"metrics", std::move(values)}});
  }
  for (const auto& metric : metrics)
    if (metric.of_lifetime) summary.erase(metric.name);
  return {{"summary_metrics", std::move(summary)}, {"daily_metrics", std::move(days)}};
}

}  // namespace

Checked<Answer> pin_analytics(Request& request) {
  const auto* pin = request.state().pin(request.id);
  if (pin == nullptr) return Refused(refuse(404, 50, "Pin not found."));
  if (pin->owner != request.me.id) return Refused(not_permitted());
  HERALD_TRY(const auto window, read_window(request));
  std::vector<Metric> metrics;
  for (const auto& name : split(request.call.get("metric_types"), ',')) {
    const auto found = std::ranges::find(kOfPin, name, &Metric::name);
    if (found == kOfPin.end() || (found->of_video && pin->media_type != "video"))
      return bad_parameters();
    metrics.push_back(*found);
  }
  if (metrics.empty()) return bad_parameters();
  auto all = series(request.x, {pin}, window, metrics, false);
  if (request.x.on("lifetime_metrics")) {
    json::object lifetime;
    for (const auto& metric : kOfPin)
      if (metric.of_lifetime)
        lifetime[metric.name] = impressions(request.x, *pin, request.x.now_ms()) / metric.share;
    all["lifetime_metrics"] = std::move(lifetime);
  }
  return answer_with(200, {{"all", std::move(all)}});
}

Checked<Answer> account_analytics(Request& request) {
  HERALD_TRY(const auto window, read_window(request));
  std::vector<const Pin*> pins;
  for (const auto& [id, pin] : request.state().pins)
    if (pin.owner == request.me.id && !pin.deleted) pins.push_back(&pin);
  const std::vector<Metric> metrics(kOfAccount.begin(), kOfAccount.end());
  return answer_with(200, {{"all", series(request.x, pins, window, metrics, true)}});
}

}  // namespace herald::sandbox::pinterest
