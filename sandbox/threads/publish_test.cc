// Publishing, replies, answers that get lost, limits (vectors TH-18 to TH-20, TH-32 to TH-37).
#include "sandbox/threads/rig.h"

namespace herald::sandbox::threads {

class ThreadsPublish : public ThreadsTest {
 protected:
  // A container that is ready.
  std::string ready(const std::string& text = "Hello") {
    auto id = made(words(text), token);
    pass(std::chrono::seconds(1));
    return id;
  }
  std::size_t listed(const std::string& edge = "threads") {
    return at(json_of(get("/me/" + edge, token)), "/data")->as_array().size();
  }
  std::string token = connect();
};

TEST_F(ThreadsPublish, TH18_a_container_in_progress_is_not_found) {
  const auto id = made(words("Hello"), token);
  expect_body(publish(id, token), 400, not_found_error(id));
  EXPECT_EQ(seen(), 0u);
}

TEST_F(ThreadsPublish, TH19_a_finished_container_may_be_missing_for_a_while) {
  control("next-container", {{.name = "not_found", .value = "2"}});
  const auto id = ready();
  expect_body(publish(id, token), 400, not_found_error(id));
  expect_body(publish(id, token), 400, not_found_error(id));
  EXPECT_EQ(status(id, token), "FINISHED");
  EXPECT_EQ(publish(id, token).response.status, 200);
  EXPECT_EQ(seen(), 1u);
}

TEST_F(ThreadsPublish, TH20_a_container_that_stays_missing_gives_way_to_a_fresh_one) {
  control("next-container", {{.name = "not_found", .value = "-1"}});
  const auto id = ready();
  for (int i = 0; i < 5; ++i) expect_body(publish(id, token), 400, not_found_error(id));
  EXPECT_EQ(publish(ready(), token).response.status, 200);
  EXPECT_EQ(seen(), 1u);
}

TEST_F(ThreadsPublish, a_container_that_is_published_twice_shows_twice) {
  const auto id = ready();
  EXPECT_EQ(publish(id, token).response.status, 200);
  EXPECT_EQ(publish(id, token).response.status, 200);
  EXPECT_EQ(seen(), 2u) << "what a careless client would do";
  turn("second_publish", "refused");
  expect_body(publish(id, token), 400, not_found_error(id));
  EXPECT_EQ(seen(), 2u);
}

TEST_F(ThreadsPublish, TH32_a_reply_hangs_under_its_post_and_in_a_list_of_its_own) {
  const auto root = posted(words("One"), token);
  const auto second = posted(words("Two", {{.name = "reply_to_id", .value = root}}), token);
  const auto third = posted(words("Three", {{.name = "reply_to_id", .value = second}}), token);
  expect_body(get("/" + second + "?fields=id,is_reply,replied_to,root_post", token), 200,
              R"({"id":")" + second + R"(","is_reply":true,"replied_to":{"id":")" + root +
                  R"("},"root_post":{"id":")" + root + "\"}}");
  const auto last = json_of(get("/" + third + "?fields=replied_to,root_post", token));
  EXPECT_EQ(text_at(last, "/replied_to/id"), second);
  EXPECT_EQ(text_at(last, "/root_post/id"), root);
  EXPECT_EQ(listed("threads"), 1u);
  EXPECT_EQ(listed("replies"), 2u);
  EXPECT_EQ(seen("post"), 1u);
  EXPECT_EQ(seen("comment"), 2u);
  EXPECT_EQ(rig.ledger.entries().back().parent, root);
}

TEST_F(ThreadsPublish, TH32_a_reply_wants_a_published_post) {
  const auto waiting = ready();
  const auto said = parameter_error("Param reply_to_id is not a valid threads_media ID");
  const auto reply = words("Two", {{.name = "reply_to_id", .value = waiting}});
  expect_body(container(reply, token), 400, said);
  turn("parameter_status", "500");
  expect_body(container(reply, token), 500, said);
  turn("reply_to_container", "detached");
  const auto id = posted(reply, token);
  EXPECT_EQ(at(json_of(get("/" + id + "?fields=replied_to", token)), "/replied_to"), nullptr);
  EXPECT_EQ(listed("threads"), 1u) << "it hangs nowhere";
}

