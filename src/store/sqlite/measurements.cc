#include <utility>

#include "domain/delivery_rules.h"
#include "domain/measurement_rules.h"
#include "ports/store_refusals.h"
#include "store/sqlite/account_tables.h"
#include "store/sqlite/database.h"
#include "store/sqlite/measure_tables.h"
#include "store/sqlite/post_tables.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

// Of every account that nobody works on, the row that has been due the longest.
std::vector<Candidate> due_rows(SqliteConnection& db, Time now) {
  std::vector<Candidate> due;
  Rows rows = db.query(
      "SELECT due_at, customer_id, account_id, delivery_id FROM measurements AS own "
      "WHERE due_at <= ?1 AND NOT EXISTS (SELECT 1 FROM measurements AS any "
      "WHERE any.customer_id = own.customer_id AND any.account_id = own.account_id "
      "AND any.lease_until > 0 AND any.lease_until > ?1) "
      "ORDER BY customer_id, account_id, due_at, delivery_id",
      now);
  while (rows.next()) {
    Candidate candidate;
    rows.read(candidate.at);
    rows.read(candidate.customer);
    rows.read(candidate.kind);  // The account.
    rows.read(candidate.id);
    const bool first = due.empty() || due.back().customer != candidate.customer ||
                       due.back().kind != candidate.kind;
    if (first) due.push_back(std::move(candidate));
  }
  return due;
}

bool is_leased(SqliteConnection& db, const CustomerId& customer, const AccountId& account,
               Time now) {
  return db.any(
      "SELECT 1 FROM measurements WHERE customer_id = ? AND account_id = ? AND lease_until > 0 "
      "AND lease_until > ?",
      customer, account, now);
}

void keep(SqliteConnection& db, DayRow day) {
  auto stored = find<DayRow>(db, day.customer, day.account, day.delivery, day.day, day.kept_max);
  if (!stored) return insert(db, day);
  merge_into(stored->metrics, day.metrics);
  day.metrics = std::move(stored->metrics);
  update(db, day);
}

Figures figures_of(SqliteConnection& db, const CustomerId& customer, const AccountId& account,
                   const DeliveryId& delivery, const FiguresFilter& filter) {
  Figures figures;
  for (const DayRow& row : select<DayRow>(db,
                                          "WHERE customer_id = ? AND account_id = ? "
                                          "AND delivery_id = ? AND day BETWEEN ? AND ? "
                                          "ORDER BY day, kept_max",
                                          customer, account, delivery, filter.from, filter.to)) {
    const bool more = !figures.days.empty() && figures.days.back().day == row.day;
    if (!more) figures.days.push_back({row.day, {}});
    merge_into(figures.days.back().values, row.metrics);
  }
  for (const DayRow& row :
       select<DayRow>(db,
                      "WHERE customer_id = ?1 AND account_id = ?2 AND delivery_id = ?3 AND day = "
                      "(SELECT max(day) FROM figures WHERE customer_id = ?1 AND account_id = ?2 "
                      "AND delivery_id = ?3) ORDER BY kept_max",
                      customer, account, delivery)) {
    merge_into(figures.latest, row.metrics);
  }
  if (auto row = find<Measurement>(db, customer, account, delivery)) {
    figures.measured_at = row->measured_at;
    figures.next_at = row->due_at;
    figures.problem = std::move(row->problem);
  }
  return figures;
}

// The parameters are numbered; a filter that is not asked for leaves its number out.
std::string published(const FiguresFilter& filter, const PageRequest& page) {
  std::string sql =
      "WHERE customer_id = ?1 AND state = 'published' "
      "AND published_at >= ?2 AND published_at < ?3";
  // The narrowest filter leads; a plus keeps the others from choosing the index.
  if (filter.user) sql += " AND +user_id = ?4";
  if (filter.platform) sql += " AND +platform = ?5";
  if (filter.account) sql += " AND +account_id = ?6";
  if (filter.post) sql += " AND post_id = ?7";
  if (page.before) sql += " AND (published_at, id) < (?8, ?9)";
  return sql + " ORDER BY published_at DESC, id DESC LIMIT ?10";
}

}  // namespace

void measure(SqliteConnection& db, const Account& account, Time now) {
  bool is_known = false;
  for (Measurement& row : select<Measurement>(db, "WHERE customer_id = ? AND account_id = ?",
                                              account.customer, account.id)) {
    is_known = is_known || row.of_account();
    wake(row, now);
    update(db, row);
  }
  if (!is_known) insert(db, measurement_of(account, now));
}

void measure(SqliteConnection& db, const Delivery& delivery, Duration first_figures) {
  const auto row = measurement_of(delivery, first_figures);
  if (!row || find<Measurement>(db, row->customer, row->account, row->delivery)) return;
  if (find<Account>(db, row->customer, row->account)) insert(db, *row);
}

void measure_no_more(SqliteConnection& db, const CustomerId& customer, const AccountId& account) {
  db.run("DELETE FROM measurements WHERE customer_id = ? AND account_id = ?", customer, account);
  db.run("DELETE FROM figures WHERE customer_id = ? AND account_id = ? AND delivery_id = ''",
         customer, account);
}

Result<Done> SqliteStore::forget_figures_of(const CustomerScope& scope, const AccountId& account) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    db.run("DELETE FROM figures WHERE customer_id = ? AND account_id = ?", scope.customer(),
           account);
    return Done{};
  });
}

