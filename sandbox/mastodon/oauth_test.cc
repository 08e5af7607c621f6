#include "sandbox/mastodon/rig.h"

namespace herald::sandbox::mastodon {

namespace {

using MastodonVectors = MastodonTest;
using MastodonOAuth = MastodonTest;

// A page of the instance, and no way back to whoever asked.
void expect_page(const Answer& answer, int status) {
  EXPECT_EQ(answer.response.status, status);
  EXPECT_TRUE(header_of(answer, "Content-Type").starts_with("text/html"));
  EXPECT_EQ(header_of(answer, "Location"), "");
}

TEST_F(MastodonVectors, MA01_AnAddressThatNobodyRegisteredIsNotRedirectedTo) {
  const std::vector<Field> changes = {{.name = "redirect_uri", .value = "https://evil.example/"}};
  expect_page(ask({.url = authorize_url(changes)}), 400);
  expect_page(decide("allow", changes), 400);
}

TEST_F(MastodonVectors, MA02_AnUnknownClientGetsAPage) {
  expect_page(ask({.url = authorize_url({{.name = "client_id", .value = "nobody"}})}), 401);
}

TEST_F(MastodonVectors, MA03_AScopeOutsideTheAppsOrAPlainChallengeGetsAPage) {
  expect_page(decide("allow", {{.name = "scope", .value = "push"}}), 400);
  expect_page(decide("allow", {{.name = "code_challenge_method", .value = "plain"}}), 400);
  expect_page(decide("allow", {{.name = "response_type", .value = ""}}), 400);
}

TEST_F(MastodonVectors, MA04_APersonDeclines) {
  EXPECT_EQ(header_of(decide("deny"), "Location"),
            std::string(kCallback) +
                "?error=access_denied&error_description=The+resource+owner+or+authorization+server+"
                "denied+the+request.&state=st1");
}

TEST_F(MastodonVectors, MA05_WhoHasAllowedIsNotAskedAgainUnlessLoginIsForced) {
  const auto page = ask({.url = authorize_url()});
  EXPECT_EQ(page.response.status, 200);
  EXPECT_NE(page.response.body.find("See all posts"), std::string::npos);
  const auto first = decide();
  const auto back = header_of(first, "Location");
  EXPECT_EQ(first.response.status, 302);
  EXPECT_TRUE(back.starts_with(std::string(kCallback) + "?code=")) << back;
  EXPECT_EQ(query_of(back, "state"), "st1");
  exchange(query_of(back, "code"));
  const auto again = ask({.url = authorize_url()});
  EXPECT_EQ(again.response.status, 302);
  EXPECT_EQ(exchange(query_of(header_of(again, "Location"), "code")).response.status, 200);
  const auto forced = ask({.url = authorize_url({{.name = "force_login", .value = "true"}})});
  EXPECT_EQ(forced.response.status, 200);
  EXPECT_NE(forced.response.body.find("Log in to mastodon.example"), std::string::npos);
  // Other scopes are asked for anew.
  EXPECT_EQ(ask({.url = authorize_url({{.name = "scope", .value = "read"}})}).response.status, 200);
}

TEST_F(MastodonVectors, MA06_ACodeIsATokenByBasicAndByBody) {
  const auto by_body = exchange(code());
  const auto body = json_of(by_body);
  EXPECT_EQ(by_body.response.status, 200);
  EXPECT_EQ(text_at(body, "/token_type"), "Bearer");
  EXPECT_EQ(text_at(body, "/scope"), kScopes);
  EXPECT_EQ(number_at(body, "/created_at"), to_ms(rig.wall) / 1000);
  EXPECT_EQ(body.as_object().size(), 4U);
  EXPECT_EQ(header_of(by_body, "Cache-Control"), "no-store");
  auto basic = Rig::form(std::string(kRoot) + "/oauth/token",
                         exchange_fields(code(), {{.name = "client_id", .value = ""},
                                                  {.name = "client_secret", .value = ""}}));
  basic.headers = basic_header(kClient, kSecret);
  EXPECT_EQ(ask(basic).response.status, 200);
}

TEST_F(MastodonVectors, MA07_ACodeThatIsNotGoodAnyMoreIsRefused) {
  const auto used = code();
  EXPECT_EQ(exchange(used).response.status, 200);
  expect_body(exchange(used), 400, kInvalidGrant);
  const auto old = code();
  pass(std::chrono::seconds(601));
  expect_body(exchange(old), 400, kInvalidGrant);
  expect_body(exchange(code(), {{.name = "redirect_uri", .value = "https://other.example/"}}), 400,
              kInvalidGrant);
  expect_body(exchange(code(), {{.name = "code_verifier", .value = "wrong"}}), 400, kInvalidGrant);
  const auto unchallenged = code(
      {{.name = "code_challenge", .value = ""}, {.name = "code_challenge_method", .value = ""}});
  expect_body(exchange(unchallenged), 400, kInvalidGrant);
}

TEST_F(MastodonVectors, MA08_AMissingVerifierIsNamed) {
  expect_body(exchange(code(), {{.name = "code_verifier", .value = ""}}), 400,
              R"({"error":"invalid_request","error_description":)"
              R"("Missing required parameter: code_verifier."})");
}

TEST_F(MastodonVectors, MA09_AWrongSecretIsRefused) {
  expect_body(exchange(code(), {{.name = "client_secret", .value = "wrong"}}), 401,
              R"({"error":"invalid_client","error_description":"Client authentication failed due )"
              R"(to unknown client, no client authentication included, or unsupported )"
              R"(authentication method."})");
}

