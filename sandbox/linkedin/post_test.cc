// Headers, texts, permissions and what becomes of a post (vectors L9 to L17, L24, L28 to L30).
#include "sandbox/linkedin/rig.h"

namespace herald::sandbox::linkedin {

class LinkedInPosts : public LinkedInTest {};

constexpr const char* kDenied =
    R"({"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":)"
    R"("Not enough permissions to access: partnerApiPostsExternal.CREATE.20260801"})";

std::string letters(std::size_t count) { return std::string(count, 'a'); }

TEST_F(LinkedInPosts, a_text_becomes_visible_once_with_its_link) {
  const auto answer = post(connect(), body_of(kMember, R"(New oven \(finally\) is here #baking)"));
  EXPECT_EQ(answer.response.status, 201);
  EXPECT_TRUE(answer.response.body.empty());
  EXPECT_TRUE(answer.publishes);
  const auto urn = header_of(answer, "x-restli-id");
  EXPECT_TRUE(urn.starts_with("urn:li:share:7")) << urn;
  ASSERT_EQ(rig.ledger.entries().size(), 1U);
  const auto entry = rig.ledger.entries().front();
  EXPECT_EQ(entry.platform, "linkedin");
  EXPECT_EQ(entry.account, kMember);
  EXPECT_EQ(entry.account_name, "Mia Baker");
  EXPECT_EQ(entry.text, "New oven (finally) is here #baking");
  EXPECT_EQ(entry.link, "https://www.linkedin.com/feed/update/" + urn);
  const auto page = ask({.url = entry.link}).response;
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("New oven (finally)"), std::string::npos);
}

TEST_F(LinkedInPosts, L9_without_a_version_nothing_is_answered) {
  expect_body(send("/rest/posts", body_of(kMember, "Hi"), connect(),
                   {{"X-Restli-Protocol-Version", "2.0.0"}}),
              400,
              R"({"status":400,"code":"VERSION_MISSING","message":"A version must be present. )"
              R"(Please specify a version by adding the LinkedIn-Version header."})");
  EXPECT_EQ(seen(), 0U);
}

TEST_F(LinkedInPosts, L10_a_version_lives_a_year_and_a_little) {
  const auto status = [&](const char* month) {
    return get("/rest/organizationAcls?q=roleAssignee", connect(kAllScopes),
               {{"linkedin-version", month}, {"X-Restli-Protocol-Version", "2.0.0"}})
        .response.status;
  };
  expect_body(get("/rest/posts", connect(), {{"LinkedIn-Version", "202401"}}), 426,
              R"({"status":426,"code":"NONEXISTENT_VERSION",)"
              R"("message":"Requested version 20240101 is not active"})");
  EXPECT_EQ(status("202608"), 200);
  EXPECT_EQ(status("202611"), 200);
  EXPECT_EQ(status("202612"), 426) << "it is November";
  EXPECT_EQ(status("202510"), 200);
  EXPECT_EQ(status("202509"), 426) << "its fourteenth month is half over";
  turn("newest_version_day", "25");
  EXPECT_EQ(status("202611"), 426) << "not in its first days";
}

TEST_F(LinkedInPosts, the_protocol_header_is_wanted_unless_switched) {
  const auto token = connect();
  const auto bare = [&] {
    return send("/rest/posts", body_of(kMember, "Hi"), token, {{"LinkedIn-Version", "202608"}});
  };
  expect_refused(bare(), 400, "ILLEGAL_ARGUMENT");
  turn("protocol_header", "free");
  EXPECT_EQ(bare().response.status, 201);
}

TEST_F(LinkedInPosts, L11_a_bad_bearer_is_invalid_and_none_is_empty) {
  expect_body(post("nobody", body_of(kMember, "Hi")), 401,
              R"({"status":401,"serviceErrorCode":65600,"code":"INVALID_ACCESS_TOKEN",)"
              R"("message":"Invalid access token"})");
  expect_refused(post("", body_of(kMember, "Hi")), 401, "EMPTY_ACCESS_TOKEN");
}

