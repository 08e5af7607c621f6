// Consent, codes, tokens (vectors X1 to X6, X29).
#include "sandbox/twitter/rig.h"

namespace herald::sandbox::twitter {

class TwitterOAuth : public TwitterTest {};

constexpr const char* kInvalidCode =
    R"({"error":"invalid_request",)"
    R"("error_description":"Value passed for the authorization code was invalid."})";
constexpr const char* kNoClient = R"({"error":"unauthorized_client",)"
                                  R"("error_description":"Missing valid authorization header"})";
constexpr const char* kUnauthorized =
    R"({"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"})";

TEST_F(TwitterOAuth, X1_without_a_challenge_there_is_an_error_page_and_no_redirect) {
  const auto answer = ask({.url = authorize_url({{.name = "code_challenge", .value = ""}})});
  EXPECT_EQ(answer.response.status, 400);
  EXPECT_EQ(header_of(answer, "Location"), "");
  EXPECT_NE(answer.response.body.find("weren’t able to give access"), std::string::npos);
}

TEST_F(TwitterOAuth, X2_a_wrong_verifier_is_refused) {
  expect_body(token_call(exchange_fields(code(), "another-verifier-of-some-forty-three-letters-")),
              400,
              R"({"error":"invalid_request","error_description":)"
              R"("Value passed for the code verifier did not match the code challenge."})");
}

TEST_F(TwitterOAuth, X3_a_code_lives_thirty_seconds_and_works_once) {
  const auto late = code();
  pass(std::chrono::seconds(30));
  expect_body(exchange(late), 400, kInvalidCode);
  const auto prompt = code();
  pass(std::chrono::milliseconds(29'999));
  EXPECT_EQ(exchange(prompt).response.status, 200);
  expect_body(exchange(prompt), 400, kInvalidCode);
}

TEST_F(TwitterOAuth, X4_a_confidential_client_without_its_secret_is_refused) {
  auto fields = exchange_fields(code());
  fields.push_back({.name = "client_id", .value = kClient});
  expect_body(token_call(fields, basic(kClient, "wrong")), 401, kNoClient);
  expect_body(token_call(fields, {}), 401, kNoClient);
  fields.push_back({.name = "client_secret", .value = kSecret});
  expect_body(token_call(fields, {}), 401, kNoClient);
  EXPECT_EQ(token_call(fields).response.status, 200) << "with both it goes through";
}

TEST_F(TwitterOAuth, X5_a_spent_refresh_token_is_refused_and_ends_its_family) {
  const auto first = connect();
  const auto renewed = json_of(refresh(first.refresh));
  const auto second = text_at(renewed, "/refresh_token");
  ASSERT_NE(second, first.refresh);
  EXPECT_EQ(get("/2/users/me", text_at(renewed, "/access_token")).response.status, 200);
  expect_body(refresh(first.refresh), 400, kInvalidToken);
  expect_body(get("/2/users/me", text_at(renewed, "/access_token")), 401, kUnauthorized);
  expect_body(refresh(second), 400, kInvalidToken);
}

TEST_F(TwitterOAuth, X5_the_family_lives_on_when_the_switch_says_so) {
  turn("reuse_kills_family", "off");
  const auto first = connect();
  const auto second = text_at(json_of(refresh(first.refresh)), "/refresh_token");
  expect_body(refresh(first.refresh), 400, kInvalidToken);
  EXPECT_EQ(refresh(second).response.status, 200);
}

TEST_F(TwitterOAuth, X6_without_offline_access_there_is_no_refresh_token) {
  const auto answer =
      exchange(code({{.name = "scope", .value = "tweet.read users.read tweet.write"}}));
  EXPECT_EQ(answer.response.status, 200);
  const auto body = json_of(answer).as_object();
  EXPECT_FALSE(body.contains("refresh_token"));
  EXPECT_EQ(body.at("expires_in"), 7200);
  EXPECT_EQ(body.at("token_type"), "bearer");
  EXPECT_EQ(body.at("scope"), "tweet.read users.read tweet.write");
}

TEST_F(TwitterOAuth, X29_a_second_authorization_of_an_account_ends_the_first) {
  const auto first = connect();
  const auto books = connect(kScopes, kBooks);
  const auto second = connect();
  expect_body(get("/2/users/me", first.access), 401, kUnauthorized);
  expect_body(refresh(first.refresh), 400, kInvalidToken);
  EXPECT_EQ(get("/2/users/me", second.access).response.status, 200);
  EXPECT_EQ(get("/2/users/me", books.access).response.status, 200) << "another account's lives";
  turn("single_grant", "off");
  connect();
  EXPECT_EQ(get("/2/users/me", second.access).response.status, 200);
}

TEST_F(TwitterOAuth, an_access_token_lives_two_hours) {
  const auto tokens = connect();
  pass(std::chrono::milliseconds(7'199'999));
  EXPECT_EQ(get("/2/users/me", tokens.access).response.status, 200);
  pass(std::chrono::milliseconds(1));
  expect_body(get("/2/users/me", tokens.access), 401, kUnauthorized);
}

TEST_F(TwitterOAuth, the_page_says_what_is_asked_and_lets_the_account_be_chosen) {
  const auto page = ask({.url = authorize_url()});
  EXPECT_EQ(page.response.status, 200);
  for (const auto* text : {"Herald Demo", "wants to access your X account", "Upload media for you",
                           "@bluebakery", "@cornerbooks", "Authorize app"})
    EXPECT_NE(page.response.body.find(text), std::string::npos) << text;
  EXPECT_EQ(page.response.body.find("harbourchoir"), std::string::npos);
  EXPECT_NE(header_of(page, "Content-Security-Policy").find("https://herald.example"),
            std::string::npos);
}

TEST_F(TwitterOAuth, a_refusal_comes_back_as_access_denied) {
  const auto plain = decide(authorize_url(), kBakery, "cancel");
  EXPECT_EQ(query_of(plain, "error"), "access_denied");
  EXPECT_EQ(query_of(plain, "state"), "st&te");
  EXPECT_EQ(query_of(plain, "error_description"), "");
  turn("denial", "described");
  EXPECT_NE(query_of(decide(authorize_url(), kBakery, "cancel"), "error_description"), "");
}

TEST_F(TwitterOAuth, an_address_or_a_scope_that_is_not_known_gets_an_error_page) {
  const std::vector<Field> broken[] = {
      {{.name = "client_id", .value = "somebody"}},
      {{.name = "redirect_uri", .value = "https://herald.example/callback/"}},
      {{.name = "response_type", .value = "token"}},
      {{.name = "scope", .value = "tweet.read tweet.delete"}},
      {{.name = "scope", .value = ""}},
      {{.name = "state", .value = std::string(501, 's')}},
      {{.name = "code_challenge_method", .value = "S512"}}};
  for (const auto& change : broken)
    EXPECT_EQ(ask({.url = authorize_url(change)}).response.status, 400) << change.front().value;
}

TEST_F(TwitterOAuth, the_method_of_the_challenge_may_be_written_small_or_be_plain) {
  EXPECT_EQ(exchange(code({{.name = "code_challenge_method", .value = "s256"}})).response.status,
            200);
  const auto plain = code({{.name = "code_challenge_method", .value = "plain"},
                           {.name = "code_challenge", .value = kVerifier}});
  EXPECT_EQ(exchange(plain).response.status, 200);
}

TEST_F(TwitterOAuth, a_public_client_names_itself_in_the_body) {
  auto fields = exchange_fields(code({{.name = "client_id", .value = "sandbox-twitter-native"}}));
  const auto missing = token_call(fields, {});
  EXPECT_EQ(missing.response.status, 400);
  EXPECT_EQ(text_at(json_of(missing), "/error_description"),
            "Missing required parameter [client_id].");
  fields.push_back({.name = "client_id", .value = "nobody"});
  const auto unknown = token_call(fields, {});
  EXPECT_EQ(unknown.response.status, 401);
  EXPECT_EQ(text_at(json_of(unknown), "/error"), "invalid_client");
  fields.back().value = "sandbox-twitter-native";
  EXPECT_EQ(token_call(fields, {}).response.status, 200);
}

TEST_F(TwitterOAuth, a_token_request_may_be_json) {
  RigRequest request{.method = "POST",
                     .url = "https://api.twitter.com/2/oauth2/token",
                     .content_type = "application/json;charset=UTF-8"};
  boost::json::object body;
  for (const auto& field : exchange_fields(code())) body[field.name] = field.value;
  request.body = boost::json::serialize(body);
  request.headers = basic();
  EXPECT_EQ(ask(request).response.status, 200);
}

TEST_F(TwitterOAuth, a_code_is_bound_to_its_address_and_its_app) {
  auto fields = exchange_fields(code());
  fields[2].value = "https://herald.example/other";
  EXPECT_EQ(token_call(fields).response.status, 400);
  expect_body(token_call(exchange_fields(code()),
                         basic("sandbox-twitter-other", "sandbox-twitter-other-secret")),
              400, kInvalidCode);
}

TEST_F(TwitterOAuth, a_revoked_refresh_token_ends_the_grant) {
  const auto tokens = connect();
  const auto answer =
      token_call({{.name = "token", .value = tokens.refresh}}, basic(), "/2/oauth2/revoke");
  expect_body(answer, 200, R"({"revoked":true})");
  expect_body(get("/2/users/me", tokens.access), 401, kUnauthorized);
  expect_body(refresh(tokens.refresh), 400, kInvalidToken);
}

TEST_F(TwitterOAuth, a_refresh_token_that_nobody_used_for_half_a_year_is_over) {
  const auto tokens = connect();
  pass(std::chrono::hours(24 * 180));
  expect_body(refresh(tokens.refresh), 400, kInvalidToken);
}

TEST_F(TwitterOAuth, faults_can_spoil_the_token_of_a_call) {
  const auto tokens = connect();
  Call call;
  call.headers.set("Authorization", "Bearer " + tokens.access);
  side->spoil_token(call, "expire");
  expect_body(get("/2/users/me", tokens.access), 401, kUnauthorized);
  const auto renewed = json_of(refresh(tokens.refresh));
  call.headers.set("Authorization", "Bearer " + text_at(renewed, "/access_token"));
  side->spoil_token(call, "revoke");
  expect_body(refresh(text_at(renewed, "/refresh_token")), 400, kInvalidToken);
}

}  // namespace herald::sandbox::twitter