TEST_F(ThreadsPublish, TH32_a_reply_wants_its_scope_and_an_own_thread) {
  const auto root = posted(words("One"), token);
  const auto poor = connect("threads_basic,threads_content_publish");
  expect_body(container(words("Two", {{.name = "reply_to_id", .value = root}}), poor), 500,
              kNoPermission);
  const auto foreign = words("Two", {{.name = "reply_to_id", .value = "19001000000000001"}});
  expect_body(container(foreign, token), 500, kNoPermission);
  const auto searching = connect(std::string(kScopes) + ",threads_keyword_search");
  EXPECT_EQ(container(foreign, searching).response.status, 200);
}

TEST_F(ThreadsPublish, TH33_a_lost_answer_is_found_again_in_the_list) {
  const auto id = ready();
  publish(id, token);  // Its answer is lost.
  EXPECT_EQ(status(id, token), "PUBLISHED");
  const auto since = std::to_string(to_ms(rig.clock.now()) / 1000 - 120);
  const auto body =
      json_of(get("/me/threads?fields=id,text,timestamp,permalink&limit=25&since=" + since, token));
  ASSERT_EQ(at(body, "/data")->as_array().size(), 1u);
  EXPECT_EQ(text_at(body, "/data/0/text"), "Hello");
  EXPECT_EQ(text_at(body, "/data/0/timestamp"), "2026-11-22T12:00:01+0000");
  EXPECT_TRUE(
      text_at(body, "/data/0/permalink").starts_with("https://www.threads.com/@bluebakery/post/D"));
  EXPECT_NE(text_at(body, "/paging/cursors/after"), "");
  EXPECT_EQ(text_at(json_of(get("/" + text_at(body, "/data/0/id"), token)), "/id"),
            text_at(body, "/data/0/id"));
}

TEST_F(ThreadsPublish, TH33_a_new_post_may_be_late_in_the_list) {
  turn("list_lag_ms", "5000");
  publish(ready(), token);
  EXPECT_EQ(listed(), 0u);
  pass(std::chrono::seconds(5));
  EXPECT_EQ(listed(), 1u);
}

TEST_F(ThreadsPublish, TH34_without_its_scope_nothing_is_published_and_the_words_are_scripted) {
  const auto id = ready();
  const auto reading = connect("threads_basic");
  expect_body(publish(id, reading), 500, kNoPermission);
  EXPECT_EQ(status(id, token), "FINISHED") << "the variant without effect";
  turn("permission_status", "403");
  expect_body(publish(id, reading), 403, kNoPermission);
  turn("permission_status", "500");
  expect_body({.response = side->scripted("TH-34", {})}, 500, kNoPermission);
}

TEST_F(ThreadsPublish, TH35_the_passing_fault_is_scripted) {
  expect_body({.response = side->scripted("TH-35", {})}, 400,
              R"({"error":{"message":"An unexpected error has occurred. Please retry your request )"
              R"(later.","type":"OAuthException","is_transient":true,"code":2,)"
              R"("fbtrace_id":"AsimTrace"}})");
  EXPECT_EQ(side->scripted("TH-99", {}).status, 0);
}

TEST_F(ThreadsPublish, TH36_a_foreign_tool_can_make_the_list_ambiguous) {
  publish(ready(), token);
  EXPECT_EQ(control("foreign-post", {{.name = "text", .value = "Hello"}}).response.status, 200);
  const auto body = json_of(get("/me/threads?fields=id,text", token));
  ASSERT_EQ(at(body, "/data")->as_array().size(), 2u);
  EXPECT_EQ(text_at(body, "/data/0/text"), text_at(body, "/data/1/text"));
  EXPECT_NE(text_at(body, "/data/0/id"), text_at(body, "/data/1/id"));
}

