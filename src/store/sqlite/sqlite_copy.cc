#include "store/sqlite/sqlite_copy.h"

#include <utility>

#include "store/sqlite/account_tables.h"
#include "store/sqlite/database.h"
#include "store/sqlite/identity_tables.h"
#include "store/sqlite/measure_tables.h"
#include "store/sqlite/media_table.h"
#include "store/sqlite/post_tables.h"

namespace herald {

template <>
struct Table<KeptKey> {
  static constexpr const char* kName = "data_keys";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("number", row.key.number);
  }
  static void moving(auto& row, auto&& column) {
    column("wrapped", bytes(row.key.wrapped));
    column("commitment", bytes(row.key.commitment));
  }
};

template <>
struct Table<AuditEvent> {
  static constexpr const char* kName = "audit";
  static constexpr int kKeys = 1;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("user_id", row.user);
    column("action", row.action);
    column("subject", row.subject);
    column("note", row.note);
    column("at", row.at);
  }
  static void moving(auto&, auto&&) {}
};

namespace {

using Take = std::function<Result<Done>(const KeptRow&)>;

// The rows of the table, each with what is kept beside it, which stands after its own columns.
template <class T, class Beside>
Result<Done> each(SqliteConnection& db, const Take& take, const std::string& beside,
                  std::string_view order, Beside read_beside) {
  Rows rows = db.query("SELECT " + all_columns<T>().text + beside + " FROM " +
                       std::string(Table<T>::kName) + " ORDER BY " + std::string(order));
  while (rows.next()) {
    T row = read_row<T>(rows);
    HERALD_CHECK(take(read_beside(std::move(row), rows)));
  }
  return Done{};
}
template <class T>
Result<Done> each(SqliteConnection& db, const Take& take, std::string_view order) {
  return each<T>(db, take, "", order, [](T row, Rows&) { return KeptRow(std::move(row)); });
}

std::vector<std::string> names(SqliteConnection& db, std::string_view sql, const Post& post) {
  std::vector<std::string> found;
  Rows rows = db.query(sql, post.customer, post.id);
  while (rows.next()) rows.read(found.emplace_back());
  return found;
}

Result<Done> each_post(SqliteConnection& db, const Take& take) {
  return each<Post>(db, take, ", status, idempotency_key, fingerprint", "customer_id, id",
                    [&](Post post, Rows& rows) {
                      KeptPost kept;
                      kept.post = std::move(post);
                      rows.read(kept.status);
                      rows.read(kept.idempotency_key);
                      rows.read(kept.fingerprint);
                      if (!kept.idempotency_key) kept.fingerprint.reset();
                      kept.media_used = names(db,
                                              "SELECT medium_id FROM post_media WHERE customer_id "
                                              "= ? AND post_id = ? ORDER BY medium_id",
                                              kept.post);
                      kept.account_ids = names(db,
                                               "SELECT DISTINCT account_id FROM deliveries WHERE "
                                               "customer_id = ? AND post_id = ? ORDER BY 1",
                                               kept.post);
                      return KeptRow(std::move(kept));
                    });
}

template <class Kept, class T>
Result<Done> each_claimable(SqliteConnection& db, const Take& take, std::string_view order) {
  return each<T>(db, take, ", claim_at", order, [](T row, Rows& rows) {
    Kept kept{std::move(row), {}};
    rows.read(kept.claim_at);
    return KeptRow(std::move(kept));
  });
}

void put_row(SqliteConnection& db, const auto& row) { insert(db, row); }
void put_row(SqliteConnection& db, const KeptPost& kept) {
  const Post& post = kept.post;
  insert(db, post, also("idempotency_key", kept.idempotency_key),
         also("fingerprint", kept.fingerprint), also("status", kept.status));
  for (const std::string& medium : kept.media_used) {
    db.run("INSERT INTO post_media VALUES (?, ?, ?)", post.customer, medium, post.id);
  }
  for (const std::string& account : kept.account_ids) {
    db.run("INSERT INTO post_accounts VALUES (?, ?, ?, ?)", post.customer, account, post.created_at,
           post.id);
  }
}
void put_row(SqliteConnection& db, const KeptDelivery& kept) {
  insert(db, kept.delivery, also("claim_at", kept.claim_at));
}
void put_row(SqliteConnection& db, const KeptFollowUp& kept) {
  insert(db, kept.follow_up, also("claim_at", kept.claim_at));
}

}  // namespace

Result<std::unique_ptr<SqliteCopy>> SqliteCopy::open(const std::string& folder, Time now, Use use) {
  HERALD_TRY(auto database, Database::open(folder, 1, now, use == Use::reading));
  return std::unique_ptr<SqliteCopy>(new SqliteCopy(std::move(database)));
}

SqliteCopy::SqliteCopy(std::unique_ptr<Database> database) : database_(std::move(database)) {}
SqliteCopy::~SqliteCopy() = default;

Result<Done> SqliteCopy::each_row(const Take& take) {
  return database_->read([&](SqliteConnection& db) -> Result<Done> {
    HERALD_CHECK(each<KeptKey>(db, take, "customer_id, number"));
    HERALD_CHECK(each<Customer>(db, take, "id"));
    HERALD_CHECK(each<User>(db, take, "customer_id, id"));
    HERALD_CHECK(each<Session>(db, take, "customer_id, id"));
    HERALD_CHECK(each<OAuthFlow>(db, take, "customer_id, id"));
    HERALD_CHECK(each<Grant>(db, take, "customer_id, id"));
    HERALD_CHECK(each<Account>(db, take, "platform, customer_id, id"));
    HERALD_CHECK(each<KeptFacts>(db, take, "customer_id, account_id, target_key"));
    HERALD_CHECK(each<Medium>(db, take, "customer_id, id"));
    HERALD_CHECK(each_post(db, take));
    HERALD_CHECK((each_claimable<KeptDelivery, Delivery>(db, take, "customer_id, id")));
    HERALD_CHECK(
        (each_claimable<KeptFollowUp, FollowUp>(db, take, "customer_id, delivery_id, kind")));
    HERALD_CHECK(each<Attempt>(db, take, "customer_id, id"));
    HERALD_CHECK(each<Measurement>(db, take, "customer_id, account_id, delivery_id"));
    HERALD_CHECK(each<DayRow>(
        db, take, "delivery_id <> '', customer_id, account_id, delivery_id, day, kept_max"));
    return each<AuditEvent>(db, take, "customer_id, id");
  });
}

Result<Done> SqliteCopy::put(const std::vector<KeptRow>& rows) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    for (const KeptRow& kept : rows) {
      std::visit([&](const auto& row) { put_row(db, row); }, kept);
    }
    return Done{};
  });
}

}  // namespace herald
