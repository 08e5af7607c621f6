#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "domain/delivery_rules.h"
#include "domain/measurement_rules.h"
#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

void MemoryStore::measure(const Account& account, Time now) {
  for (auto& [key, row] : measurements_) {
    if (row.customer == account.customer && row.account == account.id) wake(row, now);
  }
  measurements_.try_emplace({account.customer, {account.id, DeliveryId()}},
                            measurement_of(account, now));
}

void MemoryStore::measure(const Delivery& delivery) {
  const auto row = measurement_of(delivery, first_figures_);
  if (!row || find_row(accounts_, delivery.customer, delivery.account) == nullptr) return;
  measurements_.try_emplace({row->customer, {row->account, row->delivery}}, *row);
}

void MemoryStore::measure_no_more(const CustomerId& customer, const AccountId& account) {
  const auto is_its = [&](const auto& row) {
    return row.customer == customer && row.account == account;
  };
  std::erase_if(measurements_, [&](const auto& entry) { return is_its(entry.second); });
  std::erase_if(figures_, [&](const auto& entry) {
    return is_its(entry.second) && entry.second.delivery.empty();
  });
}

Result<Done> MemoryStore::forget_figures_of(const CustomerScope& scope, const AccountId& account) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(figures_, [&](const auto& entry) {
    return entry.second.customer == scope.customer() && entry.second.account == account;
  });
  return Done{};
}

// Of every account the row that is to be taken next, with the time of that.
std::vector<Candidate> MemoryStore::next_measurements(Time now) const {
  std::map<std::pair<CustomerId, AccountId>, Candidate> next;
  std::map<std::pair<CustomerId, AccountId>, Time> leased;
  for (const auto& [key, row] : measurements_) {
    const std::pair account(row.customer, row.account);
    if (row.lease_until > now) leased[account] = std::max(leased[account], row.lease_until);
    if (!row.due_at) continue;
    const Candidate one{row.customer, *row.due_at, row.delivery, row.account.value};
    const auto [known, fresh] = next.try_emplace(account, one);
    if (!fresh && std::tie(one.at, one.id) < std::tie(known->second.at, known->second.id)) {
      known->second = one;
    }
  }
  std::vector<Candidate> rows;
  for (auto& [account, candidate] : next) {
    candidate.at = std::max(candidate.at, leased[account]);
    rows.push_back(std::move(candidate));
  }
  return rows;
}

Result<std::vector<Measurement>> MemoryStore::claim_measurements(Time now, Duration lease,
                                                                 int max) {
  const std::scoped_lock lock(mutex_);
  std::vector<Candidate> due = next_measurements(now);
  std::erase_if(due, [&](const Candidate& candidate) { return candidate.at > now; });
  std::vector<Measurement> claimed;
  for (const Candidate& candidate : take_turns(std::move(due), max, measurement_turn_)) {
    Measurement& row =
        measurements_.at({candidate.customer, {AccountId(candidate.kind), candidate.id}});
    lease_out(row, now, lease);
    claimed.push_back(row);
  }
  return claimed;
}

Result<std::optional<Time>> MemoryStore::next_measurement_due(Time now) {
  const std::scoped_lock lock(mutex_);
  std::optional<Time> next;
  for (const Candidate& candidate : next_measurements(now)) {
    if (!next || candidate.at < *next) next = std::max(candidate.at, now);
  }
  return next;
}

Result<Done> MemoryStore::save_measurement(const Measurement& row, std::int64_t lease,
                                           const std::vector<Reading>& readings,
                                           const std::optional<Time>& account_until) {
  const std::scoped_lock lock(mutex_);
  Measurement* stored =
      find_row(measurements_, row.customer, MeasurementId{row.account, row.delivery});
  if (stored == nullptr) return no_such("measurement");
  if (stored->lease != lease || stored->lease_until == Time{}) return lease_lost();
  *stored = written_over(*stored, row);
  for (const Reading& reading : readings) {
    DayRow day = day_row(*stored, reading);
    const auto [kept, fresh] = figures_.try_emplace(
        {day.customer, {day.account, day.delivery, day.day, day.kept_max}}, day);
    if (fresh) continue;
    merge_into(kept->second.metrics, day.metrics);
    kept->second.expires_at = day.expires_at;
  }
  if (!account_until) return Done{};
  for (auto& [key, other] : measurements_) {
    if (other.customer == row.customer && other.account == row.account) {
      put_off(other, *account_until);
    }
  }
  return Done{};
}

