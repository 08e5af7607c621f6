// Posts, drafts and what becomes of them (vectors TT13, TT14, TT21 to TT27, TT29).
#include <fmt/format.h>

#include "sandbox/tiktok/rig.h"

namespace herald::sandbox::tiktok {

class TikTokPosts : public TikTokTest {
 protected:
  Answer info(const std::string& token) {
    return post("/v2/post/publish/creator_info/query/", token, "{}");
  }
  std::string id_of(const Answer& begun) { return text_at(json_of(begun), "/data/publish_id"); }
  Answer with_title(const std::string& token, const std::string& title) {
    return post("/v2/post/publish/video/init/", token,
                R"({"post_info":{"privacy_level":"SELF_ONLY","title":")" + title + "\"}," +
                    file_source(1000, 1000, 1) + "}");
  }
};

TEST_F(TikTokPosts, TT13_the_privacy_must_be_one_of_the_creators_options) {
  const auto token = access();
  expect_refused(begin_film(token, 1000, "FOLLOWER_OF_CREATOR"), 403,
                 "privacy_level_option_mismatch");
  expect_refused(
      post("/v2/post/publish/video/init/", token, "{" + file_source(1000, 1000, 1) + "}"), 403,
      "privacy_level_option_mismatch");
  EXPECT_EQ(begin_film(token, 1000).response.status, 200);
  control("creator", {{.name = "private", .value = "true"}});
  expect_refused(begin_film(token, 1000), 403, "privacy_level_option_mismatch");
  EXPECT_EQ(begin_film(token, 1000, "FOLLOWER_OF_CREATOR").response.status, 200);
}

TEST_F(TikTokPosts, TT14_an_unaudited_app_posts_to_private_accounts_only) {
  control("app", {{.name = "audited", .value = "false"}});
  expect_refused(begin_film(access(), 1000), 403,
                 "unaudited_client_can_only_post_to_private_accounts");
  const auto books = access("cornerbooks");
  const auto id = sent_film(books, "FOLLOWER_OF_CREATOR");
  pass(std::chrono::seconds(8));
  EXPECT_EQ(state_of(books, id), "PUBLISH_COMPLETE");
  ASSERT_EQ(seen().size(), 1U);
  EXPECT_EQ(seen().front().audience, "private") << "every such post becomes SELF_ONLY";
  turn("unaudited_options", "self_only");
  EXPECT_EQ(json_of(info(books)).at("data").at("privacy_level_options"),
            boost::json::parse(R"(["SELF_ONLY"])"));
}

TEST_F(TikTokPosts, an_unaudited_app_has_so_many_creators_in_a_day_and_no_more) {
  control("app", {{.name = "audited", .value = "false"}});
  control("creator", {{.name = "private", .value = "true"}});
  turn("posting_users", "1");
  EXPECT_EQ(begin_film(access("cornerbooks"), 1000, "SELF_ONLY").response.status, 200);
  expect_refused(begin_film(access(), 1000, "SELF_ONLY"), 403, "reached_active_user_cap");
  pass(std::chrono::hours(24));
  EXPECT_EQ(begin_film(access(), 1000, "SELF_ONLY").response.status, 200);
}

TEST_F(TikTokPosts, what_is_sent_is_named_as_json) {
  auto request =
      RigRequest{.method = "POST",
                 .url = "https://open.tiktokapis.com/v2/post/publish/video/init/",
                 .content_type = "text/plain",
                 .body = "{" + post_info("SELF_ONLY") + "," + file_source(9, 9, 1) + "}"};
  expect_refused(ask(request, access()), 400, "invalid_param");
  request.content_type = "application/json";
  EXPECT_EQ(ask(request, access()).response.status, 200);
}

TEST_F(TikTokPosts, TT21_photos_are_pulled_only) {
  expect_refused(
      begin_photos(access(), "DIRECT_POST", std::string("\"") + kPhoto + "\"", "FILE_UPLOAD"), 400,
      "invalid_param");
}

