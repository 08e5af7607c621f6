#include "sandbox/mastodon/rig.h"

namespace herald::sandbox::mastodon {

namespace {

using MastodonVectors = MastodonTest;
using MastodonCreate = MastodonTest;

TEST_F(MastodonVectors, MA21_APostIsPublishedAndSeen) {
  pass(-std::chrono::hours(2) + std::chrono::milliseconds(3123));
  const auto answer = say("Hello", connect(), "k1");
  const auto body = json_of(answer);
  EXPECT_EQ(answer.response.status, 200);
  EXPECT_TRUE(answer.publishes);
  const std::pair<const char*, const char*> texts[] = {
      {"/id", "115600000000000001"},
      {"/created_at", "2026-11-22T10:00:03.123Z"},
      {"/visibility", "public"},
      {"/url", "https://mastodon.example/@bluebakery/115600000000000001"},
      {"/uri", "https://mastodon.example/users/bluebakery/statuses/115600000000000001"},
      {"/content", "<p>Hello</p>"},
      {"/application/name", "Herald Demo"},
      {"/account/id", kBakery}};
  for (const auto& [name, value] : texts) EXPECT_EQ(text_at(body, name), value) << name;
  for (const auto* name :
       {"/replies_count", "/reblogs_count", "/favourites_count", "/quotes_count"})
    EXPECT_EQ(number_at(body, name), 0) << name;
  EXPECT_EQ(size_at(body, "/media_attachments"), 0);
  for (const auto* name : {"/poll", "/card", "/in_reply_to_id", "/application/website"}) {
    ASSERT_NE(at(body, name), nullptr) << name;
    EXPECT_TRUE(at(body, name)->is_null()) << name;
  }
  EXPECT_EQ(header_of(answer, "X-RateLimit-Limit"), "300");
  EXPECT_EQ(header_of(answer, "X-RateLimit-Remaining"), "299");
  EXPECT_EQ(header_of(answer, "X-RateLimit-Reset"), "2026-11-22T12:00:00.123456Z");
  const auto seen = rig.ledger.entries();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].platform, "mastodon");
  EXPECT_EQ(seen[0].text, "Hello");
  EXPECT_EQ(seen[0].account_name, "@bluebakery");
  EXPECT_EQ(seen[0].link, text_at(body, "/url"));
}

TEST_F(MastodonVectors, MA22_ARepeatedKeyIsTheFirstPostWhateverItSays) {
  const auto token = connect();
  const auto first = text_at(json_of(say("Hello", token, "k1")), "/id");
  pass(std::chrono::minutes(10));
  const auto again = say("Other", token, "k1");
  EXPECT_EQ(again.response.status, 200);
  EXPECT_EQ(text_at(json_of(again), "/id"), first);
  EXPECT_EQ(text_at(json_of(again), "/content"), "<p>Hello</p>");
  EXPECT_FALSE(again.publishes);
  EXPECT_EQ(header_of(again, "X-RateLimit-Remaining"), "299");
  EXPECT_EQ(seen(), 1U);
  // A key belongs to its account.
  EXPECT_NE(text_at(json_of(say("Hello", connect(kScopes, kBooks), "k1")), "/id"), first);
}

TEST_F(MastodonVectors, MA23_AKeyIsForgottenAfterAnHour) {
  const auto token = connect();
  const auto first = text_at(json_of(say("Hello", token, "k1")), "/id");
  pass(std::chrono::seconds(3599));
  EXPECT_EQ(text_at(json_of(say("Hello", token, "k1")), "/id"), first);
  pass(std::chrono::seconds(2));
  EXPECT_NE(text_at(json_of(say("Hello", token, "k1")), "/id"), first);
  EXPECT_EQ(seen(), 2U);
}

