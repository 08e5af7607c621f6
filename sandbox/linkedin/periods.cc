#include "sandbox/linkedin/periods.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "sandbox/linkedin/tokens.h"

namespace herald::sandbox::linkedin {

namespace {

Refused broken() { return Refused(illegal("Invalid query parameters passed to request")); }

// -1: no number.
std::int64_t number_in(const Value& value, std::string_view name) {
  const auto* held = value.member(name);
  if (held == nullptr) return -1;
  std::int64_t number = 0;
  const auto* end = held->text.data() + held->text.size();
  const auto [stop, error] = std::from_chars(held->text.data(), end, number);
  return error == std::errc() && stop == end ? number : -1;
}

// -1: no day.
std::int64_t day_in(const Value& range, std::string_view name) {
  const auto* held = range.member(name);
  if (held == nullptr) return -1;
  const std::chrono::year_month_day date{
      std::chrono::year(static_cast<int>(number_in(*held, "year"))),
      std::chrono::month(static_cast<unsigned>(number_in(*held, "month"))),
      std::chrono::day(static_cast<unsigned>(number_in(*held, "day")))};
  return date.ok() ? to_ms(Time(std::chrono::sys_days(date))) : -1;
}

std::vector<Period> cut(std::int64_t from, std::int64_t until, std::int64_t step) {
  std::vector<Period> periods;
  for (; from < until; from += step)
    periods.push_back({.from_ms = from, .until_ms = std::min(from + step, until)});
  return periods;
}

}  // namespace

Checked<std::vector<Period>> read_intervals(const Request& request) {
  const auto* intervals = request.query.find("timeIntervals");
  if (intervals == nullptr) return std::vector<Period>();
  const auto* range = intervals->member("timeRange");
  const auto* granularity = intervals->member("timeGranularityType");
  if (range == nullptr || granularity == nullptr) return broken();
  auto from = number_in(*range, "start");
  auto until = number_in(*range, "end");
  if (range->member("end") == nullptr) until = request.x.now_ms();
  const auto days = granularity->text == "DAY" ? 1 : granularity->text == "MONTH" ? 30 : 0;
  if (from < 0 || until <= from || days == 0) return broken();
  from = std::max(from, request.x.now_ms() - 366 * kDayMs);
  until = std::min(until, request.x.now_ms());
  return cut(from, until, days * kDayMs);
}

Checked<std::vector<Period>> read_days(const Request& request) {
  const auto* range = request.query.find("dateRange");
  if (range == nullptr) return std::vector<Period>();
  const auto from = day_in(*range, "start");
  const auto until = day_in(*range, "end");
  if (from < 0 || until <= from || until - from > 366 * kDayMs) return broken();
  return cut(from, until, kDayMs);
}

}  // namespace herald::sandbox::linkedin
