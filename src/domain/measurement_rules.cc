#include "domain/measurement_rules.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kDay = 24h;
// Daily readings keep at least this far from the one before.
constexpr Duration kRestMin = 6h;
// What falls due at one moment is spread over so long, so that it does not all come at once.
constexpr Duration kDailySpread = 2h;
constexpr Duration kRateLimit = 15min;  // Where the platform does not say how long.
constexpr Duration kRetryFirst = 10min;

// In [0, width), the same for this row and salt always.
Duration spread(const Measurement& row, Duration width, std::uint64_t salt = 0) {
  std::uint64_t sum = 0xcbf29ce484222325 + salt;
  const auto add = [&](std::string_view text) {
    for (const char byte : text) sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  };
  add(row.customer.value);
  add(row.account.value);
  add(row.delivery.value);
  sum ^= sum >> 32;
  return Duration(
      static_cast<std::int64_t>((sum % 4096) * static_cast<std::uint64_t>(width.count()) / 4096));
}

Duration retry_delay(const Measurement& row, const Error& error) {
  const Duration longest =
      std::min<Duration>(kRetryFirst * (1 << std::min(row.attempt - 1, 8)), kDay);
  // The upper half of it, by chance.
  const Duration delay =
      longest / 2 + spread(row, longest / 2, static_cast<std::uint64_t>(row.attempt));
  return error.retry_after ? std::max<Duration>(delay, *error.retry_after) : delay;
}

bool is_past(const Measurement& row, const ReadingPaces& paces, Time at) {
  const Duration last = paces.empty() ? Duration{} : Duration(paces.back().until);
  return !row.of_account() && at - row.begun_at > last + kDailySpread;
}

// The first day of its age, from `day` on, on which it is read; nullopt: none any more.
std::optional<std::int64_t> reading_day(const Measurement& row, const ReadingPaces& paces,
                                        std::int64_t day) {
  if (row.of_account()) return day;
  for (const ReadingPace& pace : paces) {
    const std::int64_t every = pace.every.count();
    const std::int64_t next = (day + every - 1) / every * every;
    if (next <= pace.until.count()) return next;
  }
  return std::nullopt;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

Measurement measurement_of(const Account& account, Time now) {
  Measurement row;
  row.customer = account.customer;
  row.account = account.id;
  row.begun_at = account.connected_at;
  row.due_at = now;
  return row;
}

std::optional<Measurement> measurement_of(const Delivery& delivery, Duration first) {
  if (delivery.state != DeliveryState::published || delivery.remote_id.empty() ||
      !delivery.published_at) {
    return std::nullopt;
  }
  Measurement row;
  row.customer = delivery.customer;
  row.account = delivery.account;
  row.delivery = delivery.id;
  row.begun_at = *delivery.published_at;
  row.due_at = row.begun_at + first + spread(row, first / 10);
  return row;
}

std::optional<Time> claim_time(const Measurement& row) {
  if (!row.due_at) return std::nullopt;
  return std::max(*row.due_at, row.lease_until);
}

void lease_out(Measurement& row, Time now, Duration lease) {
  ++row.lease;
  row.lease_until = now + lease;
}

Measurement written_over(const Measurement& stored, const Measurement& given) {
  Measurement row = given;
  row.customer = stored.customer;
  row.account = stored.account;
  row.delivery = stored.delivery;
  row.begun_at = stored.begun_at;
  row.lease = stored.lease;
  row.lease_until = {};
  row.calls_on = stored.calls_on;
  row.calls = stored.calls;
  return row;
}

void wake(Measurement& row, Time now) {
  if (!row.due_at) return;
  const bool late = now - row.measured_at.value_or(row.begun_at) >= kDay;
  if (!row.of_account() && row.problem.empty() && !late) return;
  row.due_at = std::min(*row.due_at, now);
  row.attempt = 0;
  ++row.lease;
  row.lease_until = {};
}

void put_off(Measurement& row, Time until) {
  if (row.due_at) row.due_at = std::max(*row.due_at, until);
}

Measurement after_reading(Measurement row, const ReadingPaces& paces, Time now) {
  row.attempt = 0;
  row.problem.clear();
  row.measured_at = now;
  const auto at = [&](std::int64_t day) {
    return row.begun_at + day * kDay + spread(row, kDailySpread);
  };
  const auto days = std::max<Duration>(now - row.begun_at, 0ms) / kDay + 1;
  const auto next = reading_day(row, paces, at(days) - now < kRestMin ? days + 1 : days);
  row.due_at.reset();
  if (next) row.due_at = at(*next);
  return row;
}

Measurement after_failure(Measurement row, const Error& error, const ReadingPaces& paces,
                          Time now) {
  row.problem = error.message;
  switch (error.kind) {
    case ErrorKind::rate_limited:
      row.due_at = now + (error.retry_after ? std::clamp<Duration>(*error.retry_after, 1min, kDay)
                                            : kRateLimit);
      return row;
    case ErrorKind::not_found:
      if (!row.of_account()) {
        row.due_at.reset();
        return row;
      }
      [[fallthrough]];
    case ErrorKind::unauthorized:
    case ErrorKind::forbidden:
      ++row.attempt;
      row.due_at = now + kDay + spread(row, kDailySpread);
      break;
    default:
      ++row.attempt;
      row.due_at = now + retry_delay(row, error);
  }
  if (is_past(row, paces, *row.due_at)) row.due_at.reset();
  return row;
}

Measurement moved_to_tomorrow(Measurement row, Time now) {
  const Time tomorrow = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
  const Time read_at = row.measured_at.value_or(row.begun_at);
  const auto waited = std::max<Duration>(now - read_at, 0ms);
  row.due_at = tomorrow + Duration(1h) * kDay.count() / (kDay + waited).count();
  return row;
}

int calls_made(const Measurement& row, Day day) { return row.calls_on == day ? row.calls : 0; }

void count_calls(Measurement& row, Day day, int calls) {
  row.calls = calls_made(row, day) + calls;
  row.calls_on = day;
}

bool concerns_account(const Error& error) {
  return error.kind == ErrorKind::rate_limited || error.kind == ErrorKind::unauthorized;
}

std::vector<Reading> readings_of(const std::vector<MetricSpec>& specs, MetricSpec::Of of,
                                 const std::string& account_kind,
                                 const std::map<std::string, std::string>& facts, Time now) {
  std::map<std::chrono::hours, Metrics> parts;
  for (const auto& [name, text] : facts) {
    const auto value = whole_number(text);
    if (!value) continue;
    const auto spec = std::ranges::find_if(specs, [&](const MetricSpec& one) {
      return one.of == of && one.name == name &&
             (one.account_kind.empty() || one.account_kind == account_kind);
    });
    if (spec == specs.end() && !specs.empty()) continue;
    parts[specs.empty() ? std::chrono::hours{} : spec->kept_max][name] = *value;
  }
  std::vector<Reading> readings;
  for (auto& [kept_max, values] : parts) readings.push_back({now, std::move(values), kept_max});
  return readings;
}

DayRow day_row(const Measurement& row, const Reading& reading) {
  DayRow day{row.customer,     row.account,
             row.delivery,     std::chrono::floor<std::chrono::days>(reading.at),
             reading.kept_max, reading.values,
             reading.at,       {}};
  if (reading.kept_max > Duration{}) day.expires_at = reading.at + reading.kept_max;
  return day;
}

void merge_into(Metrics& kept, const Metrics& read) {
  for (const auto& [name, value] : read) kept[name] = value;
}

}  // namespace herald
