// What a creator may do, what is read back, and what people see.
#include "sandbox/tiktok/rig.h"

namespace herald::sandbox::tiktok {

class TikTokReading : public TikTokTest {
 protected:
  boost::json::value info(const std::string& token) {
    return json_of(post("/v2/post/publish/creator_info/query/", token, "{}"));
  }
  boost::json::array list(const std::string& token, const std::string& body = "{}") {
    const auto answer =
        json_of(post("/v2/video/list/?fields=id,create_time,view_count,title", token, body));
    return answer.at("data").at("videos").as_array();
  }
  std::int64_t stat(const std::string& token, const std::string& name) {
    return json_of(get("/v2/user/info/?fields=" + name, token))
        .at("data")
        .at("user")
        .at(name)
        .as_int64();
  }
};

TEST_F(TikTokReading, creator_info_says_what_a_post_may_be) {
  const auto token = access();
  const auto data = info(token).at("data");
  EXPECT_EQ(text_at(data, "/creator_username"), "bluebakery");
  EXPECT_EQ(text_at(data, "/creator_nickname"), "Blue Bakery");
  EXPECT_EQ(data.at("privacy_level_options"),
            boost::json::parse(R"(["PUBLIC_TO_EVERYONE","MUTUAL_FOLLOW_FRIENDS","SELF_ONLY"])"));
  EXPECT_EQ(data.at("stitch_disabled"), false);
  EXPECT_EQ(data.at("max_video_post_duration_sec"), 600);
  const auto books = info(access("cornerbooks")).at("data");
  EXPECT_EQ(books.at("privacy_level_options"),
            boost::json::parse(R"(["FOLLOWER_OF_CREATOR","MUTUAL_FOLLOW_FRIENDS","SELF_ONLY"])"));
  EXPECT_EQ(books.at("duet_disabled"), true);
  EXPECT_EQ(books.at("stitch_disabled"), true);
  EXPECT_EQ(books.at("comment_disabled"), false);
}

TEST_F(TikTokReading, creator_info_needs_no_body_and_has_its_own_limit) {
  const auto token = access();
  const RigRequest bare{.method = "POST",
                        .url = "https://open.tiktokapis.com/v2/post/publish/creator_info/query/"};
  for (int i = 0; i < 20; ++i) EXPECT_EQ(ask(bare, token).response.status, 200);
  expect_refused(ask(bare, token), 429, "rate_limit_exceeded");
}

TEST_F(TikTokReading, what_is_wrong_with_a_creator_comes_with_200_there_and_403_at_init) {
  const auto token = access();
  control("creator", {{.name = "banned", .value = "true"}});
  expect_refused(post("/v2/post/publish/creator_info/query/", token, "{}"), 200,
                 "spam_risk_user_banned_from_posting");
  expect_refused(begin_film(token, 1000), 403, "spam_risk_user_banned_from_posting");
  control("creator", {{.name = "banned", .value = "false"}});
  control("app", {{.name = "audited", .value = "false"}});
  turn("posting_users", "0");
  expect_refused(begin_film(token, 1000), 403, "reached_active_user_cap");
}

TEST_F(TikTokReading, a_creators_own_settings_win) {
  control("creator",
          {{.name = "comment_disabled", .value = "true"}, {.name = "longest_s", .value = "11"}});
  const auto token = access();
  EXPECT_EQ(info(token).at("data").at("comment_disabled"), true);
  const auto id = sent_film(token);
  pass(std::chrono::seconds(8));
  EXPECT_EQ(text_at(json_of(status(token, id)), "/data/fail_reason"), "duration_check_failed");
  control("creator", {{.name = "longest_s", .value = "60"}});
  sent_film(token);
  pass(std::chrono::seconds(30));
  ASSERT_EQ(seen().size(), 1U);
  const auto page = ask({.url = seen().front().link});
  EXPECT_EQ(page.response.status, 200);
  EXPECT_NE(page.response.body.find("Comments are turned off"), std::string::npos);
}

TEST_F(TikTokReading, labels_that_were_asked_for_are_shown) {
  const auto token = access();
  const auto begun = json_of(
      post("/v2/post/publish/video/init/", token,
           "{" +
               post_info("PUBLIC_TO_EVERYONE",
                         R"(,"brand_content_toggle":true,"is_aigc":true,"disable_duet":true)") +
               "," + file_source(film().size(), film().size(), 1) + "}"));
  put(text_at(begun, "/data/upload_url"), film(), 0, film().size());
  pass(std::chrono::seconds(30));
  const auto page = ask({.url = seen().at(0).link}).response.body;
  for (const auto* label : {"Paid partnership", "AI-generated", "Duet is turned off"})
    EXPECT_NE(page.find(label), std::string::npos) << label;
  EXPECT_EQ(page.find("Stitch is turned off"), std::string::npos);
}

TEST_F(TikTokReading, branded_content_is_not_for_oneself) {
  const auto token = access();
  const auto body = "{" + post_info("SELF_ONLY", R"(,"brand_content_toggle":true)") + "," +
                    file_source(1000, 1000, 1) + "}";
  expect_refused(post("/v2/post/publish/video/init/", token, body), 400, "invalid_param");
  turn("branded_private", "accepted");
  EXPECT_EQ(post("/v2/post/publish/video/init/", token, body).response.status, 200);
}

TEST_F(TikTokReading, a_list_goes_back_in_pages_and_holds_public_posts_only) {
  const auto token = access();
  sent_film(token, "SELF_ONLY");
  for (int i = 0; i < 3; ++i) {
    sent_film(token);
    pass(std::chrono::seconds(40));
  }
  const auto first =
      json_of(post("/v2/video/list/?fields=id,create_time", token, R"({"max_count":2})"))
          .at("data");
  ASSERT_EQ(first.at("videos").as_array().size(), 2U);
  EXPECT_EQ(first.at("has_more"), true);
  EXPECT_GT(first.at("videos").at(0).at("create_time").as_int64(),
            first.at("videos").at(1).at("create_time").as_int64());
  EXPECT_FALSE(first.at("videos").at(0).as_object().contains("view_count"));
  const auto second = json_of(post("/v2/video/list/?fields=id", token,
                                   R"({"max_count":2,"cursor":)" +
                                       std::to_string(first.at("cursor").as_int64()) + "}"))
                          .at("data");
  EXPECT_EQ(second.at("videos").as_array().size(), 1U);
  EXPECT_EQ(second.at("has_more"), false);
  EXPECT_EQ(seen().size(), 4U) << "the private one is in the ledger, for its author";
}

TEST_F(TikTokReading, a_list_that_is_asked_wrongly_is_refused) {
  const auto token = access();
  expect_refused(post("/v2/video/list/", token, "{}"), 400, "invalid_params");
  expect_refused(post("/v2/video/list/?fields=id,reach", token, "{}"), 400, "invalid_params");
  expect_refused(post("/v2/video/list/?fields=id", token, R"({"max_count":21})"), 400,
                 "invalid_params");
  expect_refused(post("/v2/video/query/?fields=id", token, "{}"), 400, "invalid_params");
  expect_refused(post("/v2/video/list/?fields=id", connect("user.info.basic").access, "{}"), 401,
                 "scope_not_authorized");
  expect_refused(get("/v2/user/info/?fields=open_id,email", token), 400, "invalid_params");
}

TEST_F(TikTokReading, counters_grow_with_time) {
  const auto token = access();
  const auto followers = stat(token, "follower_count");
  EXPECT_EQ(stat(token, "video_count"), 0);
  sent_film(token);
  pass(std::chrono::seconds(30));
  const auto id = seen().at(0).id;
  const auto path = "/v2/video/query/?fields=id,view_count,like_count";
  const auto body = R"({"filters":{"video_ids":[")" + id + R"(","7300000000000000001"]}})";
  const auto early = json_of(post(path, token, body)).at("data").at("videos").as_array();
  ASSERT_EQ(early.size(), 1U) << "what is not there is left out";
  pass(std::chrono::hours(20));
  const auto late = json_of(post(path, token, body)).at("data").at("videos");
  EXPECT_GT(late.at(0).at("view_count").as_int64(), early.at(0).at("view_count").as_int64());
  EXPECT_GT(late.at(0).at("like_count").as_int64(), 0);
  EXPECT_EQ(stat(token, "video_count"), 1);
  EXPECT_EQ(stat(token, "likes_count"), late.at(0).at("like_count").as_int64());
  pass(std::chrono::hours(3));
  EXPECT_GT(stat(token, "follower_count"), followers);
}

TEST_F(TikTokReading, a_private_account_has_no_public_page_of_its_posts) {
  const auto token = access("cornerbooks");
  const auto id = sent_film(token, "FOLLOWER_OF_CREATOR");
  pass(std::chrono::minutes(1));
  const auto body = json_of(status(token, id));
  EXPECT_EQ(text_at(body, "/data/status"), "PUBLISH_COMPLETE");
  EXPECT_TRUE(body.at("data").at("publicaly_available_post_id").as_array().empty());
  ASSERT_EQ(seen().size(), 1U);
  EXPECT_EQ(seen().front().audience, "followers");
  EXPECT_EQ(ask({.url = seen().front().link}).response.status, 404);
  EXPECT_TRUE(list(token).empty());
}

TEST_F(TikTokReading, a_post_that_its_author_deletes_is_gone) {
  const auto token = access();
  control("foreign-post",
          {{.name = "account", .value = "bluebakery"}, {.name = "text", .value = "By hand"}});
  pass(std::chrono::seconds(20));
  ASSERT_EQ(list(token).size(), 1U);
  EXPECT_EQ(text_at(list(token).at(0), "/title"), "By hand");
  const auto post = seen().at(0);
  EXPECT_EQ(ask({.url = post.link}).response.status, 200);
  control("delete-post", {{.name = "id", .value = post.id}});
  EXPECT_EQ(ask({.url = post.link}).response.status, 404);
  EXPECT_TRUE(list(token).empty());
  ASSERT_EQ(seen("removed").size(), 1U);
  EXPECT_EQ(seen("removed").front().id, post.id);
}

TEST_F(TikTokReading, pictures_live_for_two_hours) {
  const auto url = text_at(info(access()), "/data/creator_avatar_url");
  EXPECT_EQ(ask({.url = url}).response.status, 200);
  pass(std::chrono::hours(2));
  EXPECT_EQ(ask({.url = url}).response.status, 403);
}

}  // namespace herald::sandbox::tiktok