TEST_F(LinkedInPosts, L12_a_member_scope_does_not_post_for_an_organization) {
  expect_body(post(connect(), body_of(kBakery, "Hi")), 403, kDenied);
  EXPECT_EQ(seen(), 0U);
}

TEST_F(LinkedInPosts, L13_nobody_posts_as_another_person) {
  expect_body(post(connect(), body_of("urn:li:person:someoneElse", "Hi")), 403, kDenied);
}

TEST_F(LinkedInPosts, a_role_on_the_page_is_needed_as_well) {
  const auto token = connect(kAllScopes);
  posted(token, body_of(kBakery, "Bread"));
  posted(token, body_of(kBooks, "Books"));
  expect_body(post(token, body_of(kChoir, "Songs")), 403, kDenied);
  control("role", {{.name = "organization", .value = "5550001"}});
  expect_body(post(token, body_of(kBakery, "More bread")), 403, kDenied);
  control("role", {{.name = "organization", .value = "5550003"},
                   {.name = "role", .value = "CONTENT_ADMIN"}});
  posted(token, body_of(kChoir, "Songs"));
  EXPECT_EQ(seen(), 3U);
}

TEST_F(LinkedInPosts, L14_a_missing_visibility_is_refused_in_two_ways) {
  const auto token = connect();
  auto body = boost::json::parse(body_of(kMember, "Hi")).as_object();
  body.erase("visibility");
  const auto text = boost::json::serialize(body);
  expect_body(post(token, text), 422,
              R"({"message":"ERROR :: /visibility :: field is required but not found and has no )"
              R"(default value\n","status":422})");
  turn("validation", "400");
  expect_refused(post(token, text), 400, "MISSING_FIELD");
}

TEST_F(LinkedInPosts, an_unknown_field_is_refused) {
  const auto answer = post(connect(), body_of(kMember, "Hi", R"(,"mood":"good")"));
  EXPECT_EQ(answer.response.status, 422);
  EXPECT_NE(answer.response.body.find("/mood"), std::string::npos);
}

TEST_F(LinkedInPosts, L15_an_unknown_visibility_is_an_invalid_value) {
  auto body = boost::json::parse(body_of(kMember, "Hi")).as_object();
  body["visibility"] = "FRIENDS";
  expect_refused(post(connect(), boost::json::serialize(body)), 400, "INVALID_VALUE_FOR_FIELD");
  body["visibility"] = "CONNECTIONS";
  const auto token = connect(kAllScopes);
  EXPECT_EQ(post(token, boost::json::serialize(body)).response.status, 201);
  EXPECT_EQ(rig.ledger.entries().back().audience, "connections");
  body["author"] = kBakery;
  expect_refused(post(token, boost::json::serialize(body)), 400, "INVALID_VALUE_FOR_FIELD");
}

TEST_F(LinkedInPosts, L16_three_thousand_and_one_characters_are_too_many) {
  const auto token = connect();
  expect_refused(post(token, body_of(kMember, letters(3001))), 400, "FIELD_LENGTH_TOO_LONG");
  posted(token, body_of(kMember, letters(3000)));
  posted(token, body_of(kMember, letters(2999) + "\\("));
  turn("length_counted", "sent");
  expect_refused(post(token, body_of(kMember, letters(2998) + "b\\(")), 400,
                 "FIELD_LENGTH_TOO_LONG");
  expect_refused(post(token, body_of(kMember, letters(2999) + "\xF0\x9F\x8D\x9E")), 400,
                 "FIELD_LENGTH_TOO_LONG");
  turn("length_unit", "code_points");
  posted(token, body_of(kMember, letters(2999) + "\xF0\x9F\x8D\x9E"));
}