TEST_F(TikTokPosts, TT22_a_host_that_was_not_verified_is_refused) {
  const auto token = access();
  constexpr const char* kForeign = R"("https://cdn.elsewhere.test/a/1.jpg")";
  expect_refused(begin_photos(token, "DIRECT_POST", kForeign), 403, "url_ownership_unverified");
  expect_refused(begin_photos(token, "DIRECT_POST", R"("https://evilherald.example/1.jpg")"), 403,
                 "url_ownership_unverified");
  expect_refused(begin_photos(token, "DIRECT_POST", R"("http://herald.example/1.jpg")"), 400,
                 "invalid_param");
  turn("verified", "https://cdn.elsewhere.test/b/,https://203.0.113.7/");
  expect_refused(begin_photos(token, "DIRECT_POST", kForeign), 403, "url_ownership_unverified");
  expect_refused(begin_photos(token, "DIRECT_POST", R"("https://203.0.113.7/1.jpg")"), 403,
                 "url_ownership_unverified");
  pass(std::chrono::minutes(1));
  turn("verified", "https://cdn.elsewhere.test/a/");
  EXPECT_EQ(begin_photos(token, "DIRECT_POST", kForeign).response.status, 200);
}

TEST_F(TikTokPosts, TT23_the_seventh_init_in_a_minute_is_too_much) {
  const auto token = access();
  for (int i = 0; i < 6; ++i) EXPECT_EQ(begin_film(token, 1000).response.status, 200);
  expect_refused(begin_film(token, 1000), 429, "rate_limit_exceeded");
  EXPECT_EQ(begin_draft(token, 1000).response.status, 200) << "another call, another count";
  EXPECT_EQ(begin_film(access(), 1000).response.status, 200) << "another token";
  pass(std::chrono::minutes(1));
  EXPECT_EQ(begin_film(token, 1000).response.status, 200);
}

TEST_F(TikTokPosts, TT24_the_sixteenth_post_of_a_day_is_too_much) {
  const auto token = access();
  for (int i = 0; i < 15; ++i) {
    EXPECT_EQ(begin_film(token, 1000).response.status, 200);
    pass(std::chrono::seconds(11));
  }
  expect_refused(begin_film(token, 1000), 403, "spam_risk_too_many_posts");
  expect_refused(info(token), 200, "spam_risk_too_many_posts");
  EXPECT_EQ(begin_draft(token, 1000).response.status, 200) << "drafts are no posts";
  pass(std::chrono::hours(12));
  EXPECT_EQ(begin_film(token, 1000).response.status, 200) << "a new day";
}

TEST_F(TikTokPosts, TT24_a_post_that_failed_does_not_count) {
  const auto token = access();
  turn("daily_posts", "1");
  control("next-processing", {{.name = "outcome", .value = "internal"}});
  const auto id = sent_film(token);
  expect_refused(begin_film(token, 1000), 403, "spam_risk_too_many_posts");
  pass(std::chrono::seconds(8));
  EXPECT_EQ(state_of(token, id), "FAILED");
  EXPECT_EQ(begin_film(token, 1000).response.status, 200);
}

TEST_F(TikTokPosts, TT25_a_task_is_its_creators_alone) {
  const auto id = sent_film(access());
  expect_refused(status(access("cornerbooks"), id), 400,
                 "token_not_authorized_for_specified_publish_id");
  expect_refused(status(access(), "v_pub_file~v2-1.1"), 400, "invalid_publish_id");
  turn("publish_id_days", "1");
  const auto token = access();
  pass(std::chrono::hours(23));
  EXPECT_EQ(state_of(token, id), "PUBLISH_COMPLETE");
  pass(std::chrono::hours(1));
  expect_refused(status(access(), id), 400, "invalid_publish_id");
}

TEST_F(TikTokPosts, TT25_a_task_is_its_apps_alone) {
  auto fields = exchange_fields(code({{.name = "client_key", .value = "sandbox-tiktok-new"},
                                      {.name = "scope", .value = "user.info.basic,video.upload"}}));
  fields.push_back({.name = "client_key", .value = "sandbox-tiktok-new"});
  fields.push_back({.name = "client_secret", .value = "sandbox-tiktok-new-secret"});
  const auto other = ask(Rig::form("https://open.tiktokapis.com/v2/oauth/token/", fields));
  expect_refused(status(text_at(json_of(other), "/access_token"), sent_film(access())), 400,
                 "token_not_authorized_for_specified_publish_id");
}

TEST_F(TikTokPosts, TT26_a_public_post_has_a_bare_number_above_two_to_the_53) {
  const auto token = access();
  const auto id = sent_film(token);
  pass(std::chrono::seconds(8));
  const auto complete = status(token, id);
  EXPECT_EQ(text_at(json_of(complete), "/data/status"), "PUBLISH_COMPLETE");
  EXPECT_NE(complete.response.body.find(R"("publicaly_available_post_id":[])"), std::string::npos)
      << "moderation is not over";
  EXPECT_TRUE(seen().empty());
  pass(std::chrono::seconds(20));
  ASSERT_EQ(seen().size(), 1U);
  const auto entry = seen().front();
  const auto body = status(token, id).response.body;
  EXPECT_NE(body.find(R"("publicaly_available_post_id":[)" + entry.id + "]"), std::string::npos)
      << body;
  const auto number =
      json_of(status(token, id)).at("data").at("publicaly_available_post_id").at(0).as_int64();
  EXPECT_GT(number, 1LL << 53);
  EXPECT_NE(fmt::format("{:.0f}", static_cast<double>(number)), entry.id)
      << "whoever reads it as a double gets another post";
  EXPECT_EQ(entry.link, "https://www.tiktok.com/@bluebakery/video/" + entry.id);
  EXPECT_EQ(entry.text, "Rye, day 3 #baking");
  EXPECT_EQ(entry.audience, "public");
  EXPECT_EQ(entry.kind, "video");
}

TEST_F(TikTokPosts, TT26_other_forms_of_the_ids_are_switches) {
  const auto token = access();
  const auto id = sent_film(token);
  pass(std::chrono::seconds(30));
  const auto post_id = seen().front().id;
  turn("post_ids", "strings");
  EXPECT_EQ(text_at(json_of(status(token, id)), "/data/publicaly_available_post_id/0"), post_id);
  turn("post_ids", "bare");
  turn("post_ids_name", "publicly_available_post_id");
  EXPECT_EQ(text_at(json_of(status(token, id)), "/data/publicly_available_post_id"), post_id);
}

TEST_F(TikTokPosts, TT27_a_caption_has_at_most_2200_utf16_units) {
  const auto token = access();
  EXPECT_EQ(with_title(token, std::string(2200, 'a')).response.status, 200);
  expect_refused(with_title(token, std::string(2201, 'a')), 400, "invalid_param");
  std::string bread;
  for (int i = 0; i < 1100; ++i) bread += "🍞";
  EXPECT_EQ(with_title(token, bread).response.status, 200);
  expect_refused(with_title(token, bread + "a"), 400, "invalid_param");
}

TEST_F(TikTokPosts, TT29_five_drafts_may_wait_and_nobody_sees_them) {
  const auto token = access();
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    const auto begun = json_of(begin_draft(token, film().size()));
    ids.push_back(text_at(begun, "/data/publish_id"));
    EXPECT_TRUE(ids.back().starts_with("v_inbox_file~v2.")) << ids.back();
    const auto sent = put(text_at(begun, "/data/upload_url"), film(), 0, film().size());
    EXPECT_EQ(sent.response.status, 201);
    EXPECT_FALSE(sent.publishes);
    pass(std::chrono::seconds(11));
  }
  EXPECT_EQ(state_of(token, ids.front()), "SEND_TO_USER_INBOX");
  expect_refused(begin_draft(token, 1000), 403, "spam_risk_too_many_pending_share");
  expect_refused(begin_photos(token, "MEDIA_UPLOAD"), 403, "spam_risk_too_many_pending_share");
  EXPECT_TRUE(rig.ledger.entries().empty());
  control("post-draft", {{.name = "publish_id", .value = ids.front()},
                         {.name = "text", .value = "At last"},
                         {.name = "times", .value = "2"}});
  EXPECT_EQ(state_of(token, ids.front()), "PUBLISH_COMPLETE");
  pass(std::chrono::seconds(20));
  ASSERT_EQ(seen().size(), 2U) << "one draft can become several posts";
  EXPECT_EQ(seen().front().text, "At last");
  EXPECT_EQ(json_of(status(token, ids.front()))
                .at("data")
                .at("publicaly_available_post_id")
                .as_array()
                .size(),
            2U);
  EXPECT_EQ(begin_draft(token, 1000).response.status, 200) << "there is room again";
}

}  // namespace herald::sandbox::tiktok