TEST_F(ThreadsPublish, TH37_the_quota_is_told_and_kept) {
  turn("posts_a_day", "2");
  const auto root = posted(words("One"), token);
  posted(words("Two", {{.name = "reply_to_id", .value = root}}), token);
  posted(words("Three"), token);
  expect_body(get("/me/threads_publishing_limit?fields=quota_usage,config,reply_quota_usage,"
                  "reply_config",
                  token),
              200,
              R"({"data":[{"quota_usage":2,"config":{"quota_total":2,"quota_duration":86400},)"
              R"("reply_quota_usage":1,"reply_config":{"quota_total":1000,)"
              R"("quota_duration":86400}}]})");
  expect_body(get("/me/threads_publishing_limit", token), 200, R"({"data":[{"quota_usage":2}]})");
  const auto full = publish(ready(), token);
  EXPECT_EQ(full.response.status, 400);
  EXPECT_EQ(number_at(json_of(full), "/error/code"), 9);
  EXPECT_EQ(seen(), 2u);
  pass(std::chrono::hours(24));
  EXPECT_EQ(publish(ready(), token).response.status, 200);
}

TEST_F(ThreadsPublish, TH37_each_limit_wants_its_scope) {
  const auto poor = connect("threads_basic,threads_content_publish");
  EXPECT_EQ(get("/me/threads_publishing_limit?fields=config", poor).response.status, 200);
  expect_body(get("/me/threads_publishing_limit?fields=reply_config", poor), 500, kNoPermission);
}

TEST_F(ThreadsPublish, a_text_that_publishes_itself_is_public_at_once) {
  const auto answer =
      container(words("Now", {{.name = "auto_publish_text", .value = "true"}}), token);
  EXPECT_TRUE(answer.publishes);
  EXPECT_EQ(seen(), 1u);
  const auto id = text_at(json_of(answer), "/id");
  EXPECT_EQ(text_at(json_of(get("/" + id + "?fields=text", token)), "/text"), "Now");
}

TEST_F(ThreadsPublish, another_profile_sees_and_publishes_nothing_of_it) {
  const auto id = ready();
  const auto other = connect(kScopes, "cornerbooks");
  expect_body(publish(id, other), 400, not_found_error(id));
  EXPECT_EQ(get("/" + id + "?fields=status", other).response.status, 400);
  EXPECT_EQ(post("/" + std::string(kBakery) + "/threads", words("Hi"), other).response.status, 400);
}

TEST_F(ThreadsPublish, writing_by_number_can_be_refused) {
  const auto path = "/" + std::string(kBakery) + "/threads";
  EXPECT_EQ(post(path, words("Hi"), token).response.status, 200);
  turn("numeric_id", "refused");
  expect_body(post(path, words("Hi"), token), 400, not_found_error(kBakery));
}

TEST_F(ThreadsPublish, an_error_may_have_other_words_and_another_type) {
  turn("error_words", "other");
  turn("error_type", "OAuthException");
  const auto body = json_of(container(words(std::string(501, 'a')), token));
  EXPECT_EQ(number_at(body, "/error/code"), 100);
  EXPECT_EQ(text_at(body, "/error/type"), "OAuthException");
  EXPECT_FALSE(text_at(body, "/error/message").contains("500"));
}

TEST_F(ThreadsPublish, everything_is_kept_over_a_restart_and_gone_after_a_reset) {
  const auto id = ready();
  const auto kept = side->save();
  side->restart();
  EXPECT_EQ(get("/me", token).response.status, 400);
  side->load(kept);
  EXPECT_EQ(publish(id, token).response.status, 200);
}

TEST_F(ThreadsPublish, spoiled_tokens_are_expired_or_revoked) {
  Call call;
  call.headers.set("Authorization", "Bearer " + token);
  side->spoil_token(call, "expire");
  EXPECT_EQ(number_at(json_of(get("/me", token)), "/error/error_subcode"), 463);
  side->spoil_token(call, "revoke");
  EXPECT_EQ(number_at(json_of(get("/me", token)), "/error/error_subcode"), 458);
}

}  // namespace herald::sandbox::threads
