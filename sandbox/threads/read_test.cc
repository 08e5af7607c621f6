// Lists, insights, removal (vectors TH-38 to TH-40).
#include "sandbox/threads/rig.h"

namespace herald::sandbox::threads {

class ThreadsRead : public ThreadsTest {
 protected:
  std::string token = connect();
};

TEST_F(ThreadsRead, TH38_insights_of_a_post_are_rows_that_grow) {
  const auto id = posted(words("Hello"), token);
  const auto path = "/" + id + "/insights?metric=views,likes";
  pass(std::chrono::hours(2));
  const auto early = json_of(get(path, token));
  ASSERT_EQ(at(early, "/data")->as_array().size(), 2u);
  EXPECT_EQ(text_at(early, "/data/0/name"), "views");
  EXPECT_EQ(text_at(early, "/data/0/period"), "lifetime");
  EXPECT_EQ(text_at(early, "/data/0/id"), id + "/insights/views/lifetime");
  EXPECT_EQ(text_at(early, "/data/1/name"), "likes");
  EXPECT_GT(number_at(early, "/data/0/values/0/value"), 0);
  pass(std::chrono::hours(20));
  EXPECT_GT(number_at(json_of(get(path, token)), "/data/0/values/0/value"),
            number_at(early, "/data/0/values/0/value"));
}

TEST_F(ThreadsRead, TH38_a_repost_has_none_and_other_metrics_and_scopes_are_refused) {
  const auto id = posted(words("Hello"), token);
  const auto again = post("/" + id + "/repost", {}, token);
  EXPECT_TRUE(again.publishes);
  const auto facade = text_at(json_of(again), "/id");
  expect_body(get("/" + facade + "/insights?metric=views", token), 200, R"({"data":[]})");
  expect_body(get("/" + facade + "?fields=media_type", token), 200,
              R"({"id":")" + facade + R"(","media_type":"REPOST_FACADE"})");
  EXPECT_EQ(get("/" + id + "/insights?metric=reach", token).response.status, 400);
  const auto poor = connect("threads_basic");
  expect_body(get("/" + id + "/insights?metric=views", poor), 500, kNoPermission);
}

TEST_F(ThreadsRead, TH39_insights_of_a_profile_have_each_metric_in_its_own_form) {
  posted(words("Hello"), token);
  pass(std::chrono::hours(24));
  const auto body =
      json_of(get("/me/threads_insights?metric=views,likes,followers_count,clicks", token));
  EXPECT_EQ(text_at(body, "/data/0/values/0/end_time"), "2026-11-23T12:00:10+0000");
  EXPECT_GT(number_at(body, "/data/0/values/0/value"), 0);
  EXPECT_GE(number_at(body, "/data/1/total_value/value"), 0);
  EXPECT_EQ(number_at(body, "/data/2/total_value/value"), 431);
  EXPECT_GE(number_at(body, "/data/3/link_total_values/0/value"), 0);
  EXPECT_EQ(get("/me/threads_insights?metric=views&since=1712991599", token).response.status, 400);
  EXPECT_EQ(get("/me/threads_insights?metric=views&since=1712991600&until=1713078000", token)
                .response.status,
            200);
}

TEST_F(ThreadsRead, TH39_followers_have_no_window_and_demographics_one_breakdown) {
  const std::string since = "&since=1795262400";
  const auto followers = "/me/threads_insights?metric=followers_count" + since;
  EXPECT_EQ(get(followers, token).response.status, 400);
  turn("followers_window", "ignored");
  EXPECT_EQ(get(followers, token).response.status, 200);
  const std::string people = "/me/threads_insights?metric=follower_demographics";
  EXPECT_EQ(get(people, token).response.status, 400);
  EXPECT_EQ(get(people + "&breakdown=country", token).response.status, 200);
  EXPECT_EQ(get(people + "&breakdown=country", connect(kScopes, "cornerbooks")).response.status,
            400)
      << "fewer than a hundred followers";
}

TEST_F(ThreadsRead, TH40_a_deleted_post_is_gone_and_cannot_be_deleted_again) {
  const auto id = posted(words("Hello"), token);
  expect_body(remove(id, connect("threads_basic,threads_content_publish")), 500, kNoPermission);
  EXPECT_EQ(seen("removed"), 0u);
  expect_body(remove(id, token), 200, R"({"success":true,"deleted_id":")" + id + "\"}");
  EXPECT_EQ(seen("removed"), 1u);
  EXPECT_EQ(get("/" + id, token).response.status, 400);
  const std::string again =
      R"({"error":{"message":"Unsupported delete request. Object with ID ')" + id +
      R"(' does not exist, cannot be loaded due to missing permissions, or does not support this )"
      R"(operation","type":"THApiException","code":100,"error_subcode":33,)"
      R"("fbtrace_id":"AsimTrace"}})";
  expect_body(remove(id, token), 400, again);
  turn("delete_missing_status", "404");
  expect_body(remove(id, token), 404, again);
  turn("delete_missing_status", "200");
  EXPECT_EQ(remove(id, token).response.status, 200);
}

