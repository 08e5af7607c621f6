#include "sandbox/linkedin/version.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace herald::sandbox::linkedin {

namespace {

constexpr int kMonthsKept = 14;
constexpr int kLastDay = 15;

}  // namespace

bool is_active(const Context& x, std::string_view month) {
  if (month.size() != 6 || !std::ranges::all_of(month, [](char c) { return c >= '0' && c <= '9'; }))
    return false;
  int number = 0;
  std::from_chars(month.data(), month.data() + month.size(), number);
  const auto moon = number % 100;
  if (moon < 1 || moon > 12) return false;
  const std::chrono::year_month_day today{
      std::chrono::floor<std::chrono::days>(x.world.clock.now())};
  const auto day = static_cast<int>(static_cast<unsigned>(today.day()));
  const auto age = (static_cast<int>(today.year()) - number / 100) * 12 +
                   static_cast<int>(static_cast<unsigned>(today.month())) - moon;
  if (age < 0 || (age == 0 && day < x.number("newest_version_day"))) return false;
  return age < kMonthsKept || (age == kMonthsKept && day <= kLastDay);
}

}  // namespace herald::sandbox::linkedin
