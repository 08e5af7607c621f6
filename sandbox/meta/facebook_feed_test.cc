// Pages: text, links, photos, schedules, by the vectors of the fact sheet.
#include <gmock/gmock.h>

#include "sandbox/meta/facebook_rig.h"

namespace herald::sandbox {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FacebookFeed : public FacebookRig {};

TEST_F(FacebookFeed, ATextIsAPostThatTheAudienceSees) {
  const auto said = say("Bread at seven");
  ASSERT_EQ(said.status, 200);
  EXPECT_TRUE(said.answer.publishes);
  const auto id = said.text("id");
  EXPECT_THAT(id, ::testing::StartsWith(kPage + "_1221"));
  const auto read = get("/" + id, token,
                        "fields=id,message,created_time,permalink_url,application,status_type,"
                        "is_published,from,attachments{target,media_type}");
  EXPECT_EQ(read.text("message"), "Bread at seven");
  EXPECT_EQ(read.text("created_time"), "2026-11-22T12:00:00+0000");
  EXPECT_EQ(read.text("status_type"), "mobile_status_update");
  EXPECT_EQ(read.body.at("application").at("id").as_string(), "1234567890");
  EXPECT_THAT(read.text("permalink_url"),
              HasSubstr("https://www.facebook.com/112233445566/posts/"));
  const auto seen = rig.ledger.entries();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].platform, "facebook");
  EXPECT_EQ(seen[0].account, kPage);
  EXPECT_EQ(seen[0].account_name, "Blue Bakery");
  EXPECT_EQ(seen[0].kind, "text");
  EXPECT_EQ(seen[0].text, "Bread at seven");
  EXPECT_EQ(seen[0].link, read.text("permalink_url"));
  EXPECT_EQ(hear({.url = seen[0].link}).status, 200);
}

TEST_F(FacebookFeed, ALinkIsAttached) {
  const auto said = say("Read this", {{.name = "link", .value = "https://news.example/bread"}});
  ASSERT_EQ(said.status, 200);
  EXPECT_EQ(rig.ledger.entries().at(0).kind, "link");
  EXPECT_EQ(rig.ledger.entries().at(0).title, "https://news.example/bread");
  const auto read = get("/" + said.text("id"), token, "fields=attachments,status_type");
  EXPECT_EQ(read.text("status_type"), "shared_story");
  EXPECT_EQ(say("x", {{.name = "link", .value = "news.example"}}).subcode(), 2061006);
  EXPECT_EQ(say("x", {{.name = "link", .value = "https://www.facebook.com/a"}}).subcode(), 1609008);
}

TEST_F(FacebookFeed, ALinkThatCannotBeReadIsRefusedWhenScraped) {
  rig.switches.set("meta.scrape_links", "on");
  EXPECT_EQ(say("x", {{.name = "link", .value = "https://gone.example/"}}).code(), 1609005);
  rig.serve("https://here.example/", "<html></html>");
  EXPECT_EQ(say("x", {{.name = "link", .value = "https://here.example/"}}).status, 200);
}

TEST_F(FacebookFeed, AWriteMayReadItsNodeBack) {
  const auto said = say("Back", {{.name = "fields", .value = "id,permalink_url"}});
  EXPECT_THAT(said.text("permalink_url"), HasSubstr("/posts/"));
}

TEST_F(FacebookFeed, FB01_APersonsTokenMayNotPost) {
  expect_vector(post("/" + kPage + "/feed", person, {{.name = "message", .value = "x"}}), 403,
                R"({"error":{"message":"(#200) If posting to a page, requires both )"
                R"(pages_read_engagement and pages_manage_posts as an admin with sufficient )"
                R"(administrative permission","type":"OAuthException","code":200}})");
  EXPECT_EQ(posts_seen(), 0U);
}

TEST_F(FacebookFeed, FB01_ATaskThatIsMissingIsToo) {
  control("page", {{.name = "page", .value = kPage}, {.name = "tasks", .value = "ANALYZE"}});
  EXPECT_EQ(say("x").code(), 200);
}

