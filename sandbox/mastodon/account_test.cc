#include "sandbox/mastodon/rig.h"

namespace herald::sandbox::mastodon {

namespace {

using MastodonVectors = MastodonTest;
using MastodonAccount = MastodonTest;

constexpr const char* kMe = "/api/v1/accounts/verify_credentials";

TEST_F(MastodonVectors, MA15_APersonReadsTheirAccount) {
  control("account", {{.name = "display_name", .value = ""}});
  const auto token = connect();
  say("Fresh", token);
  const auto body = json_of(get(kMe, token));
  EXPECT_EQ(text_at(body, "/id"), kBakery);
  EXPECT_EQ(text_at(body, "/username"), "bluebakery");
  EXPECT_EQ(text_at(body, "/acct"), "bluebakery");
  EXPECT_EQ(text_at(body, "/display_name"), "");
  ASSERT_NE(at(body, "/display_name"), nullptr);
  EXPECT_EQ(text_at(body, "/url"), "https://mastodon.example/@bluebakery");
  EXPECT_GE(number_at(body, "/followers_count"), 821);
  EXPECT_EQ(number_at(body, "/following_count"), 12);
  EXPECT_EQ(number_at(body, "/statuses_count"), 1);
  EXPECT_EQ(text_at(body, "/last_status_at"), "2026-11-22");
  EXPECT_EQ(text_at(body, "/source/privacy"), "public");
  EXPECT_EQ(text_at(body, "/source/language"), "en");
  turn("last_status_at", "time");
  EXPECT_EQ(text_at(json_of(get(kMe, token)), "/last_status_at"), "2026-11-22T12:00:00.000Z");
  EXPECT_EQ(json_of(get(kMe, connect("profile"))).as_object().size(), body.as_object().size());
}

TEST_F(MastodonVectors, MA16_ATokenWithoutTheScopeIsRefused) {
  expect_body(get(kMe, connect("write:statuses")), 403,
              error_body("This action is outside the authorized scopes"));
}

TEST_F(MastodonVectors, MA18_AnAccountThatIsStoppedSaysWhy) {
  const auto token = connect();
  const auto standing = [&](const std::string& value) {
    control("account", {{.name = "standing", .value = value}});
    return get(kMe, token);
  };
  expect_body(standing("disabled"), 403, error_body("Your login is currently disabled"));
  expect_body(standing("moved"), 403, error_body("Your login is currently disabled"));
  EXPECT_EQ(say("Hello", token).response.status, 403);
  expect_body(standing("unconfirmed"), 403,
              error_body("Your login is missing a confirmed e-mail address"));
  expect_body(standing("pending"), 403, error_body("Your login is currently pending approval"));
  EXPECT_EQ(standing("active").response.status, 200);
  EXPECT_EQ(seen(), 0U);
}

TEST_F(MastodonVectors, MA19_TheInstanceTellsItsLimits) {
  const auto body = json_of(get("/api/v2/instance"));
  EXPECT_EQ(text_at(body, "/domain"), "mastodon.example");
  EXPECT_EQ(text_at(body, "/version"), "4.5.7");
  EXPECT_EQ(number_at(body, "/api_versions/mastodon"), 7);
  const std::pair<const char*, std::int64_t> limits[] = {
      {"/statuses/max_characters", 500},
      {"/statuses/max_media_attachments", 4},
      {"/statuses/characters_reserved_per_url", 23},
      {"/media_attachments/description_limit", 1500},
      {"/media_attachments/image_size_limit", 16777216},
      {"/media_attachments/image_matrix_limit", 33177600},
      {"/media_attachments/video_size_limit", 103809024},
      {"/media_attachments/video_matrix_limit", 8294400},
      {"/media_attachments/video_frame_rate_limit", 120},
      {"/polls/max_options", 4},
      {"/polls/max_characters_per_option", 50},
      {"/polls/min_expiration", 300},
      {"/polls/max_expiration", 2629746}};
  for (const auto& [name, value] : limits)
    EXPECT_EQ(number_at(body, ("/configuration" + std::string(name)).c_str()), value) << name;
  turn("description_limit", "absent");
  EXPECT_EQ(
      at(json_of(get("/api/v2/instance")), "/configuration/media_attachments/description_limit"),
      nullptr);
}

TEST_F(MastodonVectors, MA58_AClosedInstanceAnswersNobodyWithoutAToken) {
  turn("closed", "method");
  expect_body(get("/api/v2/instance"), 401,
              error_body("This method requires an authenticated user"));
  EXPECT_EQ(get("/api/v2/instance", connect()).response.status, 200);
  turn("closed", "api");
  expect_body(get("/api/v2/instance"), 401, error_body("This API requires an authenticated user"));
}

TEST_F(MastodonAccount, ReleasesDifferInWhatTheyTell) {
  const auto told = [&](const std::string& profile, const char* name) {
    turn("profile", profile);
    return number_at(json_of(get("/api/v2/instance")), name);
  };
  EXPECT_EQ(told("fork", "/configuration/statuses/max_characters"), 5000);
  EXPECT_EQ(told("fork", "/configuration/statuses/max_media_attachments"), 9);
  EXPECT_EQ(told("4.7.4", "/configuration/media_attachments/description_limit"), 10000);
  EXPECT_EQ(told("4.7.4", "/api_versions/mastodon"), 11);
  EXPECT_EQ(told("4.2", "/api_versions/mastodon"), -1);
  EXPECT_EQ(told("4.2", "/configuration/media_attachments/description_limit"), -1);
}

TEST_F(MastodonAccount, HandlesMayLiveOnAnotherDomain) {
  turn("handle_domain", "bakery.example");
  EXPECT_EQ(text_at(json_of(get("/api/v2/instance")), "/domain"), "bakery.example");
}

TEST_F(MastodonAccount, AnAddressMayBeBlocked) {
  turn("ip_block", "plain");
  const auto plain = get("/api/v2/instance");
  EXPECT_EQ(plain.response.status, 403);
  EXPECT_EQ(plain.response.body, "Forbidden\n");
  turn("ip_block", "html");
  EXPECT_NE(get("/api/v2/instance").response.body.find("<h1>"), std::string::npos);
  turn("ip_block", "empty");
  EXPECT_EQ(get("/api/v2/instance").response.body, "");
}

TEST_F(MastodonAccount, ErrorsSpeakTheLanguageThatIsAskedForUnlessHardCoded) {
  const auto french = [&](const std::string& path, const std::string& token) {
    return ask({.url = kRoot + path, .headers = {{"Accept-Language", "fr"}}}, token);
  };
  const auto token = connect();
  auto blank = Rig::form(std::string(kRoot) + "/api/v1/statuses", {});
  blank.headers = {{"Accept-Language", "fr"}};
  expect_body(ask(blank, token), 422,
              error_body("La validation a échoué : Le texte doit être rempli(e)"));
  expect_body(french("/api/v1/statuses/1", token), 404, error_body("Record not found"));
  turn("texts", "scrambled");
  expect_body(get("/api/v1/statuses/1", token), 404, error_body("Zxqv wplk"));
  turn("texts", "en");
  expect_body(ask(blank, token), 422, error_body("Validation failed: Text can't be blank"));
}

TEST_F(MastodonAccount, PeopleFindProfilesAndPostsButNotWhatIsNotForThem) {
  const auto token = connect();
  say("Fresh bread", token);
  const auto hidden = posted(
      {{.name = "status", .value = "Secret"}, {.name = "visibility", .value = "direct"}}, token);
  const auto profile = get("/@bluebakery");
  EXPECT_NE(profile.response.body.find("Fresh bread"), std::string::npos);
  EXPECT_EQ(profile.response.body.find("Secret"), std::string::npos);
  EXPECT_EQ(get("/@bluebakery/" + hidden).response.status, 404);
  EXPECT_EQ(get("/api/v1/statuses/" + hidden).response.status, 404);
  EXPECT_EQ(get("/api/v1/statuses/" + hidden, token).response.status, 200);
  EXPECT_EQ(get("/@nobody").response.status, 404);
  EXPECT_EQ(get("/health").response.body, R"({"status":"UP"})");
}

}  // namespace

}  // namespace herald::sandbox::mastodon
