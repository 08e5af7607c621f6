#include "sandbox/twitter/moment.h"

#include <fmt/chrono.h>

#include <charconv>
#include <chrono>

#include "domain/time.h"

namespace herald::sandbox::twitter {

namespace {

// Takes digits off the front, then the character behind them. Negative: not there.
int take(std::string_view& text, std::size_t digits, char behind) {
  int value = 0;
  if (text.size() <= digits) return -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
  if (error != std::errc() || end != text.data() + digits || *end != behind) return -1;
  text.remove_prefix(digits + 1);
  return value;
}

}  // namespace

std::string moment(std::int64_t ms) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(from_ms(ms));
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     ms - to_ms(seconds));
}

std::optional<std::int64_t> parse_moment(std::string_view text) {
  const int year = take(text, 4, '-');
  const int month = take(text, 2, '-');
  const int day = take(text, 2, 'T');
  const int hour = take(text, 2, ':');
  const int minute = take(text, 2, ':');
  const int second = take(text, 2, text.size() > 2 && text[2] == '.' ? '.' : 'Z');
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return {};
  int thousandths = 0;
  if (!text.empty()) thousandths = take(text, 3, 'Z');
  if (thousandths < 0 || !text.empty() || hour > 23 || minute > 59 || second > 60) return {};
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return {};
  return to_ms(Time(std::chrono::sys_days(date))) + ((hour * 60LL + minute) * 60 + second) * 1000 +
         thousandths;
}

}  // namespace herald::sandbox::twitter