TEST_F(ThreadsRead, TH40_other_peoples_posts_and_more_than_the_limit_are_not_deleted) {
  EXPECT_EQ(remove("19001000000000001", token).response.status, 400);
  turn("deletions_a_day", "1");
  const auto first = posted(words("One"), token);
  const auto second = posted(words("Two"), token);
  EXPECT_EQ(remove(first, token).response.status, 200);
  EXPECT_EQ(remove(second, token).response.status, 400);
  pass(std::chrono::hours(24));
  EXPECT_EQ(remove(second, token).response.status, 200);
}

TEST_F(ThreadsRead, lists_are_paged_by_cursors) {
  std::vector<std::string> ids;
  for (const char* text : {"One", "Two", "Three"}) ids.push_back(posted(words(text), token));
  const auto first = json_of(get("/me/threads?limit=2", token));
  EXPECT_EQ(text_at(first, "/data/0/id"), ids[2]);
  EXPECT_EQ(text_at(first, "/data/1/id"), ids[1]);
  EXPECT_EQ(at(first, "/paging/next"), nullptr);
  const auto after = "/me/threads?limit=2&after=" + text_at(first, "/paging/cursors/after");
  const auto second = json_of(get(after, token));
  ASSERT_EQ(at(second, "/data")->as_array().size(), 1u);
  EXPECT_EQ(text_at(second, "/data/0/id"), ids[0]);
  const auto back = json_of(
      get("/me/threads?limit=2&before=" + text_at(second, "/paging/cursors/before"), token));
  EXPECT_EQ(back.at("data"), first.at("data"));
  turn("paging_next", "on");
  const auto next = text_at(json_of(get("/me/threads?limit=2", token)), "/paging/next");
  EXPECT_EQ(text_at(json_of(ask({.url = next}, token)), "/data/0/id"), ids[0]);
  turn("paging_single", "absent");
  EXPECT_EQ(at(json_of(get("/me/threads", token)), "/paging"), nullptr);
}

TEST_F(ThreadsRead, lists_refuse_what_they_do_not_take) {
  for (const char* query :
       {"limit=101", "limit=0", "since=1688540399", "since=2000000000", "until=2000000000",
        "since=1795000000&until=1794000000", "before=a&after=b", "after=a", "fields=colour"})
    EXPECT_EQ(get("/me/threads?" + std::string(query), token).response.status, 400) << query;
}

TEST_F(ThreadsRead, own_replies_want_a_scope_of_their_own) {
  const auto poor = connect("threads_basic,threads_content_publish");
  expect_body(get("/me/replies", poor), 500, kNoPermission);
  turn("own_replies_scope", "threads_basic");
  EXPECT_EQ(get("/me/replies", poor).response.status, 200);
}

TEST_F(ThreadsRead, a_ghost_post_is_listed_apart_for_a_day) {
  posted(words("Boo", {{.name = "is_ghost_post", .value = "true"}}), token);
  const auto count = [&](const char* edge) {
    return at(json_of(get(edge, token)), "/data")->as_array().size();
  };
  EXPECT_EQ(count("/me/threads"), 0u);
  EXPECT_EQ(count("/me/ghost_posts"), 1u);
  pass(std::chrono::hours(24));
  EXPECT_EQ(count("/me/ghost_posts"), 0u);
}

TEST_F(ThreadsRead, the_public_pages_show_profiles_and_nothing_else) {
  posted(words("Fresh <bread>"), token);
  const auto page = ask({.url = "https://www.threads.com/@bluebakery"});
  EXPECT_TRUE(page.response.body.contains("Fresh &lt;bread&gt;"));
  EXPECT_EQ(ask({.url = "https://threads.net/@nobody"}).response.status, 404);
  EXPECT_EQ(ask({.url = "https://threads.net/@bluebakery/post/none"}).response.status, 404);
}

}  // namespace herald::sandbox::threads
