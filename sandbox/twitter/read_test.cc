// Reading back, analytics, pages, what is kept (vectors X25, X27, X28).
#include "sandbox/twitter/rig.h"

namespace herald::sandbox::twitter {

class TwitterReading : public TwitterTest {
 protected:
  boost::json::value read(const std::string& path, const std::string& token) {
    const auto answer = get(path, token);
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    return json_of(answer);
  }
};

TEST_F(TwitterReading, users_me_says_who_it_is) {
  const auto body = read(
      "/2/users/me?user.fields=id,name,username,profile_image_url,verified,verified_type,"
      "subscription_type,public_metrics,protected",
      connect(kScopes, kBooks).access);
  EXPECT_EQ(text_at(body, "/data/id"), kBooks);
  EXPECT_EQ(text_at(body, "/data/username"), "cornerbooks");
  EXPECT_EQ(text_at(body, "/data/subscription_type"), "Premium");
  EXPECT_TRUE(body.at_pointer("/data/public_metrics").as_object().contains("tweet_count"));
  const auto other =
      read("/2/users/" + std::string(kBooks) + "?user.fields=subscription_type", connect().access);
  EXPECT_EQ(text_at(other, "/data/subscription_type"), "None") << "of others it is not told";
}

TEST_F(TwitterReading, X25_a_deleted_post_is_an_error_beside_the_others) {
  const auto token = connect().access;
  const auto kept = posted(token, R"({"text":"Kept"})");
  const auto gone = posted(token, R"({"text":"Gone"})");
  control("delete-post", {{.name = "id", .value = gone}});
  const auto body = read("/2/tweets?ids=" + kept + "," + gone, token);
  EXPECT_EQ(body.at("data").as_array().size(), 1U);
  EXPECT_EQ(text_at(body, "/data/0/id"), kept);
  EXPECT_EQ(body.at_pointer("/errors/0"),
            boost::json::parse(
                R"({"resource_id":")" + gone + R"(","resource_type":"tweet","title":"Not Found )" +
                R"(Error","detail":"Could not find tweet with id: [)" + gone + R"(].","type":)" +
                R"("https://api.twitter.com/2/problems/resource-not-found","parameter":"ids",)" +
                R"("value":")" + gone + R"("})"));
  const auto alone = read("/2/tweets/" + gone, token).as_object();
  EXPECT_FALSE(alone.contains("data")) << "200 with nothing but errors";
  EXPECT_TRUE(alone.contains("errors"));
}

