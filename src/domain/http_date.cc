#include "domain/http_date.h"

#include <algorithm>
#include <array>

namespace herald {
namespace {

using std::chrono::days;

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
// Digits stand for themselves.
constexpr std::string_view kForm = "Sun, 00 Nov 0000 00:00:00 GMT";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

unsigned number_in(std::string_view text) {
  unsigned number = 0;
  for (const char c : text) number = number * 10 + static_cast<unsigned>(c - '0');
  return number;
}

std::string digits(std::int64_t number, std::size_t count) {
  std::string text = std::to_string(number);
  return std::string(count - std::min(count, text.size()), '0') + text;
}

}  // namespace

std::string http_date(Time time) {
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  std::string text(kDays[std::chrono::weekday(day).c_encoding()]);
  text += ", " + digits(static_cast<unsigned>(date.day()), 2) + " ";
  text += kMonths[static_cast<unsigned>(date.month()) - 1];
  text += " " + digits(static_cast<int>(date.year()), 4) + " " + digits(clock.hours().count(), 2);
  text += ":" + digits(clock.minutes().count(), 2) + ":" + digits(clock.seconds().count(), 2);
  return text + " GMT";
}

std::optional<Time> time_of_http_date(std::string_view text) {
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool name = i < 3 || (i >= 8 && i < 11);
    if (name) continue;
    if (is_digit(kForm[i]) ? !is_digit(text[i]) : text[i] != kForm[i]) return std::nullopt;
  }
  const auto month = std::ranges::find(kMonths, text.substr(8, 3));
  if (month == kMonths.end()) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year(static_cast<int>(number_in(text.substr(12, 4)))),
      std::chrono::month(static_cast<unsigned>(month - kMonths.begin()) + 1),
      std::chrono::day(number_in(text.substr(5, 2)))};
  const auto hours = number_in(text.substr(17, 2));
  const auto minutes = number_in(text.substr(20, 2));
  const auto seconds = number_in(text.substr(23, 2));  // 60: a leap second.
  if (!date.ok() || hours > 23 || minutes > 59 || seconds > 60) return std::nullopt;
  return Time(std::chrono::sys_days(date)) + std::chrono::hours(hours) +
         std::chrono::minutes(minutes) + std::chrono::seconds(seconds);
}

}  // namespace herald
