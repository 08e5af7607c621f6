// Mastodon's side behind the whole sandbox, while things go wrong.
#include "sandbox/door.h"
#include "sandbox/mastodon/rig.h"

namespace herald::sandbox::mastodon {

namespace {

class MastodonFaults : public ::testing::Test {
 protected:
  MastodonFaults() { token = connected(); }

  static RigRequest bearing(RigRequest request, const std::string& token) {
    request.headers.push_back({"Authorization", "Bearer " + token});
    return request;
  }
  std::string connected() {
    const std::string back = "https://mine.example/back";
    const auto app =
        boost::json::parse(door.send(Rig::form(std::string(kRoot) + "/api/v1/apps",
                                               {{.name = "client_name", .value = "Mine"},
                                                {.name = "redirect_uris", .value = back},
                                                {.name = "scopes", .value = kScopes}}))
                               ->body);
    const auto allowed =
        door.send(Rig::form(address_of(std::string(kRoot) + "/oauth/authorize",
                                       {{.name = "response_type", .value = "code"},
                                        {.name = "client_id", .value = text_at(app, "/client_id")},
                                        {.name = "redirect_uri", .value = back},
                                        {.name = "scope", .value = kScopes}}),
                            {{.name = "decision", .value = "allow"}}));
    const auto given = door.send(Rig::form(
        std::string(kRoot) + "/oauth/token",
        {{.name = "grant_type", .value = "authorization_code"},
         {.name = "client_id", .value = text_at(app, "/client_id")},
         {.name = "client_secret", .value = text_at(app, "/client_secret")},
         {.name = "redirect_uri", .value = back},
         {.name = "code", .value = query_of(*allowed->headers.find("Location"), "code")}}));
    return text_at(boost::json::parse(given->body), "/access_token");
  }
  std::optional<http::Response> say(const std::string& key) {
    auto request =
        Rig::form(std::string(kRoot) + "/api/v1/statuses", {{.name = "status", .value = "Hello"}});
    request.headers.push_back({"Idempotency-Key", key});
    return door.send(bearing(request, token));
  }
  void arm(const std::string& action, const std::string& more = "") {
    door.arm(R"({"pattern":"/api/v1/statuses$","method":"POST","action":")" + action + R"(")" +
             more + "}");
  }

  Door door;
  std::string token;
};

TEST_F(MastodonFaults, MA45_AfterALostAnswerTheSameKeyFindsThePost) {
  arm("cut_after");
  EXPECT_TRUE(say("k1")->abort);
  EXPECT_EQ(door.posts_seen(), 1U);
  const auto again = say("k1");
  EXPECT_EQ(again->status, 200);
  EXPECT_EQ(text_at(boost::json::parse(again->body), "/content"), "<p>Hello</p>");
  EXPECT_EQ(door.posts_seen(), 1U);
}

TEST_F(MastodonFaults, MA46_APageInsteadOfTheAnswerHidesAPostThatExists) {
  arm("error_after", R"(,"answer":"gateway-timeout")");
  const auto lost = say("k1");
  EXPECT_EQ(lost->status, 504);
  EXPECT_TRUE(lost->headers.find("Content-Type")->starts_with("text/html"));
  EXPECT_EQ(door.posts_seen(), 1U);
}

TEST_F(MastodonFaults, MA55_ALimitIsTheInstancesOwn) {
  arm("rate_limit");
  const auto refused = say("k1");
  EXPECT_EQ(refused->status, 429);
  EXPECT_EQ(refused->body, error_body("Too many requests"));
  EXPECT_EQ(*refused->headers.find("X-RateLimit-Remaining"), "0");
  EXPECT_EQ(*refused->headers.find("X-RateLimit-Reset"), "2026-11-22T12:05:00.000456Z");
  EXPECT_EQ(refused->headers.find("Retry-After"), nullptr);
  EXPECT_EQ(door.posts_seen(), 0U);
}

TEST_F(MastodonFaults, MA60_AProxyRefusesBeforeTheInstanceHears) {
  door.arm(R"({"pattern":"/api/v2/media$","action":"refuse","answer":"MA-60"})");
  const auto large = door.send(
      bearing(multipart("/api/v2/media",
                        {{.name = "file", .value = "x", .filename = "x", .type = "image/png"}}),
              token));
  EXPECT_EQ(large->status, 413);
  EXPECT_TRUE(large->headers.find("Content-Type")->starts_with("text/html"));
  arm("refuse", R"(,"answer":"bad-gateway")");
  EXPECT_EQ(say("k1")->status, 502);
  EXPECT_EQ(door.posts_seen(), 0U);
  EXPECT_EQ(say("k1")->status, 200);
  EXPECT_EQ(door.posts_seen(), 1U);
}

TEST_F(MastodonFaults, ATokenExpiresOrIsTakenBackInTheMiddle) {
  arm("revoke_token");
  EXPECT_EQ(say("k1")->body, error_body("The access token was revoked"));
  token = connected();
  arm("expire_token");
  EXPECT_EQ(say("k1")->body, error_body("The access token expired"));
  EXPECT_EQ(door.posts_seen(), 0U);
}

TEST_F(MastodonFaults, TheOtherInstanceHasItsOwnControls) {
  const auto answer = door.control("POST", "/mastodon/foreign-post",
                                   R"({"host":"other.mastodon.example","text":"There"})");
  const auto id = text_at(answer, "/id");
  EXPECT_EQ(door.send({.url = "https://other.mastodon.example/api/v1/statuses/" + id})->status,
            200);
  EXPECT_EQ(door.send({.url = std::string(kRoot) + "/api/v1/statuses/" + id})->status, 404);
}

}  // namespace

}  // namespace herald::sandbox::mastodon
