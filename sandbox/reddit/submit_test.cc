// Text and link posts and what refuses them (vectors R10 to R20, R29, R30).
#include "sandbox/reddit/rig.h"

namespace herald::sandbox::reddit {

class RedditSubmit : public RedditTest {
 protected:
  RedditSubmit() : token(connect().access) {}
  std::string token;
};

TEST_F(RedditSubmit, a_text_post_has_an_id_at_once_and_is_seen_once) {
  const auto answer = submit(token, {{.name = "title", .value = "  Day\n3 &  more "}});
  EXPECT_TRUE(answer.publishes);
  const auto body = json_of(answer);
  const auto id = text_at(body, "/json/data/id");
  EXPECT_EQ(text_at(body, "/json/data/name"), "t3_" + id);
  EXPECT_EQ(text_at(body, "/json/data/url"),
            "https://www.reddit.com/r/breadlab/comments/" + id + "/day_3_more/");
  ASSERT_EQ(seen(), 1u);
  const auto entry = rig.ledger.entries().front();
  EXPECT_EQ(entry.platform, "reddit");
  EXPECT_EQ(entry.account_name, "u/bluebakery");
  EXPECT_EQ(entry.kind, "text");
  EXPECT_EQ(entry.title, "Day 3 & more");
  EXPECT_EQ(entry.id, "t3_" + id);
  EXPECT_EQ(text_at(newest(token), "/title"), "Day 3 & more");
  EXPECT_EQ(text_at(newest(token), "/selftext"), "It rises.");
}

TEST_F(RedditSubmit, without_raw_json_answers_are_escaped) {
  posted(submit(token, {{.name = "title", .value = "a < b & c"}}));
  const auto listing = json_of(get("/user/bluebakery/submitted", token));
  EXPECT_EQ(text_at(listing, "/data/children/0/data/title"), "a &lt; b &amp; c");
  EXPECT_EQ(text_at(newest(token), "/title"), "a < b & c");
}

TEST_F(RedditSubmit, R10_without_api_type_the_answer_is_the_old_one) {
  const auto refused =
      submit(token, {{.name = "api_type", .value = ""}, {.name = "title", .value = ""}});
  const auto body = json_of(refused);
  EXPECT_EQ(refused.response.status, 200);
  EXPECT_EQ(*at(body, "/success"), false);
  EXPECT_EQ(*at(body, "/jquery/0"), boost::json::parse(R"([0,1,"call",["body"]])"));
  EXPECT_EQ(seen(), 0u);
  const auto taken = json_of(submit(token, {{.name = "api_type", .value = ""}}));
  EXPECT_EQ(*at(taken, "/success"), true);
  EXPECT_EQ(at(taken, "/json"), nullptr);
  EXPECT_EQ(seen(), 1u);
}

TEST_F(RedditSubmit, R11_a_json_body_is_not_read) {
  const auto answer = post_json(
      "/api/submit?api_type=json",
      {{"api_type", "json"}, {"kind", "self"}, {"sr", "breadlab"}, {"title", "Day 3"}}, token);
  EXPECT_EQ(*at(json_of(answer), "/success"), false) << "not even api_type is";
  EXPECT_NE(answer.response.body.find("SUBREDDIT_REQUIRED"), std::string::npos);
  expect_wrong(submit(token, {{.name = "sr", .value = ""}}),
               R"(["SUBREDDIT_REQUIRED","you must specify a subreddit","sr"])");
  EXPECT_EQ(seen(), 0u);
}

TEST_F(RedditSubmit, R12_a_title_has_at_most_300_code_points) {
  std::string title;
  for (int i = 0; i < 300; ++i) title += "ü";
  posted(submit(token, {{.name = "title", .value = title}}));
  expect_wrong(submit(token, {{.name = "title", .value = title + "a"}}),
               R"x(["TOO_LONG","this is too long (max: 300)","title"])x");
}

TEST_F(RedditSubmit, R13_a_title_must_say_something) {
  expect_wrong(submit(token, {{.name = "title", .value = " \n "}}),
               R"(["NO_TEXT","we need something here","title"])");
}

TEST_F(RedditSubmit, R14_a_subreddit_must_exist) {
  const auto* refusal = R"(["SUBREDDIT_NOEXIST","that subreddit doesn't exist","sr"])";
  expect_wrong(submit(token, {{.name = "sr", .value = "nowhere"}}), refusal);
  expect_wrong(submit(token, {{.name = "sr", .value = "OldMill"}}), refusal);
}

TEST_F(RedditSubmit, the_account_must_be_allowed_to_post_there) {
  const auto* refusal = R"(["SUBREDDIT_NOTALLOWED","you aren't allowed to post there.","sr"])";
  expect_wrong(submit(token, {{.name = "sr", .value = "MasterBakers"}}), refusal);
  expect_wrong(submit(token, {{.name = "sr", .value = "SecretCellar"}}), refusal);
  expect_wrong(submit(token, {{.name = "sr", .value = "u_cornerbooks"}}), refusal);
  expect_wrong(submit(token, {{.name = "sr", .value = "HarbourTalk"}}),
               R"(["SUBREDDIT_NOTALLOWED_BANNED",)"
               R"("You've been banned from contributing to this community","sr"])");
  posted(submit(token, {{.name = "sr", .value = "u_bluebakery"}}));
}

TEST_F(RedditSubmit, R15_a_community_takes_the_kinds_that_it_takes) {
  expect_wrong(submit(token, {{.name = "sr", .value = "bakingnews"}}),
               R"(["NO_SELFS","that subreddit doesn't allow text posts","sr"])");
  expect_wrong(
      submit_link(token, "https://bakery.example.com/", {{.name = "sr", .value = "AskBakers"}}),
      R"(["NO_LINKS","that subreddit only allows text posts","sr"])");
}

TEST_F(RedditSubmit, R16_the_same_link_is_taken_once_per_community) {
  const std::string url = "https://bakery.example.com/rye";
  posted(submit_link(token, url));
  const auto* refusal = R"(["ALREADY_SUB","that link has already been submitted","url"])";
  expect_wrong(submit_link(token, url, {{.name = "resubmit", .value = "false"}}), refusal);
  expect_wrong(submit_link(token, url), refusal);
  expect_wrong(submit_link(token, "https://news.example/starters"), refusal);  // Somebody else's.
  posted(submit_link(token, url, {{.name = "sr", .value = "BakingNews"}}));
  posted(submit_link(token, url, {{.name = "resubmit", .value = "True"}}));
  EXPECT_EQ(seen(), 3u);
}

TEST_F(RedditSubmit, a_link_must_be_one_and_lead_where_reddit_lets_it) {
  expect_wrong(submit_link(token, ""), R"(["NO_URL","a url is required","url"])");
  expect_wrong(submit_link(token, "bakery"), R"(["BAD_URL","you should check that url","url"])");
  const auto banned = submit_link(token, "https://shop.banned.example/x");
  EXPECT_EQ(text_at(json_of(banned), "/json/errors/0/0"), "DOMAIN_BANNED");
}

TEST_F(RedditSubmit, R17_a_new_account_must_wait_between_two_posts) {
  const auto fresh = connect("cornerbooks").access;
  posted(submit(fresh));
  pass(std::chrono::milliseconds(65'800));
  const auto answer = submit(fresh);
  expect_wrong(answer, R"(["RATELIMIT",)"
                       R"("you are doing that too much. try again in 8 minutes.","ratelimit"])");
  EXPECT_EQ(*at(json_of(answer), "/json/ratelimit"), 534.2);
  turn("ratelimit_number", "off");
  turn("ratelimit_words", "break");
  const auto other = json_of(submit(fresh));
  EXPECT_EQ(at(other, "/json/ratelimit"), nullptr);
  EXPECT_EQ(text_at(other, "/json/errors/0/1"),
            "Looks like you've been doing that a lot. Take a break for 8 minutes before trying "
            "again.");
  pass(std::chrono::milliseconds(534'200));
  posted(submit(fresh));
  posted(submit(token));
  posted(submit(token));
}

TEST_F(RedditSubmit, R18_where_flair_is_demanded_it_must_be_given) {
  const std::vector<Field> cake = {{.name = "sr", .value = "CakeClub"},
                                   {.name = "title", .value = "A lemon tart"}};
  expect_wrong(
      submit(token, cake),
      R"(["SUBMIT_VALIDATION_FLAIR_REQUIRED","Your post must contain post flair.","flair"])");
  auto chosen = cake;
  chosen.push_back({.name = "flair_id", .value = "2b3c0000-0000-11ee-0000-000000000002"});
  chosen.push_back({.name = "flair_text", .value = "Not editable"});
  posted(submit(token, chosen));
  EXPECT_EQ(text_at(newest(token), "/link_flair_text"), "Tart");
  turn("validation_answer", "400");
  const auto as_400 = submit(token, cake);
  EXPECT_EQ(as_400.response.status, 400);
  EXPECT_EQ(text_at(json_of(as_400), "/reason"), "SUBMIT_VALIDATION_FLAIR_REQUIRED");
}

TEST_F(RedditSubmit, a_flair_is_one_of_the_communitys) {
  const auto with = [&](const std::string& id, const std::string& text = {}) {
    return submit(token,
                  {{.name = "flair_id", .value = id}, {.name = "flair_text", .value = text}});
  };
  const auto* refusal = R"(["INVALID_OPTION","that option is not valid","flair_id"])";
  expect_wrong(with("2b3c0000-0000-11ee-0000-000000000001"), refusal);
  expect_wrong(with("1a2b0000-0000-11ee-0000-000000000003"), refusal);  // For moderators.
  expect_wrong(with("1a2b0000-0000-11ee-0000-000000000002", std::string(65, 'x')),
               R"x(["TOO_LONG","this is too long (max: 64)","flair_text"])x");
  posted(with("1a2b0000-0000-11ee-0000-000000000002", "Sour?"));
  EXPECT_EQ(text_at(newest(token), "/link_flair_text"), "Sour?");
}

TEST_F(RedditSubmit, R19_a_forbidden_word_in_the_title_is_a_400) {
  const std::vector<Field> giveaway = {
      {.name = "sr", .value = "cakeclub"},
      {.name = "title", .value = "A Giveaway of cakes"},
      {.name = "flair_id", .value = "2b3c0000-0000-11ee-0000-000000000001"}};
  expect_body(
      submit(token, giveaway), 400,
      R"({"fields":["title"],"explanation":"You may not have \"giveaway\" in your title. ",)"
      R"("error_type":"SUBMIT_VALIDATION_ERROR","message":"Bad Request",)"
      R"("reason":"SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING"})");
  turn("validation_answer", "200");
  EXPECT_EQ(text_at(json_of(submit(token, giveaway)), "/json/errors/0/0"),
            "SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING");
  auto unasked = giveaway;
  unasked.push_back({.name = "validate_on_submit", .value = ""});
  posted(submit(token, unasked));
}

TEST_F(RedditSubmit, requirements_differ_from_community_to_community) {
  turn("validation_answer", "400");
  const auto reason = [&](const std::vector<Field>& changes) {
    return text_at(json_of(submit(token, changes)), "/reason");
  };
  EXPECT_EQ(reason({{.name = "sr", .value = "CakeClub"}}), "SUBMIT_VALIDATION_TITLE_MIN_LENGTH");
  EXPECT_EQ(reason({{.name = "sr", .value = "AskBakers"}}), "SUBMIT_VALIDATION_TITLE_REGEX");
  EXPECT_EQ(reason({{.name = "sr", .value = "AskBakers"},
                    {.name = "title", .value = "Why?"},
                    {.name = "text", .value = ""}}),
            "SUBMIT_VALIDATION_BODY_REQUIRED");
  EXPECT_EQ(reason({{.name = "sr", .value = "AskBakers"}, {.name = "title", .value = "Why?"}}),
            "SUBMIT_VALIDATION_BODY_MIN_LENGTH");
  EXPECT_EQ(reason({{.name = "sr", .value = "OvenPhotos"}}), "SUBMIT_VALIDATION_BODY_NOT_ALLOWED");
  const auto link =
      submit_link(token, "https://blog.example/x", {{.name = "sr", .value = "BakingNews"}});
  EXPECT_EQ(text_at(json_of(link), "/reason"), "SUBMIT_VALIDATION_LINK_WHITELIST");
  posted(submit_link(token, "https://www.news.example/x", {{.name = "sr", .value = "BakingNews"}}));
}

TEST_F(RedditSubmit, the_first_failing_group_is_reported_alone) {
  expect_wrong(submit(token, {{.name = "sr", .value = "nowhere"}, {.name = "title", .value = ""}}),
               R"(["SUBREDDIT_NOEXIST","that subreddit doesn't exist","sr"])");
  expect_wrong(submit_link(token, "bad", {{.name = "title", .value = ""}}),
               R"(["NO_TEXT","we need something here","title"])");
  expect_wrong(submit(token, {{.name = "text", .value = std::string(40'001, 'x')}}),
               R"x(["TOO_LONG","this is too long (max: 40000)","text"])x");
}

TEST_F(RedditSubmit, a_kind_that_is_not_known_brings_neither_error_nor_data) {
  expect_body(submit(token, {{.name = "kind", .value = ""}}), 200, R"({"json":{"errors":[]}})");
  EXPECT_EQ(seen(), 0u);
  turn("missing_kind", "refused");
  expect_wrong(submit(token, {{.name = "kind", .value = "song"}}),
               R"(["INVALID_OPTION","that option is not valid","kind"])");
}

TEST_F(RedditSubmit, a_suspended_account_does_not_post) {
  control("account", {{.name = "suspended", .value = "true"}});
  expect_wrong(submit(token), R"(["IN_TIMEOUT","You can't do that while suspended.",null])");
}

TEST_F(RedditSubmit, nsfw_and_spoiler_are_kept_and_an_nsfw_community_marks_its_posts) {
  posted(submit(token, {{.name = "spoiler", .value = "True"}}));
  EXPECT_EQ(*at(newest(token), "/spoiler"), true);
  EXPECT_EQ(*at(newest(token), "/over_18"), false);
  posted(submit(token, {{.name = "sr", .value = "NightBakers"}}));
  EXPECT_EQ(*at(newest(token), "/over_18"), true);
  posted(submit(token, {{.name = "nsfw", .value = "true"}}));
  EXPECT_EQ(*at(newest(token), "/over_18"), true);
}

TEST_F(RedditSubmit, R29_a_post_whose_answer_was_lost_is_found_in_the_listing) {
  Call call;
  EXPECT_EQ(side->scripted("R29", call).status, 502);
  const auto before = rig.wall;
  posted(submit(token));  // The answer that the client never sees.
  const auto found = newest(token);
  EXPECT_EQ(text_at(found, "/subreddit"), "breadlab");
  EXPECT_EQ(text_at(found, "/title"), "Day 3");
  EXPECT_GE(at(found, "/created_utc")->as_double(), static_cast<double>(to_ms(before) / 1000));
  EXPECT_EQ(seen(), 1u);
}

TEST_F(RedditSubmit, R30_a_bot_removes_a_post_that_was_accepted) {
  control("next-removal");
  const auto name = posted(submit(token));
  EXPECT_EQ(seen(), 1u);
  pass(std::chrono::seconds(1));
  const auto info = json_of(get("/api/info?id=" + name, token));
  EXPECT_EQ(text_at(info, "/data/children/0/data/removed_by_category"), "automod_filtered");
  EXPECT_EQ(seen("removed"), 1u);
  EXPECT_EQ(text_at(newest(token), "/name"), name) << "still in its author's own listing";
  const auto other = json_of(get("/r/breadlab/new", token));
  EXPECT_NE(text_at(other, "/data/children/0/data/name"), name);
}

}  // namespace herald::sandbox::reddit
