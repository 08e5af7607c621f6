// The data folder's disk: full, read-only, and held by somebody else.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>

#include <algorithm>

#include "tests/program/house.h"
#include "tests/program/person.h"
#include "tests/program/small_disk.h"

namespace herald::program {
namespace {

namespace json = boost::json;

TEST(Disk, F05_full_it_refuses_and_loses_nothing_and_goes_on_when_there_is_space) {
  House house;
  SmallDisk disk(house.data(), 300);  // 256 MiB are kept free of media.
  if (!disk.trouble().empty()) GTEST_SKIP() << disk.trouble();
  const auto sandbox = house.sandbox();
  ASSERT_EQ(house.add_user().code, 0);
  const auto herald = house.serve();
  Person mia(house);
  const auto account = mia.connect("instagram");
  const auto medium = mia.upload_photo();
  std::vector<std::string> acknowledged;
  int number = 0;
  const auto create = [&] {
    const std::string text = std::string(2'000, 'x') + std::to_string(++number);
    auto draft = photo_draft(account, medium, text);
    draft.as_object()["due_at"] = due_in(std::chrono::hours(1));
    const auto answer = mia.create(draft);
    if (answer.status == 201) acknowledged.push_back(id_of(answer));
    return answer;
  };
  EXPECT_EQ(create().status, 201);
  disk.fill();
  auto refused = create();
  for (int i = 0; i < 2'000 && refused.status == 201; ++i) refused = create();  // The log's room.
  EXPECT_EQ(refused.status, 507) << refused.body;
  EXPECT_TRUE(refused.body.contains("no space left")) << refused.body;
  EXPECT_EQ(house.get(kEdge, "/api/auth/me", mia.token()).status, 200);  // Reading goes on.
  for (const auto& id : acknowledged) EXPECT_NO_THROW(mia.read(id));
  disk.empty();
  EXPECT_EQ(create().status, 201);
  EXPECT_TRUE(house.ready());
  EXPECT_EQ(herald->end(SIGTERM), 0) << herald->err();

  const auto again = house.serve();
  for (const auto& id : acknowledged) EXPECT_NO_THROW(mia.read(id));
}

TEST(Disk, read_only_it_says_so_and_does_not_start) {
  House house;
  SmallDisk disk(house.data(), 20);
  if (!disk.trouble().empty()) GTEST_SKIP() << disk.trouble();
  ASSERT_EQ(house.add_user().code, 0);
  disk.forbid_writing();
  for (const char* command : {"serve", "doctor"}) {
    const auto ended = house.run({command});
    EXPECT_EQ(ended.code, 1) << command;
    EXPECT_TRUE(ended.err.contains(house.data())) << ended.err;
    EXPECT_FALSE(ended.err.contains("Sanitizer")) << ended.err;
  }
}

TEST(Disk, F05_full_from_the_start_it_says_so) {
  House house;
  SmallDisk disk(house.data(), 1);
  if (!disk.trouble().empty()) GTEST_SKIP() << disk.trouble();
  disk.fill();
  const auto ended = house.run({"serve"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_TRUE(ended.err.contains(house.data())) << ended.err;
  EXPECT_FALSE(ended.err.contains("Sanitizer")) << ended.err;
}

// A health check that says yes while no worker runs is worse than none.
TEST(Disk, readiness_says_no_while_the_worker_cannot_write_and_yes_again_after) {
  House house;
  ASSERT_EQ(house.add_user().code, 0);
  const auto herald = house.serve();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((house.data() + "/herald.db").c_str(), &other), SQLITE_OK);
  sqlite3_busy_timeout(other, 60'000);  // Herald may be writing at this moment.
  EXPECT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  wait_until("readiness to say no", [&] { return !house.ready(); });
  const auto answer = house.get(kOperations, "/readyz");
  EXPECT_EQ(answer.status, 503);
  for (const auto& check : json::parse(answer.body).at("checks").as_array()) {
    EXPECT_EQ(check.at("ready").as_bool(), check.at("name") != "worker") << answer.body;
  }
  EXPECT_EQ(house.get(kOperations, "/healthz").status, 200);
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  wait_until("readiness to say yes", [&] { return house.ready(); });
}

}  // namespace
}  // namespace herald::program
