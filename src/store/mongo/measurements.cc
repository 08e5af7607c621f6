#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "domain/measurement_rules.h"
#include "ports/store_refusals.h"
#include "store/mongo/account_fields.h"
#include "store/mongo/measure_fields.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/post_fields.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::document;
using mongo::Documents;
using mongo::key_of;
using mongo::Rows;

namespace {

// Of a day's row there are as many as platforms' terms name lengths of time.
constexpr int kRowsOfADayMax = 16;

Result<Done> keep(Act& act, DayRow day) {
  const Rows<DayRow> rows(act, day.customer, mongo::metrics_of(day.delivery));
  HERALD_TRY(auto stored, rows.find_one(key_of(day)));
  if (!stored) return rows.insert(day);
  merge_into(stored->metrics, day.metrics);
  day.metrics = std::move(stored->metrics);
  HERALD_CHECK(rows.update(day));
  return Done{};
}

void add_day(std::vector<DayFigures>& days, const DayRow& row) {
  if (days.empty() || days.back().day != row.day) days.push_back({row.day, {}});
  merge_into(days.back().values, row.metrics);
}

// Within a day as the figures of longer life overwrite those of shorter.
Bson by_day(int direction) { return document("day", direction, "kept_max", 1); }

Result<Figures> figures_of(Act& act, const CustomerId& customer, const AccountId& account,
                           const DeliveryId& delivery, const FiguresFilter& filter) {
  Figures figures;
  const Rows<DayRow> rows(act, customer, mongo::metrics_of(delivery));
  const auto of_it = [&] { return document("account_id", account, "delivery_id", delivery); };
  Bson period = of_it();
  put(period, "day", document("$gte", filter.from, "$lte", filter.to));
  HERALD_TRY(const auto days, rows.find(period, {.sort = by_day(1)}));
  for (const DayRow& row : days) add_day(figures.days, row);
  HERALD_TRY(const auto newest, rows.find(of_it(), {.sort = by_day(-1), .limit = kRowsOfADayMax}));
  for (const DayRow& row : newest) {
    if (row.day == newest.front().day) merge_into(figures.latest, row.metrics);
  }
  HERALD_TRY(auto measured, Rows<Measurement>(act, customer).find_one(of_it()));
  if (measured) {
    figures.measured_at = measured->measured_at;
    figures.next_at = measured->due_at;
    figures.problem = std::move(measured->problem);
  }
  return figures;
}

}  // namespace

Result<Done> MongoStore::forget_figures_of(const CustomerScope& scope, const AccountId& account) {
  return database_->run([&](Act& act) -> Result<Done> {
    for (const char* collection : {mongo::kAccountMetrics, mongo::kPostMetrics}) {
      HERALD_CHECK(Documents(act, collection, scope.customer())
                       .remove_many(document("account_id", account)));
    }
    return Done{};
  });
}

Result<Done> MongoStore::save_measurement(const Measurement& row, std::int64_t lease,
                                          const std::vector<Reading>& readings,
                                          const std::optional<Time>& account_until) {
  return database_->run_as_one([&](Act& act) -> Result<Done> {
    const Rows<Measurement> rows(act, row.customer);
    HERALD_TRY(const auto stored, rows.find_one(key_of(row)));
    if (!stored) return no_such("measurement");
    if (stored->lease != lease || stored->lease_until == Time{}) return lease_lost();
    HERALD_CHECK(rows.update(written_over(*stored, row)));
    for (const Reading& reading : readings) HERALD_CHECK(keep(act, day_row(*stored, reading)));
    if (!account_until) return Done{};
    // This is put_off(). What is over has no due time, and no date is less than that.
    HERALD_CHECK(rows.raw().update_many(
        document("account_id", row.account, "due_at", document("$lt", *account_until)),
        document("$set", document("due_at", *account_until))));
    return Done{};
  });
}