Result<bool> MemoryStore::reserve_calls(const CustomerScope& scope, const AccountId& account,
                                        Day day, int calls, int max) {
  const std::scoped_lock lock(mutex_);
  const CustomerId& customer = scope.customer();
  const Account* own = find_row(accounts_, customer, account);
  if (own == nullptr) return no_such("account");
  int made = 0;
  for (const auto& [key, row] : measurements_) {
    if (row.customer != customer || !row.of_account()) continue;
    const Account* other = find_row(accounts_, customer, row.account);
    if (other != nullptr && other->grant == own->grant) made += calls_made(row, day);
  }
  if (made + calls > max) return false;
  count_calls(measurements_.at({customer, {account, DeliveryId()}}), day, calls);
  return true;
}

Figures MemoryStore::figures_of(const CustomerId& customer, const AccountId& account,
                                const DeliveryId& delivery, Day from, Day to) const {
  std::map<Day, Metrics> days;
  for (const auto& [key, row] : figures_) {
    if (row.customer != customer || row.account != account || row.delivery != delivery) continue;
    merge_into(days[row.day], row.metrics);
  }
  Figures figures;
  if (!days.empty()) figures.latest = days.rbegin()->second;
  for (auto& [day, values] : days) {
    if (day >= from && day <= to) figures.days.push_back({day, std::move(values)});
  }
  if (const auto* row = find_row(measurements_, customer, MeasurementId{account, delivery})) {
    figures.measured_at = row->measured_at;
    figures.next_at = row->due_at;
    figures.problem = row->problem;
  }
  return figures;
}

Result<std::map<AccountId, Figures>> MemoryStore::account_figures(const CustomerScope& scope,
                                                                  const FiguresFilter& filter) {
  const std::scoped_lock lock(mutex_);
  std::map<AccountId, Figures> all;
  for (const auto& [key, account] : accounts_) {
    if (account.customer != scope.customer()) continue;
    if (filter.user && account.user != *filter.user) continue;
    if (filter.platform && account.platform != *filter.platform) continue;
    if (filter.account && account.id != *filter.account) continue;
    all[account.id] = figures_of(account.customer, account.id, {}, filter.from, filter.to);
  }
  return all;
}

Result<PageOf<PostFigures>> MemoryStore::post_figures(const CustomerScope& scope,
                                                      const FiguresFilter& filter,
                                                      const PageRequest& page) {
  const std::scoped_lock lock(mutex_);
  std::vector<PostFigures> rows;
  for (const auto& [key, delivery] : deliveries_) {
    if (delivery.customer != scope.customer()) continue;
    if (delivery.state != DeliveryState::published || !delivery.published_at) continue;
    const Day day = std::chrono::floor<std::chrono::days>(*delivery.published_at);
    if (day < filter.from || day > filter.to) continue;
    if (filter.user && delivery.user != *filter.user) continue;
    if (filter.platform && delivery.platform != *filter.platform) continue;
    if (filter.account && delivery.account != *filter.account) continue;
    if (filter.post && delivery.post != *filter.post) continue;
    rows.push_back({delivery, figures_of(delivery.customer, delivery.account, delivery.id,
                                         filter.from, filter.to)});
    rows.back().delivery.sealed_progress.clear();
  }
  return page_of(std::move(rows), page, [](const PostFigures& row) {
    return std::pair(*row.delivery.published_at, row.delivery.id.value);
  });
}

}  // namespace herald