TEST_F(LinkedInPosts, L17_an_unescaped_sign_cuts_the_text_and_nobody_says_so) {
  const auto token = connect(kAllScopes);
  const auto urn = posted(token, body_of(kBakery, "Fresh rolls (from seven) every day"));
  EXPECT_EQ(rig.ledger.entries().back().text, "Fresh rolls ");
  EXPECT_EQ(text_at(json_of(get(path_of(urn), token)), "/commentary"), "Fresh rolls ");
  const auto page = ask({.url = "https://www.linkedin.com/feed/update/" + urn}).response.body;
  EXPECT_EQ(page.find("from seven"), std::string::npos);
}

TEST_F(LinkedInPosts, L24_the_same_post_again_names_the_first) {
  const auto token = connect();
  const auto first = posted(token, body_of(kMember, "Once"));
  expect_body(post(token, body_of(kMember, "Once")), 422,
              R"({"message":"Content is a duplicate of )" + first +
                  R"(","status":422,"code":"DUPLICATE_POST"})");
  turn("duplicate_urn", "activity");
  EXPECT_NE(post(token, body_of(kMember, "Once")).response.body.find("urn:li:activity:"),
            std::string::npos);
  EXPECT_EQ(seen(), 1U);
  pass(std::chrono::hours(24));
  posted(token, body_of(kMember, "Once"));
}

TEST_F(LinkedInPosts, L28_a_post_is_deleted_twice) {
  const auto token = connect();
  const auto urn = posted(token, body_of(kMember, "Gone soon"));
  EXPECT_EQ(remove(path_of(urn), token).response.status, 204);
  EXPECT_EQ(remove(path_of(urn), token).response.status, 204);
  EXPECT_EQ(seen("removed"), 1U);
  turn("delete_again", "404");
  expect_refused(remove(path_of(urn), token), 404, "NOT_FOUND");
  EXPECT_EQ(ask({.url = "https://www.linkedin.com/feed/update/" + urn}).response.status, 404);
}

TEST_F(LinkedInPosts, L29_the_id_may_be_encoded_or_missing) {
  const auto token = connect();
  turn("restli_id", "encoded");
  EXPECT_TRUE(posted(token, body_of(kMember, "One")).starts_with("urn%3Ali%3Ashare%3A7"));
  turn("restli_id", "missing");
  EXPECT_EQ(posted(token, body_of(kMember, "Two")), "");
  EXPECT_EQ(seen(), 2U);
}

TEST_F(LinkedInPosts, L30_a_partial_update_must_be_named) {
  const auto token = connect();
  const auto urn = posted(token, body_of(kMember, "Frist"));
  const std::string patch = R"x({"patch":{"$set":{"commentary":"First \\(now\\)"}}})x";
  expect_refused(send(path_of(urn), patch, token), 400, "ILLEGAL_ARGUMENT");
  auto headers = usual();
  headers.push_back({"X-RestLi-Method", "PARTIAL_UPDATE"});
  EXPECT_EQ(send(path_of(urn), patch, token, headers).response.status, 204);
  EXPECT_EQ(rig.ledger.entries().back().event, "changed");
  EXPECT_EQ(rig.ledger.entries().back().text, "First (now)");
  expect_refused(send(path_of(urn), R"({"patch":{"$set":{"content":{}}}})", token, headers), 400,
                 "INVALID_VALUE_FOR_FIELD");
}

TEST_F(LinkedInPosts, a_bare_urn_in_an_address_is_a_syntax_fault) {
  const auto token = connect(kAllScopes);
  const auto urn = posted(token, body_of(kBakery, "Bread"));
  EXPECT_EQ(get(path_of(urn), token).response.status, 200);
  expect_refused(get("/rest/posts/" + urn, token), 400, "ILLEGAL_ARGUMENT");
  expect_refused(get("/rest/posts?q=author&author=" + std::string(kBakery), token), 400,
                 "ILLEGAL_ARGUMENT");
  expect_refused(get("/rest/organizations?ids=List%285550001%29", token), 400, "ILLEGAL_ARGUMENT");
}