TEST_F(MastodonVectors, MA24_ReleasesBefore472BreakOnARepeat) {
  turn("profile", "4.7.1");
  const auto token = connect();
  say("Hello", token, "k1");
  EXPECT_EQ(say("Hello", token, "k1").response.status, 500);
  turn("repeat", "page");
  const auto page = say("Hello", token, "k1");
  EXPECT_EQ(page.response.status, 500);
  EXPECT_TRUE(header_of(page, "Content-Type").starts_with("text/html"));
  EXPECT_EQ(seen(), 1U);
  turn("repeat", "same");
  EXPECT_EQ(say("Hello", token, "k1").response.status, 200);
  turn("repeat", "error");
  turn("profile", "4.5.7");
  EXPECT_EQ(say("Hello", token, "k1").response.status, 500);
}

TEST_F(MastodonVectors, MA25_ARepeatWhileTheFirstRunsIsToldToWait) {
  turn("profile", "4.7.4");
  control("next-status", {{.name = "runs_ms", .value = "5000"}});
  const auto token = connect();
  const auto first = text_at(json_of(say("Hello", token, "k1")), "/id");
  expect_body(say("Hello", token, "k1"), 503,
              error_body("There was a temporary problem serving your request, please try again"));
  pass(std::chrono::seconds(6));
  EXPECT_EQ(text_at(json_of(say("Hello", token, "k1")), "/id"), first);
  EXPECT_EQ(seen(), 1U);
}

TEST_F(MastodonVectors, MA26_TheKeyOfADeletedPostFindsNothing) {
  const auto token = connect();
  const auto id = text_at(json_of(say("Hello", token, "k1")), "/id");
  EXPECT_EQ(remove("/api/v1/statuses/" + id, token).response.status, 200);
  expect_body(say("Hello", token, "k1"), 404, error_body("Record not found"));
  EXPECT_EQ(seen(), 1U);
}

TEST_F(MastodonVectors, MA27_ARefusedRequestLeavesItsKeyFree) {
  const auto token = connect();
  expect_body(say("  \n ", token, "k1"), 422, error_body("Validation failed: Text can't be blank"));
  EXPECT_EQ(say("Hello", token, "k1").response.status, 200);
  EXPECT_EQ(seen(), 1U);
}

TEST_F(MastodonVectors, MA31_AVisibilityIsOneOfFourAndASilencedAccountIsQuiet) {
  const auto token = connect();
  const auto as = [&](const std::string& visibility) {
    return create(
        {{.name = "status", .value = "Hello"}, {.name = "visibility", .value = visibility}}, token);
  };
  expect_body(as("friends"), 422,
              error_body("Validation failed: Visibility is not included in the list"));
  EXPECT_EQ(text_at(json_of(as("private")), "/visibility"), "private");
  control("account", {{.name = "silenced", .value = "true"}});
  EXPECT_EQ(text_at(json_of(as("public")), "/visibility"), "unlisted");
  const auto books = connect(kScopes, kBooks);
  EXPECT_EQ(text_at(json_of(create({{.name = "status", .value = "Hello"}}, books)), "/visibility"),
            "unlisted");
}

TEST_F(MastodonVectors, MA32_AnUnknownLanguageIsThePersonsOwn) {
  const auto token = connect();
  const auto in = [&](const std::string& language) {
    return text_at(json_of(create({{.name = "status", .value = "Hello"},
                                   {.name = "language", .value = language}},
                                  token)),
                   "/language");
  };
  EXPECT_EQ(in("xx"), "en");
  EXPECT_EQ(in("de"), "de");
}

TEST_F(MastodonVectors, MA33_AWarningMakesAPostSensitive) {
  const auto token = connect();
  const auto body = json_of(create({{.name = "status", .value = "Hello"},
                                    {.name = "spoiler_text", .value = "CW"},
                                    {.name = "sensitive", .value = "false"}},
                                   token));
  EXPECT_EQ(*at(body, "/sensitive"), true);
  EXPECT_EQ(text_at(body, "/spoiler_text"), "CW");
  // Without a text the warning becomes one.
  const auto alone = json_of(create({{.name = "spoiler_text", .value = "CW"}}, token));
  EXPECT_EQ(text_at(alone, "/content"), "<p>CW</p>");
  EXPECT_EQ(text_at(alone, "/spoiler_text"), "");
}

