#include "program/version_end.h"

#include <charconv>

namespace herald {
namespace {

// "2026-12-01"
std::optional<std::chrono::sys_days> date_of(std::string_view text) {
  const auto number = [&](std::size_t from, std::size_t length) {
    int value = -1;
    if (text.size() == 10) std::from_chars(&text[from], &text[from] + length, value);
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

}  // namespace

std::optional<std::string> version_warning(const PlatformSpec& spec, Time now) {
  const auto& [version, ends_on, source] = spec.api_version;
  const auto end = ends_on ? date_of(*ends_on) : std::nullopt;
  if (!end) return std::nullopt;
  const auto days = (*end - std::chrono::floor<std::chrono::days>(now)).count();
  if (days > kVersionWarningDays) return std::nullopt;
  const std::string what = spec.name + "'s API " + version;
  if (days < 0) return what + " ended on " + *ends_on + ": update Herald.";
  return what + " ends on " + *ends_on + ", in " + std::to_string(days) + " days: update Herald.";
}

}  // namespace herald