TEST_F(LinkedInPosts, a_method_that_contradicts_the_address_is_not_resolved) {
  auto headers = usual();
  headers.push_back({"X-RestLi-Method", "finder"});
  const auto token = connect(kAllScopes);
  const auto path = "/rest/posts?q=author&author=" + percent_encoded(kBakery);
  EXPECT_EQ(get(path, token, headers).response.status, 200);
  expect_refused(send("/rest/posts", body_of(kBakery, "Hi"), token, headers), 400,
                 "ILLEGAL_ARGUMENT");
  expect_refused(get("/rest/nothing", token), 404, "RESOURCE_NOT_FOUND");
}

TEST_F(LinkedInPosts, an_organizations_newest_posts_are_found_again) {
  const auto token = connect(kAllScopes);
  const auto older = posted(token, body_of(kBakery, "Older"));
  pass(std::chrono::seconds(1));
  const auto newer = posted(token, body_of(kBakery, "Newer"));
  posted(token, body_of(kMember, "Not the page's"));
  const auto path =
      "/rest/posts?author=" + percent_encoded(kBakery) + "&q=author&count=10&sortBy=LAST_MODIFIED";
  const auto found = json_of(get(path, token));
  EXPECT_EQ(value_at(found, "/paging/total"), 2);
  EXPECT_EQ(text_at(found, "/elements/0/id"), newer);
  EXPECT_EQ(text_at(found, "/elements/1/id"), older);
  EXPECT_EQ(value_at(found, "/elements/0/createdAt"), to_ms(rig.wall));
  turn("finder_lag_ms", "500");
  EXPECT_EQ(value_at(json_of(get(path, token)), "/paging/total"), 1);
  expect_refused(get("/rest/posts?q=author&author=" + percent_encoded(kMember), token), 403,
                 "ACCESS_DENIED");
}

TEST_F(LinkedInPosts, drafts_and_posts_outside_the_feed_are_not_on_the_page) {
  const auto token = connect();
  auto body = boost::json::parse(body_of(kMember, "Only by its link")).as_object();
  body["distribution"].as_object()["feedDistribution"] = "NONE";
  posted(token, boost::json::serialize(body));
  EXPECT_EQ(rig.ledger.entries().back().audience, "unlisted");
  body["commentary"] = "Not yet";
  body["lifecycleState"] = "DRAFT";
  const auto draft = post(token, boost::json::serialize(body));
  EXPECT_EQ(draft.response.status, 201);
  EXPECT_FALSE(draft.publishes);
  EXPECT_EQ(seen(), 1U);
  const auto profile = ask({.url = "https://www.linkedin.com/in/mia-baker"}).response.body;
  EXPECT_EQ(profile.find("Only by its link"), std::string::npos);
}

TEST_F(LinkedInPosts, L26_the_day_has_a_limit_and_an_end) {
  const auto token = connect();
  turn("daily_member_calls", "2");
  posted(token, body_of(kMember, "One"));
  posted(token, body_of(kMember, "Two"));
  expect_body(post(token, body_of(kMember, "Three")), 429,
              R"({"serviceErrorCode":101,"message":"Resource level throttle )"
              R"(APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached",)"
              R"("status":429})");
  EXPECT_EQ(initialize("images", token, kMember).response.status, 200) << "another resource";
  pass(std::chrono::hours(12) - std::chrono::milliseconds(1));
  EXPECT_EQ(post(token, body_of(kMember, "Three")).response.status, 429);
  pass(std::chrono::milliseconds(1));
  posted(token, body_of(kMember, "Three"));
  EXPECT_EQ(seen(), 3U);
}

TEST_F(LinkedInPosts, scripted_answers_speak_as_the_side_does) {
  const Call call;
  EXPECT_EQ(side->scripted("L24", call).status, 422);
  EXPECT_EQ(side->scripted("L26", call).status, 429);
  EXPECT_EQ(side->scripted("nothing", call).status, 0);
  EXPECT_EQ(side->rate_limited(call).body, side->scripted("L26", call).body);
}

}  // namespace herald::sandbox::linkedin
