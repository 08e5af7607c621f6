// What the doors say of live facts and of content that an account was given already.
#include <gtest/gtest.h>

#include <algorithm>

#include "http/door_rig.h"

namespace herald::http {
namespace {

constexpr const char* kApi = "/api/social-media";
constexpr const char* kChannels = "https://www.googleapis.com/youtube/v3/channels";
constexpr const char* kPlaylists = "https://www.googleapis.com/youtube/v3/playlists";

class LookupDoor : public ::testing::Test {
 protected:
  std::string path(const std::string& platform, const Account& account) const {
    return std::string(kApi) + "/" + platform + "/credentials/" + account.id.value + "/lookup";
  }
  void script_answers() {
    rig_.transport().answer(kChannels, 200,
                            R"({"items":[{"status":{"longUploadsStatus":"allowed"}}]})");
    rig_.transport().answer(kPlaylists, 200,
                            R"({"items":[{"id":"PL1","snippet":{"title":"Baking"}}]})");
  }
  // The rules of what is warned of, with what each found.
  std::map<std::string, std::string> warnings(const json::object& draft) const {
    const auto answer = rig_.as(rig_.alice).post(std::string(kApi) + "/posts/check", draft);
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::map<std::string, std::string> found;
    for (const auto& one : json_of(answer).at("problems").as_array()) {
      EXPECT_EQ(one.at("severity"), "warning") << json::serialize(one);
      const auto* actual = one.at("actual").if_string();
      found[json::value_to<std::string>(one.at("rule"))] =
          actual == nullptr ? std::string() : std::string(*actual);
    }
    return found;
  }
  DoorRig rig_;
};

TEST_F(LookupDoor, AnAccountsFactsAndChoicesAreAnsweredWithTheirAge) {
  script_answers();
  const Account account = rig_.account_of(rig_.alice);
  const auto answer = rig_.as(rig_.alice).get(path("youtube", account));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto body = json_of(answer);
  EXPECT_EQ(body.at("facts").at("long_uploads"), "allowed");
  EXPECT_EQ(body.at("choices").at("playlists"),
            (json::array{{{"value", "PL1"}, {"label", "Baking"}}}));
  EXPECT_TRUE(body.at("looked_up_at").is_string());
  EXPECT_TRUE(body.at("problem").is_null());
  const auto calls = rig_.transport().sent().size();
  EXPECT_EQ(rig_.as(rig_.alice).get(path("youtube", account)).status, 200);
  EXPECT_EQ(rig_.transport().sent().size(), calls) << "what is fresh was asked for again";
}

TEST_F(LookupDoor, APlatformThatSaysNothingIsToldAsAProblem) {
  const Account account = rig_.account_of(rig_.alice);
  const auto body = json_of(rig_.as(rig_.alice).get(path("youtube", account)));
  EXPECT_TRUE(body.at("looked_up_at").is_null());
  EXPECT_TRUE(body.at("problem").is_string());
}

TEST_F(LookupDoor, AnAccountOfAnotherPlatformOrPersonIsUnknownAndOddQueriesAreRefused) {
  const Account account = rig_.account_of(rig_.alice);
  EXPECT_EQ(rig_.as(rig_.alice).get(path("instagram", account)).status, 404);
  EXPECT_EQ(rig_.as(rig_.mallory).get(path("youtube", account)).status, 404);
  EXPECT_EQ(rig_.as(rig_.bob).get(path("youtube", account)).status, 404);
  EXPECT_EQ(rig_.as(rig_.alice).get(path("youtube", account) + "?targte=x").status, 400);
  EXPECT_TRUE(rig_.transport().sent().empty());
}

TEST_F(LookupDoor, ACheckAsksThePlatformAndWarnsWhenItDoesNotAnswer) {
  EXPECT_TRUE(warnings(rig_.draft_of(rig_.alice)).contains("lookup.missing"));
  script_answers();
  rig_.clock().advance(Lookups::kAskAgain);
  EXPECT_FALSE(warnings(rig_.draft_of(rig_.alice)).contains("lookup.missing"));
}

TEST_F(LookupDoor, TheSameContentTwiceIsTakenWhenItIsMeant) {
  script_answers();
  auto draft = rig_.draft_of(rig_.alice);
  EXPECT_FALSE(warnings(draft).contains("content.repeated"));
  const auto posts = std::string(kApi) + "/posts";
  const auto made = rig_.as(rig_.alice).post(posts, draft);
  ASSERT_EQ(made.status, 201) << made.body;
  const auto id = json::value_to<std::string>(json_of(made).at("id"));
  EXPECT_EQ(warnings(draft).at("content.repeated"), id);
  const auto refused = rig_.as(rig_.alice).post(posts, draft);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(json_of(refused).at("errors").at(0).at("rule"), "content.repeated");
  draft["allow_repeat"] = "yes";
  EXPECT_EQ(rig_.as(rig_.alice).post(posts, draft).status, 400);
  draft["allow_repeat"] = true;
  EXPECT_EQ(rig_.as(rig_.alice).post(posts, draft).status, 201);
}

TEST_F(LookupDoor, APostThatIsEditedIsNoRepeatOfItself) {
  script_answers();
  auto draft = rig_.draft_of(rig_.alice);
  const auto made = rig_.as(rig_.alice).post(std::string(kApi) + "/posts", draft);
  draft["post_id"] = json_of(made).at("id");
  EXPECT_FALSE(warnings(draft).contains("content.repeated"));
}

}  // namespace
}  // namespace herald::http