Result<std::map<AccountId, Figures>> MongoStore::account_figures(const CustomerScope& scope,
                                                                 const FiguresFilter& filter) {
  HERALD_TRY(const auto accounts, list_accounts(scope, filter.user, filter.platform));
  return database_->run([&](Act& act) -> Result<std::map<AccountId, Figures>> {
    std::map<AccountId, Figures> all;
    for (const Account& account : accounts) {
      if (filter.account && account.id != *filter.account) continue;
      HERALD_TRY(all[account.id], figures_of(act, account.customer, account.id, {}, filter));
    }
    return all;
  });
}

Result<PageOf<PostFigures>> MongoStore::post_figures(const CustomerScope& scope,
                                                     const FiguresFilter& filter,
                                                     const PageRequest& page) {
  Bson published = document("state", DeliveryState::published);
  if (filter.user) put(published, "user_id", *filter.user);
  if (filter.platform) put(published, "platform", *filter.platform);
  if (filter.account) put(published, "account_id", *filter.account);
  if (filter.post) put(published, "post_id", *filter.post);
  put(published, "published_at",
      document("$gte", Time(filter.from), "$lt", Time(filter.to + std::chrono::days(1))));
  return database_->run([&](Act& act) -> Result<PageOf<PostFigures>> {
    HERALD_TRY(
        auto found,
        Rows<Delivery>(act, scope.customer()).page(std::move(published), page, "published_at"));
    PageOf<PostFigures> rows;
    rows.more = found.more;
    for (Delivery& row : found.rows) {
      row.sealed_progress.clear();
      HERALD_TRY(Figures figures, figures_of(act, row.customer, row.account, row.id, filter));
      rows.rows.push_back({std::move(row), std::move(figures)});
    }
    return rows;
  });
}

namespace {

// The oldest of both collections together, by `time` and then by their key.
template <class Time>
Result<std::vector<DayRow>> oldest(Act& act, const Bson& filter, const char* field, int max,
                                   Time time) {
  std::vector<DayRow> found;
  for (const char* collection : {mongo::kAccountMetrics, mongo::kPostMetrics}) {
    HERALD_TRY(auto rows,
               Rows<DayRow>::of_all(act, collection)
                   .find(filter, {.sort = document(field, 1, "customer_id", 1, "account_id", 1,
                                                   "delivery_id", 1, "day", 1, "kept_max", 1),
                                  .limit = max}));
    std::ranges::move(rows, std::back_inserter(found));
  }
  std::ranges::sort(found, {}, [&](const DayRow& row) {
    return std::tuple(time(row), row.customer, row.account, row.delivery, row.day, row.kept_max);
  });
  if (std::ssize(found) > max) found.resize(static_cast<std::size_t>(max));
  return found;
}

// Those of which `still` holds.
Result<int> remove(Act& act, const std::vector<DayRow>& rows, const Bson& still) {
  std::int64_t removed = 0;
  for (const DayRow& row : rows) {
    Bson its = key_of(row);
    its.add_all(still);
    HERALD_TRY(const auto gone,
               Documents(act, mongo::metrics_of(row.delivery), row.customer).remove_one(its));
    removed += gone;
  }
  return static_cast<int>(removed);
}

}  // namespace

Result<int> MongoStore::forget_figures(Time before, int max) {
  if (max <= 0) return 0;
  return database_->run([&](Act& act) -> Result<int> {
    const Bson old =
        document("day", document("$lt", std::chrono::floor<std::chrono::days>(before)));
    HERALD_TRY(const auto rows,
               oldest(act, old, "day", max, [](const DayRow& row) { return row.day; }));
    return remove(act, rows, {});
  });
}

Result<int> MongoStore::forget_expired_figures(Time now, int max) {
  if (max <= 0) return 0;
  return database_->run([&](Act& act) -> Result<int> {
    const Bson expired = document("expires_at", document("$lte", now));
    HERALD_TRY(const auto rows, oldest(act, expired, "expires_at", max,
                                       [](const DayRow& row) { return row.expires_at; }));
    return remove(act, rows, expired);
  });
}

}  // namespace herald
