#include "sandbox/google/time.h"

#include <fmt/format.h>

#include <charconv>

namespace herald::sandbox::google {

namespace {

// Takes `digits` digits off the front. Negative: other characters are there.
int take_number(std::string_view& text, std::size_t digits) {
  int value = 0;
  if (text.size() < digits) return -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
  if (error != std::errc() || end != text.data() + digits) return -1;
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::sys_days> take_day(std::string_view& text) {
  const int year = take_number(text, 4);
  if (year < 0 || !take(text, '-')) return {};
  const int month = take_number(text, 2);
  if (month < 0 || !take(text, '-')) return {};
  const int day = take_number(text, 2);
  if (day < 0) return {};
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return {};
  return std::chrono::sys_days(date);
}

// "Z", "z", "+02:00" or "-0800".
std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return std::chrono::minutes(0);
  const bool behind = text.starts_with('-');
  if (!take(text, '+') && !take(text, '-')) return {};
  const int hours = take_number(text, 2);
  take(text, ':');
  const int minutes = take_number(text, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return {};
  const std::chrono::minutes offset(hours * 60 + minutes);
  return behind ? -offset : offset;
}

}  // namespace

std::string rfc3339(std::int64_t ms) {
  const auto time = std::chrono::floor<std::chrono::seconds>(from_ms(ms));
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", day_text(day), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  const auto day = take_day(text);
  if (!day) return {};
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return {};
  const int hour = take_number(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return {};
  const int minute = take_number(text, 2);
  if (minute < 0 || minute > 59 || !take(text, ':')) return {};
  const int second = take_number(text, 2);
  if (second < 0 || second > 60) return {};
  int thousandths = 0;
  if (take(text, '.')) {
    int scale = 100;
    if (text.empty() || text[0] < '0' || text[0] > '9') return {};
    for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), scale /= 10)
      thousandths += (text[0] - '0') * scale;
  }
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return {};
  return Time(*day) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second) + Duration(thousandths) - *offset;
}

std::string iso_duration(std::int64_t ms) {
  const auto seconds = ms / 1000;
  std::string text = "PT";
  if (seconds >= 3600) text += fmt::format("{}H", seconds / 3600);
  if (seconds >= 60 && seconds / 60 % 60 != 0) text += fmt::format("{}M", seconds / 60 % 60);
  if (seconds % 60 != 0 || seconds == 0) text += fmt::format("{}S", seconds % 60);
  return text;
}

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
  auto day = take_day(text);
  return text.empty() ? day : std::nullopt;
}

std::string day_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace herald::sandbox::google
