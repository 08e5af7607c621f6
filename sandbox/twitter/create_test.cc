// Posts (vectors X7 to X16, X21 to X24, X26, X30).
#include "sandbox/twitter/rig.h"

namespace herald::sandbox::twitter {

class TwitterPosts : public TwitterTest {};

constexpr const char* kNotPermitted =
    R"({"title":"Forbidden","detail":"You are not permitted to perform this action.",)"
    R"("type":"about:blank","status":403})";
constexpr const char* kDuplicate =
    R"({"detail":"You are not allowed to create a Tweet with duplicate content.",)"
    R"("type":"about:blank","title":"Forbidden","status":403})";
constexpr const char* kNotSummoned =
    R"({"title":"Forbidden","type":"about:blank","status":403,"detail":"Reply to this conversation)"
    R"( is not allowed because you have not been mentioned or otherwise engaged by the author of )"
    R"(the post you are replying to."})";
constexpr const char* kUnmentioned = "1800000000000000001";
constexpr const char* kMentioning = "1800000000000000002";

std::string letters(std::size_t count) { return std::string(count, 'a'); }

TEST_F(TwitterPosts, a_text_becomes_visible_once_with_its_link) {
  const auto token = connect().access;
  const auto answer = post(token, R"({"text":"Bread & rolls <now>: bakery.example.com/today"})");
  EXPECT_EQ(answer.response.status, 201);
  EXPECT_TRUE(answer.publishes);
  const auto body = json_of(answer);
  const auto id = text_at(body, "/data/id");
  EXPECT_EQ(id.size(), 19U) << "ids are above 2^53";
  EXPECT_EQ(text_at(body, "/data/edit_history_tweet_ids/0"), id);
  EXPECT_TRUE(text_at(body, "/data/text")
                  .starts_with("Bread &amp; rolls &lt;now&gt;: "
                               "https://t.co/"));
  ASSERT_EQ(rig.ledger.entries().size(), 1U);
  const auto entry = rig.ledger.entries().front();
  EXPECT_EQ(entry.platform, "twitter");
  EXPECT_EQ(entry.account, kBakery);
  EXPECT_EQ(entry.account_name, "@bluebakery");
  EXPECT_EQ(entry.kind, "text");
  EXPECT_EQ(entry.text, "Bread & rolls <now>: bakery.example.com/today");
  EXPECT_EQ(entry.link, "https://x.com/bluebakery/status/" + id);
}

TEST_F(TwitterPosts, X7_an_expired_token_is_unauthorized) {
  const auto token = connect().access;
  pass(std::chrono::hours(2));
  expect_body(post(token, R"({"text":"Late"})"), 401,
              R"({"title":"Unauthorized","type":"about:blank","status":401,)"
              R"("detail":"Unauthorized"})");
  EXPECT_EQ(seen(), 0U);
}

TEST_F(TwitterPosts, X8_the_app_by_itself_cannot_post) {
  expect_body(
      post("AAAAAAAAAAAAAAAAAAAAAsandbox-twitter-app-only", R"({"text":"From nobody"})"), 403,
      R"({"title":"Unsupported Authentication","detail":"Authenticating with OAuth 2.0 )"
      R"(Application-Only is forbidden for this endpoint.  Supported authentication types are )"
      R"([OAuth 1.0a User Context, OAuth 2.0 User Context].",)"
      R"("type":"https://api.twitter.com/2/problems/unsupported-authentication","status":403})");
}

TEST_F(TwitterPosts, X9_a_token_without_tweet_write_cannot_post) {
  const auto token = connect("tweet.read users.read").access;
  expect_body(post(token, R"({"text":"Not allowed"})"), 403, kNotPermitted);
  EXPECT_EQ(seen(), 0U);
}

TEST_F(TwitterPosts, X10_the_same_text_twice_is_a_duplicate) {
  const auto token = connect().access;
  posted(token, "{\"text\":\"Caf\u00e9\"}");
  expect_body(post(token, "{\"text\":\"Cafe\u0301\"}"), 403, kDuplicate);
  const auto books = connect(kScopes, kBooks).access;
  posted(books, "{\"text\":\"Caf\u00e9\"}");
  pass(std::chrono::hours(24));
  posted(connect().access, "{\"text\":\"Caf\u00e9\"}");
  EXPECT_EQ(seen(), 3U);
}

