#include "store/sqlite/migrations.h"

#include <gtest/gtest.h>

#include <vector>

namespace herald {
namespace {

const Time kNow = from_ms(1'800'000'000'000);

class MigrationsTest : public ::testing::Test {
 protected:
  Result<Done> run(const std::vector<Migration>& migrations) {
    return migrate(connection_, migrations, kNow);
  }
  bool has(const std::string& table) {
    return connection_.any("SELECT 1 FROM sqlite_schema WHERE name = ?", table);
  }

  SqliteConnection connection_{":memory:", SqliteConnection::Mode::write};
  const Migration first_{1, "001_first", "CREATE TABLE first (a); CREATE TABLE also (a);"};
  const Migration second_{2, "002_second", "CREATE TABLE second (a);"};
};

TEST_F(MigrationsTest, AppliesInOrderAndOnlyOnce) {
  EXPECT_TRUE(run({first_}).has_value());
  EXPECT_TRUE(has("also"));
  EXPECT_TRUE(run({first_, second_}).has_value());
  EXPECT_TRUE(run({first_, second_}).has_value());
  EXPECT_TRUE(has("second"));
}

TEST_F(MigrationsTest, AStepThatFailsLeavesNothingBehind) {
  const Migration broken{2, "002_broken", "CREATE TABLE half (a); CREATE TABLE first (a);"};
  EXPECT_THROW((void)run({first_, broken}), SqliteFailure);
  EXPECT_FALSE(has("half"));
  EXPECT_TRUE(run({first_, second_}).has_value());
}

TEST_F(MigrationsTest, AStoreOfANewerProgramIsRefusedUntouched) {
  EXPECT_TRUE(run({first_, second_}).has_value());
  const Migration other{3, "003_other", "CREATE TABLE other (a);"};
  const auto refused = run({first_, other});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(refused.error().code, "store_is_newer");
  EXPECT_NE(refused.error().message.find("002_second"), std::string::npos);
  EXPECT_FALSE(has("other"));
}

TEST_F(MigrationsTest, AGuestAppliesNothing) {
  EXPECT_TRUE(run({first_}).has_value());
  EXPECT_TRUE(check_migrated(connection_, std::vector{first_}).has_value());
  const auto refused = check_migrated(connection_, std::vector{first_, second_});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "store_is_older");
  EXPECT_FALSE(has("second"));
}

TEST_F(MigrationsTest, AStepThatReadsOtherwiseThanWhenItWasAppliedIsRefused) {
  EXPECT_TRUE(run({first_}).has_value());
  const auto refused = run({{1, "001_first", "CREATE TABLE first (b);"}, second_});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "store_differs");
  EXPECT_FALSE(has("second"));
}

TEST(Migrations, TheOnesBuiltInAreNumberedFromOneWithoutGap) {
  int expected = 1;
  for (const Migration& migration : sqlite_migrations()) {
    EXPECT_EQ(migration.number, expected++) << migration.name;
    EXPECT_FALSE(migration.sql.empty());
  }
  EXPECT_GT(expected, 5);
}

// No table of a customer's may be keyed by anything else first (section 2.1 of the requirements).
TEST(Migrations, EveryKeyBeginsWithTheCustomer) {
  SqliteConnection connection(":memory:", SqliteConnection::Mode::write);
  ASSERT_TRUE(migrate(connection, sqlite_migrations(), kNow).has_value());
  Rows rows = connection.query(
      "SELECT m.name, i.name FROM sqlite_schema m, pragma_table_info(m.name) i "
      "WHERE m.type = 'table' AND i.pk = 1 "
      "AND m.name NOT IN ('schema_migrations', 'customers', 'audit', 'sqlite_sequence')");
  int tables = 0;
  while (rows.next()) {
    const auto table = rows.get<std::string>();
    EXPECT_EQ(rows.get<std::string>(), "customer_id") << table;
    ++tables;
  }
  EXPECT_GT(tables, 10);
  Rows keys = connection.query(
      "SELECT m.name, f.\"from\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f "
      "WHERE m.type = 'table' AND f.seq = 0");
  int foreign = 0;
  while (keys.next()) {
    const auto table = keys.get<std::string>();
    EXPECT_EQ(keys.get<std::string>(), "customer_id") << table;
    ++foreign;
  }
  EXPECT_GT(foreign, 7);
}

TEST(Migrations, WhatWasThereBeforeFiguresWereReadIsMeasuredFromThenOn) {
  SqliteConnection connection(":memory:", SqliteConnection::Mode::write);
  const auto all = sqlite_migrations();
  ASSERT_TRUE(migrate(connection, all.first(11), kNow).has_value());
  connection.script(
      "INSERT INTO grants (customer_id, id, user_id, platform, registration, subject, scopes, "
      "sealed_tokens, version, state, state_message, lease, lease_until, created_at, updated_at) "
      "VALUES ('acme', 'grt', 'ann', 'toy', 'main', '', '[]', x'', 1, 'live', '', 0, 0, 1, 1);"
      "INSERT INTO accounts VALUES "
      "('acme', 'page', 'ann', 'toy', 'grt', '', '', 'remote', '', '', '', '{}', x'', 1000);"
      "INSERT INTO posts (customer_id, id, user_id, text, media, targets, due_at, time_zone, "
      "lateness_max, revision, cancelled, created_at, updated_at, status) "
      "VALUES ('acme', 'post', 'ann', '', '[]', '[]', 1, '', 0, 1, 0, 1, 1, 'published');");
  const auto add = [&](const char* id, const char* account, const char* state, const char* remote) {
    connection.run(
        "INSERT INTO deliveries (customer_id, id, user_id, post_id, account_id, platform, target, "
        "kind, publish_at, created_at, revision, state, due_at, missed_after, lease, lease_until, "
        "attempt, steps_idle, visible_calls, looks, last_look_at, sealed_progress, parked_version, "
        "code, message, meter, remote_id, url, published_at, updated_at) "
        "VALUES ('acme', ?, 'ann', 'post', ?, 'toy', 0, 'text', 1, 1, 1, ?, 1, 1, 0, 0, 0, 0, 1, "
        "0, 0, x'', 0, '', '', '{}', ?, '', 2000, 1)",
        id, account, state, remote);
  };
  add("out", "page", "published", "remote");
  add("nameless", "page", "published", "");
  add("failed", "page", "failed", "remote");
  add("left", "gone", "published", "remote");
  ASSERT_TRUE(migrate(connection, all, kNow).has_value());
  Rows rows = connection.query(
      "SELECT account_id, delivery_id, begun_at, due_at, lease, lease_until, attempt, problem "
      "FROM measurements ORDER BY delivery_id");
  std::string found;
  while (rows.next()) {
    found += rows.get<std::string>();
    found += " '" + rows.get<std::string>() + "'";
    for (int i = 0; i < 5; ++i) found += " " + std::to_string(rows.get<int>());
    found += " '" + rows.get<std::string>() + "';";
  }
  EXPECT_EQ(found, "page '' 1000 1000 0 0 0 '';page 'out' 2000 2000 0 0 0 '';");
}

}  // namespace
}  // namespace herald
