// Consent, codes, tokens (vectors L1 to L8) and who the member is.
#include "sandbox/linkedin/rig.h"

namespace herald::sandbox::linkedin {

class LinkedInOAuth : public LinkedInTest {};

constexpr const char* kWrongCode =
    R"({"error":"invalid_request","error_description":"Unable to retrieve access token: )"
    R"(appid/redirect uri/code verifier does not match authorization code. Or authorization )"
    R"(code expired. Or external member binding exists"})";
constexpr const char* kDeadRefresh =
    R"({"error":"invalid_grant","error_description":"The provided authorization grant or refresh )"
    R"(token is invalid, expired or revoked."})";
constexpr const char* kRevoked =
    R"({"status":401,"serviceErrorCode":65601,"code":"REVOKED_ACCESS_TOKEN","message":)"
    R"("The token used in the request has been revoked by the user"})";

std::int64_t number_at(const Answer& answer, const char* pointer) {
  return value_at(json_of(answer), pointer).to_number<std::int64_t>();
}

TEST_F(LinkedInOAuth, the_page_names_what_is_allowed_and_nothing_else) {
  const auto page = ask({.url = authorize_url(kMemberScopes)}).response;
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Herald Demo would like to"), std::string::npos);
  EXPECT_NE(page.body.find("on your behalf"), std::string::npos);
  EXPECT_EQ(page.body.find("organization"), std::string::npos);
}

TEST_F(LinkedInOAuth, an_allowed_code_becomes_a_long_token_of_sixty_days) {
  const auto back = decide(authorize_url(kMemberScopes));
  EXPECT_TRUE(back.starts_with(kCallback));
  EXPECT_EQ(query_of(back, "state"), "st&te");
  const auto answer = exchange(query_of(back, "code"));
  ASSERT_EQ(answer.response.status, 200) << answer.response.body;
  const auto body = json_of(answer).as_object();
  EXPECT_EQ(body.at("expires_in"), 5'184'000);
  EXPECT_EQ(body.at("scope"), "openid,profile,w_member_social") << "commas, not blanks";
  EXPECT_EQ(body.at("token_type"), "Bearer");
  EXPECT_GT(text_at(body, "/access_token").size(), 300U);
  EXPECT_TRUE(body.contains("id_token"));
  EXPECT_FALSE(body.contains("refresh_token")) << "for partners only";
}

TEST_F(LinkedInOAuth, L1_a_code_works_once_for_thirty_minutes) {
  const auto once = code();
  EXPECT_EQ(exchange(once).response.status, 200);
  expect_body(exchange(once), 400, kWrongCode);
  const auto late = code();
  pass(std::chrono::minutes(30));
  expect_body(exchange(late), 400, kWrongCode);
  const auto prompt = code();
  pass(std::chrono::minutes(30) - std::chrono::milliseconds(1));
  EXPECT_EQ(exchange(prompt).response.status, 200);
  expect_body(exchange(code(), "https://herald.example/other"), 400, kWrongCode);
}

TEST_F(LinkedInOAuth, L2_an_unknown_code_is_not_found) {
  expect_body(exchange("AQTnobody"), 401,
              R"({"error":"invalid_request","error_description":)"
              R"("Unable to retrieve access token: authorization code not found"})");
}

TEST_F(LinkedInOAuth, L3_a_wrong_secret_fails) {
  expect_body(token_call({{.name = "grant_type", .value = "authorization_code"},
                          {.name = "code", .value = code()},
                          {.name = "redirect_uri", .value = kCallback}},
                         "wrong"),
              401,
              R"({"error":"invalid_client","error_description":"Client authentication failed"})");
}

TEST_F(LinkedInOAuth, L4_a_missing_parameter_is_named) {
  expect_body(token_call({{.name = "grant_type", .value = "authorization_code"},
                          {.name = "code", .value = code()}}),
              400,
              R"({"error":"invalid_request","error_description":)"
              R"("A required parameter \"redirect_uri\" is missing"})");
}

TEST_F(LinkedInOAuth, L5_a_refusal_says_where_the_person_left) {
  const auto refused = decide(authorize_url(kMemberScopes), "cancel");
  EXPECT_EQ(query_of(refused, "error"), "user_cancelled_authorize");
  EXPECT_FALSE(query_of(refused, "error_description").empty());
  EXPECT_EQ(query_of(refused, "state"), "st&te");
  EXPECT_EQ(query_of(refused, "code"), "");
  EXPECT_EQ(query_of(decide(authorize_url(kMemberScopes), "leave"), "error"),
            "user_cancelled_login");
}

TEST_F(LinkedInOAuth, L6_other_scopes_end_the_tokens_of_before) {
  const auto first = connect(kAllScopes);
  EXPECT_EQ(get("/v2/userinfo", first, {}).response.status, 200);
  const auto second = connect(kMemberScopes);
  expect_body(get("/v2/userinfo", first, {}), 401, kRevoked);
  EXPECT_EQ(get("/v2/userinfo", second, {}).response.status, 200);
}

TEST_F(LinkedInOAuth, the_same_scopes_again_show_no_page_and_end_nothing) {
  const auto first = connect(kMemberScopes);
  const auto again = ask({.url = authorize_url("w_member_social profile openid")});
  EXPECT_EQ(again.response.status, 302);
  const auto back = header_of(again, "Location");
  EXPECT_EQ(exchange(query_of(back, "code")).response.status, 200);
  EXPECT_EQ(get("/v2/userinfo", first, {}).response.status, 200);
  EXPECT_EQ(ask({.url = authorize_url("openid")}).response.status, 200) << "fewer are others";
}