TEST_F(TwitterPosts, X11_a_poll_and_media_exclude_each_other) {
  expect_invalid(post(connect().access, R"({"text":"?","media":{"media_ids":["19"]},)"
                                        R"("poll":{"options":["a","b"],"duration_minutes":60}})"),
                 "You can only provide one of poll or quote_tweet_id or direct_message_deep_link "
                 "or media or card_uri.");
}

TEST_F(TwitterPosts, X12_an_unknown_member_is_refused) {
  const auto token = connect().access;
  expect_invalid(post(token, R"({"text":"Hello","tweet_mode":"extended"})"), "$.tweet_mode");
  expect_invalid(post(token, R"({"text":"Hello","reply":{"to":"1"}})"), "$.reply.to");
  expect_invalid(post(token, R"({"text":7})"), "$.text");
  expect_invalid(post(token, R"({"text":)"));
  EXPECT_EQ(ask({.method = "POST",
                 .url = "https://api.x.com/2/tweets",
                 .content_type = "application/x-www-form-urlencoded",
                 .body = "text=Hello"},
                token)
                .response.status,
            400);
}

TEST_F(TwitterPosts, X13_two_hundred_and_eighty_one_are_too_many) {
  const auto token = connect().access;
  expect_invalid(post(token, R"({"text":")" + letters(281) + R"("})"),
                 "Your Tweet text is too long.");
  turn("too_long_status", "403");
  expect_body(post(token, R"({"text":")" + letters(281) + R"("})"), 403,
              R"({"title":"Forbidden","detail":"Your Tweet text is too long.",)"
              R"("type":"about:blank","status":403})");
  posted(token, R"({"text":")" + letters(280) + R"("})");
}

TEST_F(TwitterPosts, X13_premium_accounts_may_write_longer) {
  const auto token = connect(kScopes, kBooks).access;
  posted(token, R"({"text":")" + letters(25'000) + R"("})");
  expect_invalid(post(token, R"({"text":")" + letters(25'001) + R"("})"),
                 "Your Tweet text is too long.");
}

TEST_F(TwitterPosts, X14_polls_have_bounds) {
  const auto token = connect().access;
  const auto poll = [&](const std::string& options, int minutes) {
    return post(token, R"({"text":"Which?","poll":{"options":)" + options +
                           R"(,"duration_minutes":)" + std::to_string(minutes) + "}}");
  };
  expect_invalid(poll(R"(["yes",")" + letters(26) + R"("])", 60));
  expect_invalid(poll(R"(["yes","no"])", 4));
  expect_invalid(poll(R"(["yes","no"])", 10'081));
  expect_invalid(poll(R"(["yes"])", 60));
  expect_invalid(poll(R"(["1","2","3","4","5"])", 60));
  expect_invalid(post(token, R"({"text":"?","poll":{"options":["a","b"]}})"));
  EXPECT_EQ(seen(), 0U);
  EXPECT_EQ(poll(R"(["yes",")" + letters(25) + R"("])", 5).response.status, 201);
  EXPECT_EQ(rig.ledger.entries().front().kind, "poll");
  EXPECT_EQ(rig.ledger.entries().front().title, "Poll: yes / " + letters(25));
}

TEST_F(TwitterPosts, X15_five_media_are_too_many) {
  expect_invalid(post(connect().access, R"({"media":{"media_ids":["1","2","3","4","5"]}})"),
                 "$.media.media_ids");
}

TEST_F(TwitterPosts, X16_media_of_another_or_expired_are_refused) {
  const auto books = connect(kScopes, kBooks).access;
  const auto token = connect().access;
  const auto theirs = photo(books);
  const auto refused = [&](const std::string& id) {
    expect_body(post(token, R"({"media":{"media_ids":[")" + id + R"("]}})"), 400,
                R"({"errors":[{"parameters":{"media.media_ids":[")" + id +
                    R"("]},"message":"Your media IDs are invalid."}],"title":"Invalid Request",)"
                    R"("detail":"One or more parameters to your request was invalid.",)"
                    R"("type":"https://api.twitter.com/2/problems/invalid-request"})");
  };
  refused(theirs);
  const auto mine = photo(token);
  posted(token, R"({"media":{"media_ids":[")" + mine + R"("]}})");
  posted(token, R"({"text":"Again","media":{"media_ids":[")" + mine + R"("]}})");
  pass(std::chrono::hours(24));
  const auto later = connect().access;
  EXPECT_EQ(post(later, R"({"media":{"media_ids":[")" + mine + R"("]}})").response.status, 400);
}