TEST_F(MastodonVectors, MA10_AScopeAtTheTokenEndpointHasNoEffect) {
  const auto answer = exchange(code(), {{.name = "scope", .value = "push"}});
  EXPECT_EQ(answer.response.status, 200);
  EXPECT_EQ(text_at(json_of(answer), "/scope"), kScopes);
}

TEST_F(MastodonVectors, MA11_WhoConnectsAgainGetsTheSameToken) {
  const auto first = json_of(exchange(code()));
  pass(std::chrono::hours(5));
  EXPECT_EQ(json_of(exchange(code())), first);
  const std::string turned = "write:media write:statuses read:statuses read:accounts";
  EXPECT_EQ(connect(turned), text_at(first, "/access_token"));
  EXPECT_NE(connect(kScopes, kBooks), text_at(first, "/access_token"));
  EXPECT_NE(connect("read:accounts"), text_at(first, "/access_token"));
}

TEST_F(MastodonVectors, MA12_ATokenIsGivenBackAndSaysSo) {
  const auto token = connect();
  expect_body(revoke(token), 200, "{}");
  expect_body(revoke(token), 200, "{}");
  expect_body(revoke("unknown"), 200, "{}");
  expect_body(get("/api/v1/accounts/verify_credentials", token), 401,
              error_body("The access token was revoked"));
  turn("revoke_unknown", "403");
  EXPECT_EQ(revoke("unknown").response.status, 403);
  EXPECT_NE(connect(), token);
}

TEST_F(MastodonVectors, MA13_ATokenIsGivenBackByItsAppAlone) {
  const std::string no = R"({"error":"unauthorized_client","error_description":)"
                         R"("You are not authorized to revoke this token"})";
  const auto token = connect();
  expect_body(revoke(token, "wrong"), 403, no);
  const auto other = json_of(ask(Rig::form(
      std::string(kRoot) + "/api/v1/apps",
      {{.name = "client_name", .value = "Other"}, {.name = "redirect_uris", .value = kCallback}})));
  expect_body(revoke(token, text_at(other, "/client_secret"), text_at(other, "/client_id")), 403,
              no);
  EXPECT_EQ(get("/api/v1/accounts/verify_credentials", token).response.status, 200);
}

TEST_F(MastodonVectors, MA14_AnUnknownTokenIsRefusedEverywhere) {
  for (const auto* path : {"/api/v1/accounts/verify_credentials", "/api/v2/instance",
                           "/api/v1/statuses/115600000000000000"}) {
    const auto answer = get(path, "unknown");
    expect_body(answer, 401, error_body("The access token is invalid"));
    EXPECT_NE(header_of(answer, "WWW-Authenticate").find(R"(error="invalid_token")"),
              std::string::npos);
  }
}

