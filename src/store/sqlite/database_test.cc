#include "store/sqlite/database.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace herald {
namespace {

class DatabaseTest : public ::testing::Test {
 protected:
  DatabaseTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "herald-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~DatabaseTest() override { std::filesystem::remove_all(folder_); }

  Result<std::unique_ptr<Database>> open() { return Database::open(folder_, 2, from_ms(1), false); }
  // Adds a row and answers what the act answers after it.
  template <class Act>
  Result<Done> add_and(Database& database, const std::string& id, Act act) {
    return database.write([&](SqliteConnection& db) -> Result<Done> {
      db.run("INSERT INTO customers VALUES (?, '', 0, 0)", id);
      return act();
    });
  }
  bool has(Database& database, const std::string& id) {
    return database
        .read([&](SqliteConnection& db) -> Result<bool> {
          return db.any("SELECT 1 FROM customers WHERE id = ?", id);
        })
        .value();
  }

  std::string folder_;
};

TEST_F(DatabaseTest, AnActThatAnswersAnErrorIsUndone) {
  const auto database = open().value();
  const auto refused =
      add_and(*database, "a", []() -> Result<Done> { return fail(ErrorKind::conflict, "No."); });
  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
  EXPECT_FALSE(has(*database, "a"));
}

TEST_F(DatabaseTest, AnActThatThrowsIsUndoneAndTheNextOneWorks) {
  const auto database = open().value();
  const auto thrown =
      add_and(*database, "a", []() -> Result<Done> { throw std::runtime_error("a bug"); });
  EXPECT_EQ(thrown.error().kind, ErrorKind::internal);
  EXPECT_EQ(thrown.error().detail, "a bug");
  EXPECT_EQ(thrown.error().message.find("bug"), std::string::npos);
  EXPECT_FALSE(has(*database, "a"));
  EXPECT_TRUE(add_and(*database, "b", []() -> Result<Done> { return Done{}; }).has_value());
  EXPECT_TRUE(has(*database, "b"));
}

TEST_F(DatabaseTest, ABrokenRuleOfTheSchemaIsABugNotAConflict) {
  const auto database = open().value();
  const auto refused = database->write([](SqliteConnection& db) -> Result<Done> {
    db.run("INSERT INTO users VALUES ('nobody', 'u', 'e', '', '', 'member', 0, 0)");
    return Done{};
  });
  EXPECT_EQ(refused.error().kind, ErrorKind::internal);
}

TEST_F(DatabaseTest, ReadersCannotWrite) {
  const auto database = open().value();
  const auto refused = database->read([](SqliteConnection& db) -> Result<Done> {
    db.run("DELETE FROM customers");
    return Done{};
  });
  EXPECT_FALSE(refused.has_value());
}

TEST_F(DatabaseTest, TheFolderOfAnotherProcessIsRefusedByItsNumber) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto held = open();
    const char ready = held ? 'y' : 'n';
    if (::write(ends[1], &ready, 1) != 1) _exit(1);
    pause();
  }
  char ready = 0;
  ASSERT_EQ(::read(ends[0], &ready, 1), 1);
  ASSERT_EQ(ready, 'y');
  const auto refused = open();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(refused.error().code, "data_folder_in_use");
  EXPECT_NE(refused.error().message.find("process " + std::to_string(child)), std::string::npos);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(open().has_value());  // A dead process holds nothing.
}

TEST_F(DatabaseTest, AGuestWorksBesideTheOwner) {
  const auto owner = open().value();
  const auto guest = Database::open(folder_, 2, from_ms(1), true);
  ASSERT_TRUE(guest.has_value());
  EXPECT_TRUE(add_and(**guest, "g", []() -> Result<Done> { return Done{}; }).has_value());
  EXPECT_TRUE(add_and(*owner, "o", []() -> Result<Done> { return Done{}; }).has_value());
  EXPECT_TRUE(has(*owner, "g"));
  EXPECT_TRUE(has(**guest, "o"));
}

TEST_F(DatabaseTest, AFolderThatCannotBeMadeIsRefused) {
  const auto refused = Database::open("/proc/nowhere", 2, from_ms(1), false);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace herald