TEST_F(TwitterPosts, X21_a_reply_wants_a_summons) {
  const auto token = connect().access;
  const auto reply = [&](const std::string& to, const std::string& text) {
    return post(token,
                R"({"text":")" + text + R"(","reply":{"in_reply_to_tweet_id":")" + to + R"("}})");
  };
  expect_body(reply(kUnmentioned, "May I?"), 403, kNotSummoned);
  EXPECT_EQ(reply(kMentioning, "You are welcome").response.status, 201);
  expect_invalid(reply("1800000000000009999", "Hello?"), "Your reply tweet ID is invalid.");
  turn("missing_reply_target", "403");
  EXPECT_EQ(reply("1800000000000009999", "Hello?").response.status, 403);
}

TEST_F(TwitterPosts, X22_a_thread_answers_its_own_posts) {
  const auto token = connect().access;
  const auto first = posted(token, R"({"text":"One"})");
  const auto second =
      posted(token, R"({"text":"Two","reply":{"in_reply_to_tweet_id":")" + first + R"("}})");
  const auto third = R"({"text":"Three","reply":{"in_reply_to_tweet_id":")" + second + R"("}})";
  posted(token, third);
  ASSERT_EQ(seen(), 3U);
  EXPECT_EQ(rig.ledger.entries()[1].parent, first);
  EXPECT_EQ(rig.ledger.entries()[2].parent, second);
  turn("own_replies", "refused");
  expect_body(post(token, third), 403, kNotSummoned);
}

TEST_F(TwitterPosts, X23_the_hundred_and_first_post_hits_the_limit) {
  const auto token = connect().access;
  for (int i = 1; i <= 100; ++i) {
    const auto answer = post(token, R"({"text":"Number )" + std::to_string(i) + R"("})");
    ASSERT_EQ(answer.response.status, 201);
    ASSERT_EQ(header_of(answer, "x-rate-limit-limit"), "100");
    ASSERT_EQ(header_of(answer, "x-rate-limit-remaining"), std::to_string(100 - i));
  }
  const auto answer = post(token, R"({"text":"One more"})");
  expect_body(answer, 429,
              R"({"title":"Too Many Requests","detail":"Too Many Requests",)"
              R"("type":"about:blank","status":429})");
  EXPECT_EQ(header_of(answer, "x-rate-limit-remaining"), "0");
  const auto reset_s = std::stoll(header_of(answer, "x-rate-limit-reset"));
  EXPECT_EQ(reset_s, to_ms(rig.clock.now()) / 1000 + 900);
  EXPECT_EQ(header_of(answer, "x-app-limit-24hour-limit"), "10000");
  EXPECT_EQ(get("/2/users/me", token).response.status, 200) << "other calls are not limited";
  turn("limit_answer", "code88");
  expect_body(post(token, R"({"text":"One more"})"), 429,
              R"({"errors":[{"code":88,"message":"Rate limit exceeded"}]})");
  pass(std::chrono::minutes(15));
  posted(token, R"({"text":"One more"})");
}