TEST_F(LinkedInOAuth, L7_a_refresh_token_stays_and_its_end_comes_nearer) {
  turn("refresh_tokens", "on");
  const auto token = text_at(json_of(exchange(code())), "/refresh_token");
  ASSERT_FALSE(token.empty());
  pass(std::chrono::hours(24));
  const auto first = refresh(token);
  EXPECT_EQ(first.response.status, 200) << first.response.body;
  pass(std::chrono::hours(24));
  const auto second = refresh(token);
  EXPECT_EQ(text_at(json_of(first), "/refresh_token"), token);
  EXPECT_EQ(text_at(json_of(second), "/refresh_token"), token);
  EXPECT_EQ(number_at(first, "/refresh_token_expires_in"), 364 * 86'400);
  EXPECT_EQ(number_at(second, "/refresh_token_expires_in"), 363 * 86'400);
  const auto access = text_at(json_of(first), "/access_token");
  EXPECT_EQ(get("/v2/userinfo", access, {}).response.status, 200) << "it lives beside the newer";
}

TEST_F(LinkedInOAuth, L8_a_refresh_ends_with_its_year) {
  turn("refresh_tokens", "on");
  const auto token = text_at(json_of(exchange(code())), "/refresh_token");
  pass(std::chrono::hours(24 * 360));
  EXPECT_EQ(number_at(refresh(token), "/expires_in"), 5 * 86'400) << "no longer than its parent";
  pass(std::chrono::hours(24 * 5));
  expect_body(refresh(token), 400, kDeadRefresh);
}

TEST_F(LinkedInOAuth, a_token_ends_after_sixty_days_and_says_so) {
  const auto token = connect();
  pass(std::chrono::hours(24 * 60) - std::chrono::milliseconds(1));
  EXPECT_EQ(get("/v2/userinfo", token, {}).response.status, 200);
  pass(std::chrono::milliseconds(1));
  expect_body(get("/v2/userinfo", token, {}), 401,
              R"({"status":401,"serviceErrorCode":65602,"code":"EXPIRED_ACCESS_TOKEN",)"
              R"("message":"The token used in the request has expired"})");
}

TEST_F(LinkedInOAuth, a_scope_that_the_app_does_not_own_is_refused_in_the_callback) {
  const auto asked = ask({.url = authorize_url("openid r_member_social")});
  EXPECT_EQ(asked.response.status, 302);
  EXPECT_EQ(query_of(header_of(asked, "Location"), "error"), "unauthorized_scope_error");
  turn("unowned_scope", "page");
  EXPECT_EQ(ask({.url = authorize_url("openid r_member_social")}).response.status, 400);
  control("scope", {{.name = "scope", .value = "r_member_social"}});
  EXPECT_EQ(ask({.url = authorize_url("openid r_member_social")}).response.status, 200);
}

TEST_F(LinkedInOAuth, only_a_registered_address_is_led_to) {
  const auto status = [&](const std::string& uri) {
    return ask({.url = authorize_url("openid", uri)}).response.status;
  };
  EXPECT_EQ(status("https://herald.example/callback?more=1"), 200) << "its query is ignored";
  EXPECT_EQ(status("https://herald.example/callback/more"), 400);
  EXPECT_EQ(status("https://herald.example/callback#part"), 400);
}

TEST_F(LinkedInOAuth, introspection_and_revocation_know_the_apps_own_tokens) {
  const auto token = connect();
  const auto look = [&] {
    return json_of(token_call({{.name = "token", .value = token}}, kSecret, "introspectToken"));
  };
  EXPECT_EQ(text_at(look(), "/status"), "active");
  EXPECT_EQ(value_at(look(), "/active"), true);
  EXPECT_EQ(text_at(look(), "/scope"), "openid,profile,w_member_social");
  EXPECT_EQ(token_call({{.name = "token", .value = token}}, kSecret, "revoke").response.status,
            200);
  EXPECT_EQ(text_at(look(), "/status"), "revoked");
  expect_body(get("/v2/userinfo", token, {}), 401, kRevoked);
  expect_body(token_call({{.name = "token", .value = "nobody's"}}, kSecret, "introspectToken"), 200,
              R"({"active":false})");
}

TEST_F(LinkedInOAuth, the_member_is_known_without_a_version_header) {
  const auto token = connect("openid profile email w_member_social r_basicprofile");
  const auto body = json_of(get("/v2/userinfo", token, {}));
  EXPECT_EQ("urn:li:person:" + text_at(body, "/sub"), kMember);
  EXPECT_EQ(text_at(body, "/name"), "Mia Baker");
  EXPECT_EQ(text_at(body, "/email"), "mia@bakery.example");
  EXPECT_EQ(text_at(json_of(get("/v2/me", token, {})), "/vanityName"), "mia-baker");
  expect_refused(get("/v2/me", connect(), {}), 403, "ACCESS_DENIED");
}

TEST_F(LinkedInOAuth, what_the_person_takes_back_is_gone) {
  const auto token = connect();
  control("remove-access");
  expect_body(get("/v2/userinfo", token, {}), 401, kRevoked);
  EXPECT_EQ(ask({.url = authorize_url(kMemberScopes)}).response.status, 200) << "the page is back";
}

TEST_F(LinkedInOAuth, a_restart_of_the_program_keeps_tokens_and_posts) {
  const auto token = connect();
  const auto urn = posted(token, body_of(kMember, "Before"));
  const auto saved = side->save();
  side->restart();
  expect_refused(get("/v2/userinfo", token, {}), 401, "INVALID_ACCESS_TOKEN");
  side->load(saved);
  EXPECT_EQ(get("/v2/userinfo", token, {}).response.status, 200);
  EXPECT_EQ(post(token, body_of(kMember, "Before")).response.status, 422) << "remembers " << urn;
}

}  // namespace herald::sandbox::linkedin