TEST_F(MastodonVectors, MA17_AnAppsOwnTokenIsNobody) {
  const auto token = text_at(json_of(app_token()), "/access_token");
  expect_body(get("/api/v1/accounts/verify_credentials", token), 422,
              error_body("This method requires an authenticated user"));
  const auto app = get("/api/v1/apps/verify_credentials", token);
  EXPECT_EQ(app.response.status, 200);
  EXPECT_EQ(text_at(json_of(app), "/name"), "Herald Demo");
}

TEST_F(MastodonVectors, MA20_TheInstanceTellsAboutOAuth) {
  const auto told = get("/.well-known/oauth-authorization-server");
  EXPECT_EQ(*at(json_of(told), "/code_challenge_methods_supported"),
            boost::json::parse(R"(["S256"])"));
  EXPECT_EQ(text_at(json_of(told), "/token_endpoint"), "https://mastodon.example/oauth/token");
  turn("profile", "4.2");
  EXPECT_EQ(get("/.well-known/oauth-authorization-server").response.status, 404);
}

TEST_F(MastodonVectors, MA59_NothingOfOneInstanceIsValidOnTheOther) {
  const auto token = connect();
  const auto asked = [&](const std::string& path, const std::string& with) {
    return ask({.url = "https://other.mastodon.example" + path}, with);
  };
  expect_body(asked("/api/v1/accounts/verify_credentials", token), 401,
              error_body("The access token is invalid"));
  EXPECT_EQ(asked(std::string("/api/v1/accounts/") + kBakery, "").response.status, 404);
  auto there = authorize_url();
  there.replace(0, std::string(kRoot).size(), "https://other.mastodon.example");
  expect_page(ask({.url = there}), 401);
}

TEST_F(MastodonOAuth, AnOldReleaseKnowsNeitherPkceNorProfile) {
  turn("profile", "4.2");
  expect_page(decide("allow", {{.name = "scope", .value = "profile"}}), 400);
  EXPECT_EQ(exchange(code(), {{.name = "code_verifier", .value = ""}}).response.status, 200);
  turn("old_pkce", "refused");
  expect_page(decide(), 400);
}

TEST_F(MastodonOAuth, TokensMayComeWithMoreThanDocumented) {
  turn("token_fields", "more");
  EXPECT_EQ(number_at(json_of(exchange(code())), "/expires_in"), 7200);
}

TEST_F(MastodonOAuth, ARegisteredAppHasItsOwnAddressAndScopes) {
  const auto mine = "https://mine.example/back";
  const auto app = json_of(ask(Rig::form(std::string(kRoot) + "/api/v1/apps",
                                         {{.name = "client_name", .value = "Mine"},
                                          {.name = "redirect_uris", .value = mine},
                                          {.name = "scopes", .value = "profile write:media"}})));
  const std::vector<Field> own = {{.name = "client_id", .value = text_at(app, "/client_id")},
                                  {.name = "redirect_uri", .value = mine},
                                  {.name = "scope", .value = "profile"}};
  EXPECT_EQ(decide("allow", own).response.status, 302);
  expect_page(decide("allow", changed(own, {{.name = "scope", .value = "read"}})), 400);
  expect_page(decide("allow", {{.name = "redirect_uri", .value = mine}}), 400);
}

TEST_F(MastodonOAuth, WhatAPersonTakesBackIsRevokedAndWhatExpiresSaysSo) {
  const auto token = connect();
  control("expire-tokens");
  expect_body(get("/api/v1/accounts/verify_credentials", token), 401,
              error_body("The access token expired"));
  const auto fresh = connect();
  EXPECT_NE(fresh, token);
  control("remove-access", {{.name = "account", .value = "bluebakery"}});
  expect_body(get("/api/v1/accounts/verify_credentials", fresh), 401,
              error_body("The access token was revoked"));
}

}  // namespace

}  // namespace herald::sandbox::mastodon