TEST_F(TwitterPosts, X24_without_credits_nothing_goes) {
  const auto token = connect().access;
  control("credits");
  expect_body(post(token, R"({"text":"For free?"})"), 402,
              R"({"title":"CreditsDepleted","detail":"Your enrolled account has no credits.",)"
              R"("type":"https://api.x.com/2/problems/credits","status":402})");
  control("credits", {{.name = "empty", .value = "false"}});
  posted(token, R"({"text":"For money"})");
}

TEST_F(TwitterPosts, X26_only_the_author_may_delete) {
  const auto token = connect().access;
  const auto remove = [&](const std::string& id) {
    return ask({.method = "DELETE", .url = "https://api.x.com/2/tweets/" + id}, token);
  };
  expect_body(remove(kMentioning), 403,
              R"({"detail":"You are not authorized to delete this Tweet.","type":"about:blank",)"
              R"("title":"Forbidden","status":403})");
  const auto id = posted(token, R"({"text":"A typo"})");
  expect_body(remove(id), 200, R"({"data":{"deleted":true}})");
  EXPECT_EQ(seen("removed"), 1U);
  EXPECT_EQ(remove(id).response.status, 404);
  turn("delete_missing", "200");
  expect_body(remove(id), 200, R"({"data":{"deleted":true}})");
  posted(token, R"({"text":"A typo"})");
  EXPECT_EQ(seen(), 2U) << "what is deleted has no duplicate";
}

TEST_F(TwitterPosts, X30_a_picture_needs_no_text_but_an_empty_one_is_refused) {
  const auto token = connect().access;
  const auto media = R"("media":{"media_ids":[")" + photo(token) + R"("]}})";
  const auto alone = post(token, "{" + media);
  EXPECT_EQ(alone.response.status, 201);
  EXPECT_TRUE(text_at(json_of(alone), "/data/text").starts_with("https://t.co/"));
  expect_invalid(post(token, R"({"text":"",)" + media));
  turn("empty_text", "accepted");
  EXPECT_EQ(post(token, R"({"text":"",)" + media).response.status, 201);
  expect_invalid(post(token, R"({"text":""})"));
  expect_invalid(post(token, "{}"));
  EXPECT_EQ(rig.ledger.entries().front().kind, "image");
  EXPECT_EQ(rig.ledger.entries().front().media.size(), 1U);
}

TEST_F(TwitterPosts, quotes_want_a_summons_too) {
  const auto token = connect().access;
  const auto quote = [&](const std::string& id) {
    return post(token, R"({"text":"Look","quote_tweet_id":")" + id + R"("})").response.status;
  };
  EXPECT_EQ(quote(kUnmentioned), 403);
  EXPECT_EQ(quote("1800000000000009999"), 400);
  EXPECT_EQ(quote(kMentioning), 201);
  EXPECT_EQ(rig.ledger.entries().front().kind, "quote");
  turn("quotes", "refused");
  EXPECT_EQ(quote(kMentioning), 403);
}

TEST_F(TwitterPosts, one_cashtag_and_a_known_reply_setting) {
  const auto token = connect().access;
  expect_invalid(post(token, R"({"text":"Buy $FLOUR and $SALT now"})"), "Your Tweet may contain");
  expect_invalid(post(token, R"({"text":"Hello","reply_settings":"everyone"})"),
                 "$.reply_settings");
  const auto id = posted(token, R"({"text":"$FLOUR costs $5","reply_settings":"mentionedUsers"})");
  EXPECT_EQ(text_at(json_of(get("/2/tweets/" + id + "?tweet.fields=reply_settings", token)),
                    "/data/reply_settings"),
            "mentionedUsers");
}

TEST_F(TwitterPosts, what_the_schema_knows_is_taken) {
  const auto token = connect().access;
  const auto media = photo(token);
  posted(token, R"({"text":"Signed","media":{"media_ids":[")" + media +
                    R"("],"tagged_user_ids":["1500000000000000003"],"title":"A jar"},)"
                    R"("made_with_ai":true,"paid_partnership":true,"nullcast":false,)"
                    R"("geo":{"place_id":"df51dec6f4ee2b2c"}})");
  posted(token, R"({"text":"Which?","poll":{"options":["a","b"],"duration_minutes":5,)"
                R"("reply_settings":"following"}})");
  EXPECT_EQ(seen(), 2U);
}

TEST_F(TwitterPosts, a_suspended_account_cannot_post) {
  const auto token = connect().access;
  control("account", {{.name = "suspended", .value = "true"}});
  const auto answer = post(token, R"({"text":"Let me out"})");
  EXPECT_EQ(answer.response.status, 403);
  EXPECT_TRUE(text_at(json_of(answer), "/type").ends_with("/user-suspended"));
}

}  // namespace herald::sandbox::twitter
