// Accounts, communities, listings, comments, deletion, numbers, pages, and the state kept on disk.
#include "sandbox/reddit/rig.h"

namespace herald::sandbox::reddit {

class RedditRead : public RedditTest {
 protected:
  RedditRead() : token(connect().access) {}

  Answer comment(const std::string& parent, const std::string& text) {
    return post(
        "/api/comment",
        changed({{.name = "api_type", .value = "json"}, {.name = "thing_id", .value = parent}},
                {{.name = "text", .value = text}}),
        token);
  }
  boost::json::value info(const std::string& name) {
    return *at(json_of(get("/api/info?raw_json=1&id=" + name, token)), "/data/children/0/data");
  }

  std::string token;
};

TEST_F(RedditRead, me_is_flat_and_its_icon_has_a_query) {
  const auto body = json_of(get("/api/v1/me?raw_json=1", token));
  EXPECT_EQ(text_at(body, "/id"), "abc123");
  EXPECT_EQ(text_at(body, "/name"), "bluebakery");
  EXPECT_EQ(text_at(body, "/subreddit/display_name"), "u_bluebakery");
  EXPECT_EQ(*at(body, "/total_karma"), 510);
  EXPECT_NE(text_at(body, "/icon_img").find("?width=256&s="), std::string::npos);
}

TEST_F(RedditRead, a_community_says_what_it_takes_and_demands) {
  const auto about = json_of(get("/r/cakeclub/about", token));
  EXPECT_EQ(text_at(about, "/data/submission_type"), "any");
  EXPECT_EQ(*at(about, "/data/allow_galleries"), false);
  EXPECT_EQ(*at(about, "/data/link_flair_enabled"), true);
  const auto demands = json_of(get("/api/v1/CakeClub/post_requirements", token)).as_object();
  EXPECT_EQ(demands.at("is_flair_required"), true);
  EXPECT_EQ(demands.at("title_text_min_length"), 10);
  EXPECT_TRUE(demands.at("body_text_max_length").is_null());
  EXPECT_EQ(demands.at("title_blacklisted_strings"), boost::json::parse(R"(["giveaway"])"));
  EXPECT_EQ(demands.size(), 22u);
  const auto rules = json_of(get("/r/CakeClub/about/rules.json", token));
  EXPECT_EQ(text_at(rules, "/rules/0/short_name"), "Flair your post");
}

TEST_F(RedditRead, flairs_are_listed_in_two_ways_or_refused) {
  const auto flairs = json_of(get("/r/breadlab/api/link_flair_v2", token));
  EXPECT_EQ(text_at(flairs, "/0/text"), "Recipe");
  EXPECT_EQ(*at(flairs, "/1/text_editable"), true);
  EXPECT_EQ(*at(flairs, "/2/mod_only"), true);
  const auto choices = json_of(
      post("/r/breadlab/api/flairselector", {{.name = "is_newlink", .value = "true"}}, token));
  EXPECT_EQ(at(choices, "/choices")->as_array().size(), 2u);
  EXPECT_EQ(text_at(choices, "/choices/0/flair_template_id"), text_at(flairs, "/0/id"));
  EXPECT_EQ(get("/r/AskBakers/api/link_flair_v2", token).response.status, 403);
}

TEST_F(RedditRead, R20_a_private_community_is_closed_and_a_banned_one_gone) {
  expect_body(get("/r/SecretCellar/about", token), 403,
              R"({"reason":"private","message":"Forbidden","error":403})");
  expect_body(get("/api/v1/SecretCellar/post_requirements", token), 403,
              R"({"reason":"private","message":"Forbidden","error":403})");
  expect_body(get("/r/OldMill/about", token), 404,
              R"({"reason":"banned","message":"Not Found","error":404})");
  expect_body(get("/r/nowhere/about", token), 404, R"({"message":"Not Found","error":404})");
}

TEST_F(RedditRead, communities_are_found_by_membership_and_by_words) {
  const auto mine = get("/subreddits/mine/subscriber?limit=100", token).response.body;
  EXPECT_NE(mine.find("\"breadlab\""), std::string::npos);
  EXPECT_EQ(mine.find("\"AskBakers\""), std::string::npos);
  const auto found = json_of(get("/subreddits/search?q=cake", token));
  EXPECT_EQ(at(found, "/data/children")->as_array().size(), 1u);
  EXPECT_EQ(text_at(found, "/data/children/0/data/display_name"), "CakeClub");
}

TEST_F(RedditRead, the_submitted_listing_comes_in_pages_and_needs_history) {
  std::vector<std::string> names;
  for (int i = 0; i < 3; ++i) names.push_back(posted(submit(token)));
  const auto first = json_of(get("/user/bluebakery/submitted?limit=2", token));
  EXPECT_EQ(text_at(first, "/data/children/0/data/name"), names[2]);
  EXPECT_EQ(text_at(first, "/data/after"), names[1]);
  const auto second = json_of(get("/user/bluebakery/submitted?limit=2&after=" + names[1], token));
  EXPECT_EQ(text_at(second, "/data/children/0/data/name"), names[0]);
  EXPECT_TRUE(at(second, "/data/after")->is_null());
  const auto other = connect("bluebakery", "identity read").access;
  EXPECT_EQ(get("/user/bluebakery/submitted", other).response.status, 403);
  turn("listing_scope", "read");
  EXPECT_EQ(get("/user/bluebakery/submitted", other).response.status, 200);
}

TEST_F(RedditRead, a_comment_stands_under_its_post) {
  const auto name = posted(submit(token));
  const auto answer = comment(name, "First & last");
  EXPECT_TRUE(answer.publishes);
  const auto said = text_at(json_of(answer), "/json/data/things/0/data/name");
  EXPECT_TRUE(said.starts_with("t1_")) << answer.response.body;
  EXPECT_EQ(*at(info(name), "/num_comments"), 1);
  EXPECT_EQ(text_at(info(said), "/body"), "First & last");
  const auto entry = rig.ledger.entries().back();
  EXPECT_EQ(entry.event, "comment");
  EXPECT_EQ(entry.parent, name);
  const auto thread = json_of(get("/comments/" + name.substr(3), token));
  EXPECT_EQ(text_at(thread, "/1/data/children/0/data/name"), said);
  comment(said, "An answer");
  EXPECT_EQ(*at(info(name), "/num_comments"), 2);
}

TEST_F(RedditRead, comments_are_refused_in_reddits_words) {
  const auto name = posted(submit(token));
  expect_wrong(comment(name, ""), R"(["NO_TEXT","we need something here","text"])");
  expect_wrong(comment(name, std::string(10'001, 'x')),
               R"x(["TOO_LONG","this is too long (max: 10000)","text"])x");
  const auto said = text_at(json_of(comment(name, "Hm")), "/json/data/things/0/data/name");
  post("/api/del", {{.name = "id", .value = said}}, token);
  expect_wrong(comment(said, "Hm?"),
               R"(["DELETED_COMMENT","that comment has been deleted","parent"])");
  control("post", {{.name = "id", .value = name}, {.name = "locked", .value = "true"}});
  expect_wrong(comment(name, "?"), R"(["THREAD_LOCKED","Comments are locked.","parent"])");
  EXPECT_EQ(comment("t3_nothing", "?").response.status, 404);
}

TEST_F(RedditRead, deletion_always_says_the_same) {
  const auto name = posted(submit(token));
  const auto foreign = control("foreign-post", {{.name = "account", .value = "harbourchoir"}});
  const auto other = text_at(json_of(foreign), "/id");
  const std::string names[] = {name, name, other, "t3_nothing"};
  for (const auto& one : names)
    expect_body(post("/api/del", {{.name = "id", .value = one}}, token), 200, "{}");
  EXPECT_EQ(seen("removed"), 1u);
  EXPECT_TRUE(newest(token).is_null());
  EXPECT_EQ(text_at(info(name), "/author"), "[deleted]");
  EXPECT_EQ(text_at(info(other), "/author"), "harbourchoir");
}

TEST_F(RedditRead, texts_can_be_edited_and_nothing_else) {
  const auto edit = [&](const std::string& name) {
    return post("/api/editusertext",
                {{.name = "api_type", .value = "json"},
                 {.name = "thing_id", .value = name},
                 {.name = "text", .value = "It fell."}},
                token);
  };
  const auto name = posted(submit(token));
  EXPECT_EQ(edit(name).response.status, 200);
  EXPECT_EQ(text_at(info(name), "/selftext"), "It fell.");
  EXPECT_EQ(seen("changed"), 1u);
  EXPECT_EQ(edit(posted(submit_link(token, "https://a.example/"))).response.status, 403);
  const auto said = text_at(json_of(comment(name, "Hm")), "/json/data/things/0/data/name");
  EXPECT_EQ(edit(said).response.status, 200);
  EXPECT_EQ(rig.ledger.entries().back().event, "comment");
  EXPECT_EQ(rig.ledger.entries().back().text, "It fell.");
}

TEST_F(RedditRead, scores_grow_and_what_reddit_does_not_tell_is_null) {
  const auto name = posted(submit(token));
  const auto early = at(info(name), "/score")->to_number<std::int64_t>();
  EXPECT_TRUE(at(info(name), "/view_count")->is_null());
  pass(std::chrono::hours(48));
  token = connect().access;
  const auto late = at(info(name), "/score")->to_number<std::int64_t>();
  EXPECT_EQ(early, 1);
  EXPECT_GT(late, 8);
  const auto me = json_of(get("/api/v1/me", token));
  EXPECT_GT(at(me, "/link_karma")->to_number<std::int64_t>(), 208);
}

TEST_F(RedditRead, a_post_has_a_page_of_its_own) {
  const auto name = posted(submit(token, {{.name = "title", .value = "<Day> 3"}}));
  const auto page = ask({.url = "https://www.reddit.com" + text_at(info(name), "/permalink")});
  EXPECT_EQ(page.response.status, 200);
  EXPECT_NE(page.response.body.find("&lt;Day&gt; 3"), std::string::npos);
  for (const auto* path : {"/r/breadlab/", "/user/bluebakery/"})
    EXPECT_NE(
        ask({.url = std::string("https://www.reddit.com") + path}).response.body.find("It rises."),
        std::string::npos)
        << path;
  post("/api/del", {{.name = "id", .value = name}}, token);
  EXPECT_EQ(ask({.url = "https://www.reddit.com/r/breadlab/comments/" + name.substr(3) + "/x/"})
                .response.status,
            404);
}

TEST_F(RedditRead, an_unfinished_picture_survives_a_restart_of_the_sandbox) {
  submit_image(token, photo(token).url());
  const auto saved = side->save();
  auto next = make_reddit_side(rig.world);
  next->load(saved);
  EXPECT_EQ(next->save(), saved);
  side = std::move(next);
  pass(std::chrono::seconds(5));
  EXPECT_EQ(text_at(newest(token), "/title"), "Oven");
  side->restart();
  EXPECT_EQ(get("/api/v1/me", token).response.status, 401);
}

TEST_F(RedditRead, faults_can_take_a_token_away) {
  const auto tokens = connect();
  Call call;
  call.headers.set("Authorization", "bearer " + tokens.access);
  side->spoil_token(call, "expire");
  EXPECT_EQ(get("/api/v1/me", tokens.access).response.status, 401);
  const auto renewed = text_at(json_of(refresh(tokens.refresh)), "/access_token");
  call.headers.set("Authorization", "bearer " + renewed);
  side->spoil_token(call, "revoke");
  EXPECT_EQ(refresh(tokens.refresh).response.status, 400);
}

TEST_F(RedditRead, scripted_answers_have_the_words_of_the_vectors) {
  const Call call;
  EXPECT_EQ(side->scripted("R4", call).body, R"({"error":"invalid_grant"})");
  EXPECT_NE(side->scripted("R17", call).body.find("try again in 8 minutes"), std::string::npos);
  EXPECT_EQ(side->scripted("R19", call).status, 400);
  EXPECT_EQ(side->scripted("R27", call).status, 429);
  EXPECT_NE(side->scripted("user-required", call).body.find("USER_REQUIRED"), std::string::npos);
  EXPECT_EQ(side->scripted("R99", call).status, 0);
}

}  // namespace herald::sandbox::reddit