TEST_F(MastodonVectors, MA34_AThreadHangsTogetherAndAnUnknownParentIsRefused) {
  const auto token = connect();
  const auto first = posted({{.name = "status", .value = "One"}}, token);
  const auto second = create(
      {{.name = "status", .value = "Two"}, {.name = "in_reply_to_id", .value = first}}, token);
  EXPECT_EQ(text_at(json_of(second), "/in_reply_to_id"), first);
  expect_body(
      create({{.name = "status", .value = "Three"}, {.name = "in_reply_to_id", .value = "999"}},
             token),
      404, error_body("The post you are trying to reply to does not appear to exist."));
  ASSERT_EQ(seen("comment"), 1U);
  EXPECT_EQ(rig.ledger.entries().back().parent, first);
}

TEST_F(MastodonVectors, MA43_MediaIdsWithoutBracketsAreNoPicture) {
  const auto token = connect();
  const auto id = picture(token);
  const std::vector<Field> fields = {{.name = "status", .value = "Look"},
                                     {.name = "media_ids", .value = id}};
  EXPECT_EQ(create(fields, token).response.status, 400);
  EXPECT_EQ(seen(), 0U);
  turn("strict_parameters", "off");
  const auto lenient = create(fields, token);
  EXPECT_EQ(lenient.response.status, 200);
  EXPECT_EQ(size_at(json_of(lenient), "/media_attachments"), 0);
}

TEST_F(MastodonVectors, MA44_APollIsTakenOrRefused) {
  const auto token = connect();
  const auto poll = [&](const std::vector<std::string>& options, const std::string& seconds) {
    std::vector<Field> fields = {{.name = "status", .value = "Which?"},
                                 {.name = "poll[expires_in]", .value = seconds}};
    for (const auto& option : options)
      fields.push_back({.name = "poll[options][]", .value = option});
    return create(fields, token);
  };
  const auto good = json_of(poll({"A", "B", " "}, "3600"));
  EXPECT_EQ(text_at(good, "/poll/options/0/title"), "A");
  EXPECT_EQ(number_at(good, "/poll/options/0/votes_count"), 0);
  EXPECT_EQ(size_at(good, "/poll/options"), 2);
  EXPECT_EQ(text_at(good, "/poll/expires_at"), "2026-11-22T13:00:00.000Z");
  EXPECT_EQ(*at(good, "/poll/expired"), false);
  EXPECT_EQ(*at(good, "/poll/multiple"), false);
  EXPECT_EQ(number_at(good, "/poll/votes_count"), 0);
  EXPECT_EQ(poll({"A", std::string(50, 'b')}, "300").response.status, 200);
  const std::vector<std::string> two = {"A", "B"};
  EXPECT_EQ(poll({"A"}, "3600").response.status, 422);
  EXPECT_EQ(poll({"A", "B", "C", "D", "E"}, "3600").response.status, 422);
  EXPECT_EQ(poll({"A", std::string(51, 'b')}, "3600").response.status, 422);
  EXPECT_EQ(poll({"A", "A"}, "3600").response.status, 422);
  EXPECT_EQ(poll(two, "299").response.status, 422);
  EXPECT_EQ(poll(two, "7776000").response.status, 422);
  // A month is the calendar's, whatever the instance tells: thirty days from the 22nd of November.
  EXPECT_EQ(poll(two, "2629746").response.status, 422);
  EXPECT_EQ(poll(two, "2592000").response.status, 200);
  EXPECT_EQ(seen(), 3U);
}