Result<std::vector<Measurement>> SqliteStore::claim_measurements(Time now, Duration lease,
                                                                 int max) {
  // Looked for beside the writer, which deliveries wait for: after an outage this is long.
  HERALD_TRY(const auto due,
             database_->read([&](SqliteConnection& db) -> Result<std::vector<Candidate>> {
               return due_rows(db, now);
             }));
  if (due.empty()) return std::vector<Measurement>();
  return database_->write([&](SqliteConnection& db) -> Result<std::vector<Measurement>> {
    std::vector<Measurement> claimed;
    for (const Candidate& candidate : take_turns(due, max, measurement_turn_)) {
      const AccountId account(candidate.kind);
      auto row = find<Measurement>(db, candidate.customer, account, candidate.id);
      // It may have gone, or have been taken, since.
      if (!row || !row->due_at || *row->due_at > now) continue;
      if (is_leased(db, candidate.customer, account, now)) continue;
      lease_out(*row, now, lease);
      update(db, *row);
      claimed.push_back(std::move(*row));
    }
    return claimed;
  });
}

Result<std::optional<Time>> SqliteStore::next_measurement_due(Time now) {
  return database_->read([&](SqliteConnection& db) -> Result<std::optional<Time>> {
    std::optional<Time> next;
    for (const char* sql :
         {"SELECT min(lease_until) FROM measurements WHERE lease_until > 0 AND lease_until > ?1",
          "SELECT due_at FROM measurements AS own "
          "WHERE due_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM measurements AS any "
          "WHERE any.customer_id = own.customer_id AND any.account_id = own.account_id "
          "AND any.lease_until > 0 AND any.lease_until > ?1) ORDER BY due_at LIMIT 1"}) {
      Rows rows = db.query(sql, now);
      if (!rows.next()) continue;
      const auto at = rows.get<std::optional<Time>>();
      if (at && (!next || *at < *next)) next = at;
    }
    if (next) next = std::max(*next, now);
    return next;
  });
}

Result<Done> SqliteStore::save_measurement(const Measurement& row, std::int64_t lease,
                                           const std::vector<Reading>& readings,
                                           const std::optional<Time>& account_until) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    const auto stored = find<Measurement>(db, row.customer, row.account, row.delivery);
    if (!stored) return no_such("measurement");
    if (stored->lease != lease || stored->lease_until == Time{}) return lease_lost();
    update(db, written_over(*stored, row));
    for (const Reading& reading : readings) keep(db, day_row(*stored, reading));
    if (account_until) {
      // This is put_off().
      db.run(
          "UPDATE measurements SET due_at = ?3 "
          "WHERE customer_id = ?1 AND account_id = ?2 AND due_at < ?3",
          row.customer, row.account, *account_until);
    }
    return Done{};
  });
}

Result<bool> SqliteStore::reserve_calls(const CustomerScope& scope, const AccountId& account,
                                        Day day, int calls, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<bool> {
    const CustomerId& customer = scope.customer();
    auto own = find<Measurement>(db, customer, account, DeliveryId());
    if (!own) return no_such("account");
    int made = 0;
    for (const Measurement& row :
         select<Measurement>(db,
                             "WHERE customer_id = ?1 AND delivery_id = '' AND account_id IN "
                             "(SELECT id FROM accounts WHERE customer_id = ?1 AND grant_id = "
                             "(SELECT grant_id FROM accounts WHERE customer_id = ?1 AND id = ?2))",
                             customer, account)) {
      made += calls_made(row, day);
    }
    if (made + calls > max) return false;
    count_calls(*own, day, calls);
    update(db, *own);
    return true;
  });
}

Result<std::map<AccountId, Figures>> SqliteStore::account_figures(const CustomerScope& scope,
                                                                  const FiguresFilter& filter) {
  return database_->read([&](SqliteConnection& db) -> Result<std::map<AccountId, Figures>> {
    std::map<AccountId, Figures> all;
    for (const Account& account :
         select<Account>(db,
                         "WHERE customer_id = ?1 AND (?2 IS NULL OR user_id = ?2) "
                         "AND (?3 IS NULL OR platform = ?3) AND (?4 IS NULL OR id = ?4)",
                         scope.customer(), filter.user, filter.platform, filter.account)) {
      all[account.id] = figures_of(db, account.customer, account.id, {}, filter);
    }
    return all;
  });
}

Result<PageOf<PostFigures>> SqliteStore::post_figures(const CustomerScope& scope,
                                                      const FiguresFilter& filter,
                                                      const PageRequest& page) {
  return database_->read([&](SqliteConnection& db) -> Result<PageOf<PostFigures>> {
    const auto [time, id] = page.before.value_or(std::pair<Time, std::string>{});
    auto found = page_of(
        select<Delivery>(db, published(filter, page), scope.customer(), Time(filter.from),
                         Time(filter.to + std::chrono::days(1)), filter.user, filter.platform,
                         filter.account, filter.post, time, id, rows_to_read(page)),
        page);
    PageOf<PostFigures> rows;
    rows.more = found.more;
    for (Delivery& row : found.rows) {
      row.sealed_progress.clear();
      Figures figures = figures_of(db, row.customer, row.account, row.id, filter);
      rows.rows.push_back({std::move(row), std::move(figures)});
    }
    return rows;
  });
}

}  // namespace herald