TEST_F(TwitterReading, X27_a_post_whose_answer_was_lost_is_found_in_the_timeline) {
  const auto token = connect().access;
  posted(token, R"({"text":"Long before"})");
  pass(std::chrono::minutes(5));
  const auto id = posted(token, R"({"text":"Tea & bread: https://bakery.example.com/tea"})");
  const auto since = "&start_time=2026-11-22T12:04:00.000Z";
  const auto path = "/2/users/" + std::string(kBakery) +
                    "/tweets?max_results=10&tweet.fields=created_at,entities,attachments" + since;
  const auto body = read(path, token);
  EXPECT_EQ(text_at(body, "/data/0/id"), id);
  EXPECT_EQ(text_at(body, "/data/0/created_at"), "2026-11-22T12:05:00.000Z");
  EXPECT_EQ(body.at("data").as_array().size(), 1U);
  EXPECT_EQ(text_at(body, "/data/0/entities/urls/0/expanded_url"),
            "https://bakery.example.com/tea");
  EXPECT_EQ("Tea &amp; bread: " + text_at(body, "/data/0/entities/urls/0/url"),
            text_at(body, "/data/0/text"));
  turn("timeline_lag_ms", "60000");
  EXPECT_EQ(read(path, token).at_pointer("/meta/result_count"), 0);
}

TEST_F(TwitterReading, X28_the_switch_turns_the_vocabulary) {
  const auto token = connect().access;
  turn("vocabulary", "post");
  const auto made = json_of(post(token, R"({"text":"New words"})"));
  const auto id = text_at(made, "/data/id");
  EXPECT_EQ(text_at(made, "/data/edit_history_post_ids/0"), id);
  for (const auto* parameter : {"post.fields", "tweet.fields"}) {
    const auto body = read("/2/tweets?ids=" + id + "&" + parameter + "=public_metrics", token);
    const auto& metrics = body.at_pointer("/data/0/public_metrics").as_object();
    EXPECT_TRUE(metrics.contains("repost_count")) << parameter;
    EXPECT_FALSE(metrics.contains("retweet_count")) << parameter;
  }
  const auto me = read("/2/users/me?user.fields=public_metrics", token);
  EXPECT_TRUE(me.at_pointer("/data/public_metrics").as_object().contains("post_count"));
}

TEST_F(TwitterReading, timelines_come_in_pages) {
  const auto token = connect().access;
  for (int i = 0; i < 7; ++i) posted(token, R"({"text":"Loaf )" + std::to_string(i) + R"("})");
  const auto path = "/2/users/" + std::string(kBakery) + "/tweets?max_results=5";
  const auto first = read(path, token);
  EXPECT_EQ(first.at("data").as_array().size(), 5U);
  EXPECT_EQ(text_at(first, "/data/0/text"), "Loaf 6");
  const auto second = read(path + "&pagination_token=" + text_at(first, "/meta/next_token"), token);
  EXPECT_EQ(second.at("data").as_array().size(), 2U);
  EXPECT_EQ(text_at(second, "/data/1/text"), "Loaf 0");
  EXPECT_FALSE(second.at("meta").as_object().contains("next_token"));
  expect_invalid(get("/2/users/" + std::string(kBakery) + "/tweets?max_results=4", token));
}

TEST_F(TwitterReading, unknown_fields_ids_and_paths_are_refused) {
  const auto token = connect().access;
  expect_invalid(get("/2/tweets?ids=1&tweet.fields=recipe", token));
  expect_invalid(get("/2/tweets?ids=abc", token));
  expect_invalid(get("/2/tweets", token));
  EXPECT_EQ(get("/2/recipes", token).response.status, 404);
  EXPECT_EQ(get("/2/users/me").response.status, 401);
}

TEST_F(TwitterReading, private_metrics_are_for_the_author_and_thirty_days) {
  const auto token = connect().access;
  const auto id = posted(token, R"({"text":"Count me"})");
  const auto path = "/2/tweets?ids=" + id + "&tweet.fields=non_public_metrics,public_metrics";
  pass(std::chrono::hours(1));
  const auto early = read(path, token).at_pointer("/data/0/non_public_metrics/impression_count");
  EXPECT_GT(early.as_int64(), 0);
  pass(std::chrono::minutes(50));
  EXPECT_GT(read(path, token).at_pointer("/data/0/non_public_metrics/impression_count").as_int64(),
            early.as_int64())
      << "they grow";
  pass(std::chrono::hours(24 * 31));
  const auto late = connect().access;
  const auto refused = read(path, late).as_object();
  EXPECT_FALSE(refused.contains("data"));
  EXPECT_TRUE(text_at(refused, "/errors/0/type").ends_with("/not-authorized-for-field"));
  turn("private_metrics", "keep");
  const auto kept = read(path, late);
  EXPECT_FALSE(kept.at_pointer("/data/0").as_object().contains("non_public_metrics"));
}

TEST_F(TwitterReading, analytics_come_in_steps) {
  const auto token = connect().access;
  const auto id = posted(token, R"({"text":"Measured"})");
  pass(std::chrono::minutes(119));
  const auto path = "/2/tweets/analytics?ids=" + id +
                    "&start_time=2026-11-22T12:00:00Z&end_time=2026-11-22T18:00:00Z"
                    "&analytics.fields=impressions,likes,timestamped_metrics&granularity=";
  const auto hourly = read(path + "hourly", token);
  const auto& steps = hourly.at_pointer("/data/0/timestamped_metrics").as_array();
  ASSERT_EQ(steps.size(), 2U) << "what lies ahead is not told";
  const auto count = [](const boost::json::value& step) {
    return step.at_pointer("/metrics/impressions").as_int64();
  };
  const auto total = read(path + "total", token);
  EXPECT_EQ(count(steps[0]) + count(steps[1]),
            count(total.at_pointer("/data/0/timestamped_metrics/0")));
  EXPECT_GT(count(steps[0]), 0);
  expect_invalid(get(path + "minutely", token));
  turn("analytics", "forbidden");
  EXPECT_EQ(get(path + "daily", token).response.status, 403);
}

TEST_F(TwitterReading, the_public_sees_posts_links_and_pictures) {
  const auto token = connect().access;
  const auto answer = json_of(post(token, R"({"text":"See https://bakery.example.com/a?b=<c>"})"));
  const auto id = text_at(answer, "/data/id");
  const auto page = ask({.url = "https://twitter.com/BlueBakery/status/" + id});
  EXPECT_EQ(page.response.status, 200);
  EXPECT_NE(page.response.body.find("See https://bakery.example.com/a?b=&lt;c&gt;"),
            std::string::npos);
  const auto shown = text_at(answer, "/data/text");
  const auto short_link = shown.substr(4, shown.find('&') - 4);
  EXPECT_EQ(header_of(ask({.url = short_link}), "Location"), "https://bakery.example.com/a?b=");
  EXPECT_EQ(ask({.url = "https://x.com/cornerbooks/status/" + id}).response.status, 404);
  EXPECT_EQ(ask({.url = "https://x.com/bluebakery"}).response.status, 200);
  EXPECT_EQ(
      ask({.url = "https://pbs.twimg.com/profile_images/" + std::string(kBakery) + "/p_normal.jpg"})
          .response.status,
      200);
  control("delete-post", {{.name = "id", .value = id}});
  EXPECT_EQ(ask({.url = "https://x.com/bluebakery/status/" + id}).response.status, 404);
}

TEST_F(TwitterReading, everything_is_kept_and_forgotten_on_restart) {
  const auto tokens = connect();
  const auto id = posted(tokens.access, R"({"text":"Remember me"})");
  const auto kept = side->save();
  auto again = make_twitter_side(rig.world);
  again->load(kept);
  EXPECT_EQ(again->save(), kept);
  const auto answer = rig.ask(*again, {.url = "https://api.x.com/2/tweets/" + id,
                                       .headers = {{"Authorization", "Bearer " + tokens.access}}});
  EXPECT_EQ(text_at(json_of(answer), "/data/text"), "Remember me");
  again->restart();
  EXPECT_NE(again->save(), kept);
  EXPECT_EQ(again->save(), make_twitter_side(rig.world)->save());
}

TEST_F(TwitterReading, scripted_answers_go_by_their_number) {
  const Call call;
  EXPECT_EQ(side->scripted("X10", call).status, 403);
  EXPECT_EQ(side->scripted("X24", call).status, 402);
  const auto limited = side->scripted("X23", call);
  EXPECT_EQ(limited.status, 429);
  EXPECT_EQ(*limited.headers.find("x-rate-limit-remaining"), "0");
  EXPECT_EQ(side->scripted("X99", call).status, 0);
}

TEST_F(TwitterReading, what_the_person_takes_back_is_gone) {
  const auto tokens = connect();
  control("remove-access", {{.name = "account", .value = "bluebakery"}});
  EXPECT_EQ(get("/2/users/me", tokens.access).response.status, 401);
  expect_body(refresh(tokens.refresh), 400, kInvalidToken);
}

TEST_F(TwitterReading, the_person_may_post_elsewhere) {
  control("foreign-post", {{.name = "text", .value = "From the phone"}});
  EXPECT_EQ(seen(), 1U);
  EXPECT_EQ(rig.ledger.entries().front().text, "From the phone");
}

}  // namespace herald::sandbox::twitter