TEST_F(MastodonVectors, MA46_WithTheKeyLostTheListAndTheSourceFindThePost) {
  const auto token = connect();
  const auto id = text_at(json_of(say("Hello", token, "k1")), "/id");
  control("forget-keys");
  const auto list = json_of(get(std::string("/api/v1/accounts/") + kBakery + "/statuses", token));
  EXPECT_EQ(text_at(list, "/0/id"), id);
  EXPECT_EQ(text_at(json_of(get("/api/v1/statuses/" + id + "/source", token)), "/text"), "Hello");
  EXPECT_NE(text_at(json_of(say("Hello", token, "k1")), "/id"), id);
}

TEST_F(MastodonVectors, MA47_WithTheKeyLostAnAttachedPictureTellsThatThePostExists) {
  const auto token = connect();
  const auto medium = picture(token);
  posted(with_media({medium}), token, "k1");
  turn("keys", "lost");
  expect_body(create(with_media({medium}), token, "k1"), 422,
              error_body("Media " + medium + " not found or already attached to another post"));
  const auto list = json_of(get(std::string("/api/v1/accounts/") + kBakery + "/statuses", token));
  EXPECT_EQ(text_at(list, "/0/media_attachments/0/id"), medium);
  EXPECT_EQ(seen(), 1U);
}

TEST_F(MastodonVectors, MA48_TwoPostsMayBeAlike) {
  const auto token = connect();
  say("Hello", token, "k1");
  say("Hello", token, "k2");
  const auto list = json_of(get(std::string("/api/v1/accounts/") + kBakery + "/statuses", token));
  EXPECT_EQ(text_at(list, "/0/content"), text_at(list, "/1/content"));
  EXPECT_NE(text_at(list, "/0/id"), text_at(list, "/1/id"));
}

TEST_F(MastodonVectors, MA49_ASilentDropLooksLikeAPost) {
  turn("silent_drop", "free money");
  const auto token = connect();
  const auto answer = say("Here is free money @harbourchoir", token, "k1");
  EXPECT_EQ(answer.response.status, 200);
  EXPECT_FALSE(answer.publishes);
  const auto id = text_at(json_of(answer), "/id");
  EXPECT_EQ(id.size(), 18U);
  expect_body(get("/api/v1/statuses/" + id, token), 404, error_body("Record not found"));
  EXPECT_EQ(
      size_at(json_of(get(std::string("/api/v1/accounts/") + kBakery + "/statuses", token)), ""),
      0);
  EXPECT_EQ(seen(), 0U);
}

TEST_F(MastodonVectors, MA56_ASchedulesTimeDecidesWhatItIs) {
  const auto token = connect();
  const auto due = [&](const std::string& moment, const std::string& key = {}) {
    return create({{.name = "status", .value = "Later"}, {.name = "scheduled_at", .value = moment}},
                  token, key);
  };
  expect_body(due("2026-11-22T12:04:00Z"), 422,
              error_body("Validation failed: Scheduled at date must be in the future"));
  expect_body(due("soon"), 422, error_body("Invalid date supplied"));
  const auto scheduled = json_of(due("2026-11-22T13:10:00+01:00", "k1"));
  EXPECT_EQ(text_at(scheduled, "/scheduled_at"), "2026-11-22T12:10:00.000Z");
  EXPECT_EQ(text_at(scheduled, "/params/text"), "Later");
  EXPECT_EQ(at(scheduled, "/url"), nullptr);
  EXPECT_EQ(due("2026-11-22T12:10:00Z", "k1").response.status, 404);
  turn("scheduled_repeat", "same");
  EXPECT_EQ(json_of(due("2026-11-22T12:10:00Z", "k1")), scheduled);
  EXPECT_EQ(seen(), 0U);
  pass(std::chrono::minutes(10));
  EXPECT_EQ(seen(), 1U);
  EXPECT_FALSE(text_at(json_of(due("2026-11-22T11:00:00Z")), "/url").empty());
  EXPECT_EQ(seen(), 2U);
}

