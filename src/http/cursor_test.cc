#include "http/cursor.h"

#include <gtest/gtest.h>

#include <set>

#include "http/door_rig.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kApi = "/api/social-media";

class Cursors : public ::testing::Test {
 protected:
  Cursors() {
    for (int i = 0; i < 3; ++i) {
      ids_.insert(rig_.begin_upload(rig_.alice, 10));
      rig_.clock().advance(1ms);
    }
  }
  HttpAnswer page(const Person& person, const std::string& query,
                  const std::string& list = "/media") const {
    return rig_.as(person).get(std::string(kApi) + list + "?" + query);
  }
  static std::string next(const HttpAnswer& answer) {
    const auto body = json_of(answer);
    const auto& cursor = body.at("next_cursor");
    return cursor.is_null() ? "" : std::string(cursor.as_string());
  }
  bool refused(const Person& person, const std::string& cursor,
               const std::string& list = "/media") const {
    const auto answer = page(person, "limit=1&cursor=" + cursor, list);
    return answer.status == 400 && code_of(answer) == "malformed_query";
  }

  DoorRig rig_;
  std::set<std::string> ids_;
};

TEST_F(Cursors, WalkThroughAListWithoutGapOrRepeat) {
  std::set<std::string> seen;
  std::string query = "limit=1";
  for (int pages = 0; pages < 3; ++pages) {
    const auto answer = page(rig_.alice, query);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto body = json_of(answer);
    const auto& rows = body.at("media").as_array();
    ASSERT_EQ(rows.size(), 1u);
    seen.insert(std::string(rows[0].at("id").as_string()));
    query = "limit=1&cursor=" + next(answer);
    EXPECT_EQ(next(answer).empty(), pages == 2);
  }
  EXPECT_EQ(seen, ids_);
}

TEST_F(Cursors, T24_ACursorIsItsOwnersListsAndFiltersAlone) {
  const auto cursor = next(page(rig_.alice, "limit=1"));
  ASSERT_NE(cursor, "");
  EXPECT_FALSE(refused(rig_.alice, cursor));
  for (const auto* other : {&rig_.mallory, &rig_.bob, &rig_.amy}) {
    EXPECT_TRUE(refused(*other, cursor)) << other->email;
  }
  EXPECT_TRUE(refused(rig_.alice, cursor, "/history"));
  EXPECT_TRUE(refused(rig_.alice, cursor, "/posts"));
}

TEST_F(Cursors, T24_ACursorOfAnotherFilterIsRefused) {
  rig_.post_of(rig_.alice);
  rig_.clock().advance(1ms);
  rig_.post_of(rig_.alice);
  const auto first = page(rig_.alice, "limit=1&status=scheduled", "/posts");
  const auto cursor = next(first);
  ASSERT_NE(cursor, "") << first.body;
  EXPECT_EQ(page(rig_.alice, "limit=1&status=scheduled&cursor=" + cursor, "/posts").status, 200);
  EXPECT_EQ(page(rig_.alice, "limit=1&status=failed&cursor=" + cursor, "/posts").status, 400);
  EXPECT_EQ(page(rig_.alice, "limit=1&cursor=" + cursor, "/posts").status, 400);
}

TEST_F(Cursors, T24_AnEditedOrOldCursorIsRefused) {
  const auto cursor = next(page(rig_.alice, "limit=1"));
  for (std::size_t i = 0; i < cursor.size(); i += 7) {
    auto edited = cursor;
    edited[i] = edited[i] == 'A' ? 'B' : 'A';
    EXPECT_TRUE(refused(rig_.alice, edited)) << i;
    EXPECT_TRUE(refused(rig_.alice, cursor.substr(0, i))) << i;
  }
  EXPECT_TRUE(refused(rig_.alice, cursor + "A"));
  EXPECT_TRUE(refused(rig_.alice, std::string(5000, 'A')));
  EXPECT_TRUE(refused(rig_.alice, cursor + "&cursor=" + cursor));
  rig_.clock().advance(365 * 24h);
  EXPECT_TRUE(refused(rig_.signed_in("alice@acme.test"), cursor));
}

TEST_F(Cursors, ALimitIsANumberFromOneToAHundred) {
  for (const char* limit :
       {"0", "101", "-1", "1.5", "x", "", "1&limit=2", "99999999999999999999"}) {
    EXPECT_EQ(page(rig_.alice, std::string("limit=") + limit).status, 400) << limit;
  }
  EXPECT_EQ(page(rig_.alice, "limit=100").status, 200);
}

}  // namespace
}  // namespace herald::http