TEST_F(FacebookFeed, FB02_AnEmptyPostIsRefused) {
  expect_vector(on_page("/feed", {}), 400,
                R"({"error":{"message":"(#100) Missing message or attachment",)"
                R"("type":"OAuthException","code":100}})");
}

TEST_F(FacebookFeed, AMessageIsCountedInCharacters) {
  std::string longest;
  for (int i = 0; i < 63'206; ++i) longest += "ü";
  EXPECT_EQ(say(longest).status, 200);
  EXPECT_EQ(say(longest + "!").code(), 100);
  EXPECT_EQ(posts_seen(), 1U);
}

constexpr const char* kBadTime =
    R"({"error":{"message":"(#100) The specified scheduled publish time is invalid.",)"
    R"("type":"OAuthException","code":100}})";

TEST_F(FacebookFeed, FB03_AScheduleIsTenMinutesToThirtyDaysAhead) {
  const auto at = [&](std::int64_t seconds) {
    return say("Later " + std::to_string(seconds),
               {{.name = "published", .value = "false"},
                {.name = "scheduled_publish_time", .value = after(seconds)}});
  };
  expect_vector(at(9 * 60), 400, kBadTime);
  expect_vector(at(31 * 86'400), 400, kBadTime);
  EXPECT_EQ(at(10 * 60 + 1).status, 200);
  EXPECT_EQ(at(30 * 86'400 - 1).status, 200);
}

TEST_F(FacebookFeed, FB04_WhatIsPublishedNowTakesNoSchedule) {
  expect_vector(say("x", {{.name = "published", .value = "true"},
                          {.name = "scheduled_publish_time", .value = after(3600)}}),
                400, kBadTime);
  expect_vector(say("x", {{.name = "scheduled_publish_time", .value = after(3600)}}), 400,
                kBadTime);
}

TEST_F(FacebookFeed, AScheduledPostWaitsInItsListAndAppearsInTime) {
  const auto said = say("Later", {{.name = "published", .value = "false"},
                                  {.name = "scheduled_publish_time", .value = after(3600)}});
  ASSERT_EQ(said.status, 200);
  EXPECT_EQ(posts_seen(), 0U);
  EXPECT_THAT(listed("/scheduled_posts"), ElementsAre(said.text("id")));
  EXPECT_THAT(listed(), IsEmpty());
  wait(3599);
  side->settle();
  EXPECT_EQ(posts_seen(), 0U);
  wait(100);
  side->settle();
  ASSERT_EQ(posts_seen(), 1U);
  EXPECT_EQ(rig.ledger.entries()[0].at_ms, 1'795'348'800'000 + 3'600'000);
  EXPECT_THAT(listed("/scheduled_posts"), IsEmpty());
  EXPECT_THAT(listed(), ElementsAre(said.text("id")));
}

TEST_F(FacebookFeed, AScheduledPostCanBeMovedAndPublishedEarly) {
  const auto id = say("Later", {{.name = "published", .value = "false"},
                                {.name = "scheduled_publish_time", .value = after(3600)}})
                      .text("id");
  const auto later = after(7200);
  EXPECT_EQ(post("/" + id, token, {{.name = "scheduled_publish_time", .value = later}}).status,
            200);
  EXPECT_EQ(get("/" + id, token, "fields=scheduled_publish_time").text("scheduled_publish_time"),
            later);
  EXPECT_EQ(post("/" + id, token, {{.name = "is_published", .value = "true"}}).text("success"),
            "true");
  EXPECT_EQ(posts_seen(), 1U);
}

TEST_F(FacebookFeed, ADraftIsPublishedInASecondStep) {
  const auto id = say("Draft", {{.name = "published", .value = "false"},
                                {.name = "unpublished_content_type", .value = "DRAFT"}})
                      .text("id");
  wait(86'400 * 40);
  side->settle();
  EXPECT_EQ(posts_seen(), 0U);
  EXPECT_THAT(listed("/scheduled_posts"), IsEmpty());
  EXPECT_THAT(listed("/feed"), ElementsAre(id));
  post("/" + id, token, {{.name = "is_published", .value = "true"}});
  EXPECT_EQ(posts_seen(), 1U);
}

TEST_F(FacebookFeed, FB05_TheSameTextTwiceIsRefused) {
  say("Again");
  expect_vector(say("Again"), 400,
                R"({"error":{"message":"(#506) Duplicate status message",)"
                R"("type":"OAuthException","code":506}})");
  rig.switches.set("meta.duplicate_status", "368");
  EXPECT_EQ(say("Again").subcode(), 1404082);
  EXPECT_EQ(posts_seen(), 1U);
  wait(601);
  EXPECT_EQ(say("Again").status, 200);
}

TEST_F(FacebookFeed, FB05_WhatWasRemovedMayBeSaidAgain) {
  const auto id = say("Again").text("id");
  hear({.method = "DELETE", .url = kGraph + "/" + id + "?access_token=" + token});
  EXPECT_EQ(say("Again").status, 200);
}

TEST_F(FacebookFeed, FB22_APageWhoseRoleIsLostAnswersSo) {
  control("page", {{.name = "page", .value = kPage}, {.name = "role_lost", .value = "true"}});
  expect_vector(say("x"), 400,
                R"({"error":{"message":"Error validating access token: The user does not have an )"
                R"(appropriate role on the Page","type":"OAuthException","code":190,)"
                R"("error_subcode":492}})");
}

TEST_F(FacebookFeed, FB27_AListHasAtMostAHundredRows) {
  const auto heard = get("/" + kPage + "/feed", token, "limit=101");
  EXPECT_EQ(heard.status, 400);
  EXPECT_EQ(heard.code(), 100);
  EXPECT_EQ(get("/" + kPage + "/feed", token, "limit=100").status, 200);
}

TEST_F(FacebookFeed, FB28_AnotherAppsPostIsNotOursToChange) {
  const auto id = control("foreign-page-post", {{.name = "page", .value = kPage}}).text("id");
  const auto heard = post("/" + id, token, {{.name = "message", .value = "Mine"}});
  EXPECT_EQ(heard.status, 403);
  EXPECT_EQ(heard.code(), 200);
}

TEST_F(FacebookFeed, FB32_OnlyTheFeedTakesAMomentAsText) {
  const std::vector<Field> later = {
      {.name = "published", .value = "false"},
      {.name = "scheduled_publish_time", .value = "2026-11-22T14:00:00+0000"},
      {.name = "url", .value = kPhoto}};
  expect_vector(on_page("/photos", later), 400, kInvalid);
  expect_vector(on_page("/videos", {later[0], later[1], {.name = "file_url", .value = kFilm}}), 400,
                kInvalid);
  EXPECT_EQ(say("Later", {later[0], later[1]}).status, 200);
}

TEST_F(FacebookFeed, ThePersonMayRunMorePages) {
  const auto added = control("pages", {{.name = "count", .value = "2"}}).body.at("ids").as_array();
  ASSERT_EQ(added.size(), 2U);
  const std::string page(added[1].as_string());
  const auto all = long_token(kPageScopes);
  const auto own = get("/" + page, all, "fields=access_token").text("access_token");
  EXPECT_EQ(post("/" + page + "/feed", own, {{.name = "message", .value = "Here"}}).status, 200);
  EXPECT_EQ(posts_seen(), 1U);
  EXPECT_EQ(control("pages", {}).status, 400);
}

TEST_F(FacebookFeed, WhatIsScheduledIsSeenAfterARestartToo) {
  const std::vector<Field> later = {{.name = "published", .value = "false"},
                                    {.name = "scheduled_publish_time", .value = after(3600)}};
  EXPECT_EQ(say("Later", later).status, 200);
  const auto kept = side->save();
  side->restart();
  side->load(kept);
  wait(3601);
  side->settle();
  EXPECT_EQ(posts_seen(), 1U);
}

TEST_F(FacebookFeed, APostIsEditedAndRemoved) {
  const auto id = say("Beard").text("id");
  EXPECT_EQ(post("/" + id, token, {{.name = "message", .value = "Bread"}}).text("success"), "true");
  const auto removed =
      hear({.method = "DELETE", .url = kGraph + "/" + id + "?access_token=" + token});
  EXPECT_EQ(removed.text("success"), "true");
  EXPECT_EQ(get("/" + id, token).subcode(), 33);
  const auto seen = rig.ledger.entries();
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[1].event, "changed");
  EXPECT_EQ(seen[1].text, "Bread");
  EXPECT_EQ(seen[2].event, "removed");
}

TEST_F(FacebookFeed, ThePageCommentsUnderItsPost) {
  const auto id = say("Bread").text("id");
  const auto comment = post("/" + id + "/comments", token, {{.name = "message", .value = "First"}});
  ASSERT_EQ(comment.status, 200);
  EXPECT_TRUE(comment.answer.publishes);
  EXPECT_EQ(rig.ledger.entries().at(1).event, "comment");
  EXPECT_EQ(rig.ledger.entries().at(1).parent, id);
  const auto counts = get("/" + id, token,
                          "fields=reactions.limit(0).summary(true),"
                          "comments.limit(0).summary(true),shares");
  EXPECT_EQ(counts.body.at("comments").at("summary").at("total_count").to_number<int>(), 1);
}

TEST_F(FacebookFeed, ACommentHasWordsAndTakesAPermissionOfItsOwn) {
  const auto comments = "/" + say("Bread").text("id") + "/comments";
  EXPECT_EQ(post(comments, token, {{.name = "message", .value = ""}}).code(), 100);
  control("remove-app", {{.name = "callbacks", .value = "none"}});
  person = long_token("pages_show_list,pages_read_engagement,pages_manage_posts");
  token = get("/" + kPage, person, "fields=access_token").text("access_token");
  EXPECT_EQ(post(comments, token, {{.name = "message", .value = "First"}}).code(), 10);
  EXPECT_EQ(rig.ledger.entries().size(), 1U);
}

TEST_F(FacebookFeed, AUnknownParameterIsNamed) {
  EXPECT_THAT(say("x", {{.name = "mesage", .value = "y"}}).answer.response.body,
              HasSubstr("Unknown parameter: mesage"));
}

TEST_F(FacebookFeed, EverythingOutlivesARestart) {
  const auto id = say("Kept").text("id");
  unpublished_photo();
  start_video();
  const auto saved = side->save();
  auto other = make_meta_side(rig.world);
  other->load(saved);
  EXPECT_EQ(other->save(), saved);
  side->load(saved);
  EXPECT_EQ(get("/" + id, token, "fields=message").text("message"), "Kept");
}

}  // namespace herald::sandbox