TEST_F(MastodonVectors, MA57_OnesOwnPostCanBeQuotedAndARefusedOneCannot) {
  const auto token = connect();
  const auto first = posted({{.name = "status", .value = "Hello"}}, token);
  const auto quote = [&](const std::string& id) {
    return create({{.name = "status", .value = "Again"}, {.name = "quoted_status_id", .value = id}},
                  token);
  };
  const auto body = json_of(quote(first));
  EXPECT_EQ(text_at(body, "/quote/state"), "accepted");
  EXPECT_EQ(text_at(body, "/quote/quoted_status/id"), first);
  EXPECT_NE(text_at(body, "/content").find("RE: "), std::string::npos);
  EXPECT_EQ(number_at(json_of(get("/api/v1/statuses/" + first, token)), "/quotes_count"), 1);
  const auto no = error_body("The post you are trying to quote does not appear to exist.");
  expect_body(quote("999"), 404, no);
  expect_body(quote("115600000000000000"), 404, no);
  const auto whisper = posted(
      {{.name = "status", .value = "Psst"}, {.name = "visibility", .value = "direct"}}, token);
  expect_body(quote(whisper), 404, no);
}

TEST_F(MastodonCreate, TwoAtOnceAreTwoPostsBeforeTheLock) {
  control("next-status", {{.name = "runs_ms", .value = "5000"}});
  const auto token = connect();
  say("Hello", token, "k1");
  say("Hello", token, "k1");
  EXPECT_EQ(seen(), 2U);
}

TEST_F(MastodonCreate, AQuoteOfAPrivatePostIsPrivateAndNobodyQuotesIt) {
  const auto token = connect();
  const auto first = posted(
      {{.name = "status", .value = "Hello"}, {.name = "visibility", .value = "private"}}, token);
  const auto quoting = json_of(create({{.name = "status", .value = "Again"},
                                       {.name = "visibility", .value = "public"},
                                       {.name = "quoted_status_id", .value = first}},
                                      token));
  EXPECT_EQ(text_at(quoting, "/visibility"), "private");
  EXPECT_EQ(create({{.name = "status", .value = "A"},
                    {.name = "quote_approval_policy", .value = "friends"}},
                   token)
                .response.status,
            422);
  turn("quote_with_media", "refused");
  EXPECT_EQ(create({{.name = "status", .value = "A"},
                    {.name = "media_ids[]", .value = picture(token)},
                    {.name = "quoted_status_id", .value = first}},
                   token)
                .response.status,
            422);
}

TEST_F(MastodonCreate, JsonAndMultipartSayTheSameAsAForm) {
  const auto token = connect();
  const auto one = picture(token);
  const auto by_json = ask({.method = "POST",
                            .url = std::string(kRoot) + "/api/v1/statuses",
                            .content_type = "application/json",
                            .body = R"({"status":"Look","media_ids":[")" + one +
                                    R"("],"sensitive":true,"language":null})"},
                           token);
  EXPECT_EQ(text_at(json_of(by_json), "/media_attachments/0/id"), one);
  EXPECT_EQ(*at(json_of(by_json), "/sensitive"), true);
  const auto two = picture(token);
  const auto by_parts = ask(multipart("/api/v1/statuses", {{.name = "status", .value = "Look"},
                                                           {.name = "media_ids[]", .value = two}}),
                            token);
  EXPECT_EQ(text_at(json_of(by_parts), "/media_attachments/0/id"), two);
  const auto broken = ask({.method = "POST",
                           .url = std::string(kRoot) + "/api/v1/statuses",
                           .content_type = "application/json",
                           .body = R"({"status":)"},
                          token);
  EXPECT_EQ(broken.response.status, 400);
  const auto poll = ask({.method = "POST",
                         .url = std::string(kRoot) + "/api/v1/statuses",
                         .content_type = "application/json",
                         .body = R"({"status":"?","poll":{"options":["A","B"],"expires_in":300,)"
                                 R"("multiple":true}})"},
                        token);
  EXPECT_EQ(*at(json_of(poll), "/poll/multiple"), true);
}

}  // namespace

}  // namespace herald::sandbox::mastodon
