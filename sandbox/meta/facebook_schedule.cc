#include "sandbox/meta/facebook_schedule.h"

#include <array>
#include <charconv>
#include <chrono>

#include "sandbox/meta/facebook_errors.h"

namespace herald::sandbox::meta {

namespace {

constexpr std::array<std::string_view, 6> kUnpublishedTypes = {
    "SCHEDULED", "DRAFT", "ADS_POST", "INLINE_CREATED", "PUBLISHED", "SCHEDULED_RECURRING"};

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

// "+0000", "+00:00", "-0330", "Z" or nothing (UTC), in seconds.
std::optional<std::int64_t> zone_s(std::string_view text) {
  if (text.empty() || text == "Z") return 0;
  if ((text[0] != '+' && text[0] != '-') || (text.size() != 5 && text.size() != 6))
    return std::nullopt;
  const auto hours = number(text.substr(1, 2));
  const auto minutes = number(text.substr(text.size() - 2));
  if (!hours || !minutes) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (*hours * 3600 + *minutes * 60);
}

// "2026-11-22T12:30:00+0000", a blank instead of the T, seconds optional.
std::optional<std::int64_t> iso_s(std::string_view text) {
  if (text.size() < 16 || text[4] != '-' || text[7] != '-' || text[13] != ':') return std::nullopt;
  const bool seconds = text.size() >= 19 && text[16] == ':';
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  const auto hour = number(text.substr(11, 2));
  const auto minute = number(text.substr(14, 2));
  const auto second = seconds ? number(text.substr(17, 2)) : std::optional<std::int64_t>(0);
  const auto zone = zone_s(text.substr(seconds ? 19 : 16));
  if (!year || !month || !day || !hour || !minute || !second || !zone) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return days * 86'400 + *hour * 3600 + *minute * 60 + *second - *zone;
}

}  // namespace

Graph<std::int64_t> read_moment(const GraphCall& graph, std::int64_t max_ms, bool text_allowed) {
  const auto text = graph.get("scheduled_publish_time");
  auto seconds = number(text);
  if (!seconds && text_allowed) seconds = iso_s(text);
  if (!seconds) return std::unexpected(refuse(kParameterInvalid));
  const auto at_ms = *seconds * 1000;
  const auto ahead_ms = at_ms - graph.now_ms();
  if (ahead_ms < kScheduleMinMs || ahead_ms > max_ms)
    return std::unexpected(refuse(kScheduleInvalid));
  return at_ms;
}

Graph<Schedule> read_schedule(const GraphCall& graph, std::int64_t max_ms, bool text_allowed) {
  const bool published =
      graph.call.get("published", "true") != "false" && graph.call.get("published", "true") != "0";
  const auto type = graph.get("unpublished_content_type");
  if (!type.empty() && std::find(kUnpublishedTypes.begin(), kUnpublishedTypes.end(), type) ==
                           kUnpublishedTypes.end())
    return std::unexpected(refuse(kParameterInvalid));
  if (graph.get("scheduled_publish_time").empty()) {
    if (type == "SCHEDULED") return std::unexpected(refuse(kScheduleInvalid));
    return Schedule{.held = !published};
  }
  if (published) return std::unexpected(refuse(kScheduleInvalid));
  if (type == "DRAFT") return std::unexpected(refuse(kParameterInvalid));
  HERALD_TRY(const auto at_ms, read_moment(graph, max_ms, text_allowed));
  return Schedule{.at_ms = at_ms};
}

}  // namespace herald::sandbox::meta
