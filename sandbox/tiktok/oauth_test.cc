// Consent, codes, tokens (vectors TT1 to TT12, TT28, TT30).
#include "sandbox/tiktok/rig.h"

namespace herald::sandbox::tiktok {

class TikTokOAuth : public TikTokTest {
 protected:
  void expect_error_page(const Answer& answer, const std::string& parameter) {
    EXPECT_EQ(answer.response.status, 400);
    EXPECT_EQ(header_of(answer, "Location"), "");
    EXPECT_NE(answer.response.body.find("We couldn't log in with TikTok"), std::string::npos);
    EXPECT_NE(answer.response.body.find("<li>" + parameter + "</li>"), std::string::npos)
        << answer.response.body;
  }
};

constexpr const char* kBadVerifier = "Code verifier or code challenge is invalid.";
constexpr const char* kMalformed = "The request parameters are malformed.";
constexpr const char* kDeadCode = "Authorization code is expired.";
constexpr const char* kDeadRefresh = "Refresh token is invalid or expired.";

TEST_F(TikTokOAuth, TT1_client_id_is_no_client_key) {
  expect_error_page(ask({.url = authorize_url({{.name = "client_key", .value = ""},
                                               {.name = "client_id", .value = kClient}})}),
                    "client_key");
}

TEST_F(TikTokOAuth, TT2_scopes_with_blanks_are_one_unknown_scope) {
  expect_error_page(
      ask({.url = authorize_url({{.name = "scope", .value = "user.info.basic video.publish"}})}),
      "scope");
}

TEST_F(TikTokOAuth, TT3_a_refusal_comes_back_as_access_denied) {
  const auto back = decide(authorize_url(), {}, "cancel");
  EXPECT_TRUE(back.starts_with(std::string(kCallback) + "?error=access_denied&")) << back;
  EXPECT_NE(query_of(back, "error_description"), "");
  EXPECT_EQ(query_of(back, "state"), "st&te");
  EXPECT_EQ(query_of(back, "code"), "");
}

TEST_F(TikTokOAuth, TT4_the_desktop_flow_wants_the_digest_in_hex) {
  const std::vector<Field> desktop = {{.name = "redirect_uri", .value = kDesktop},
                                      {.name = "code_challenge", .value = kBase64}};
  expect_oauth_error(token_call(exchange_fields(code(desktop), kDesktop)), "invalid_request",
                     kBadVerifier);
  turn("web_challenge", "ignored");
  expect_oauth_error(token_call(exchange_fields(code(desktop), kDesktop)), "invalid_request",
                     kBadVerifier);
  const auto hex = code({{.name = "redirect_uri", .value = kDesktop}});
  EXPECT_NE(text_at(json_of(token_call(exchange_fields(hex, kDesktop))), "/access_token"), "");
}

TEST_F(TikTokOAuth, TT4_the_web_flow_wants_it_too_unless_the_switch_says_otherwise) {
  const std::vector<Field> base64 = {{.name = "code_challenge", .value = kBase64}};
  expect_oauth_error(token_call(exchange_fields(code(base64))), "invalid_request", kBadVerifier);
  turn("web_challenge", "ignored");
  EXPECT_NE(text_at(json_of(token_call(exchange_fields(code(base64)))), "/access_token"), "");
}

TEST_F(TikTokOAuth, TT5_a_wrong_verifier_is_refused) {
  auto fields = exchange_fields(code());
  fields.back().value = "another-verifier-of-more-than-forty-three-letters";
  expect_oauth_error(token_call(fields), "invalid_request", kBadVerifier);
  fields.pop_back();
  expect_oauth_error(token_call(fields), "invalid_request", kBadVerifier);
}

TEST_F(TikTokOAuth, TT5_a_verifier_has_forty_three_letters_at_least) {
  const auto with = [&](const std::string& verifier) {
    auto fields =
        exchange_fields(code({{.name = "code_challenge", .value = sha256_hex(verifier)}}));
    fields.back().value = verifier;
    return token_call(fields);
  };
  expect_oauth_error(with(std::string(42, 'v')), "invalid_request", kBadVerifier);
  EXPECT_NE(text_at(json_of(with(std::string(43, 'v'))), "/access_token"), "");
}

TEST_F(TikTokOAuth, TT6_a_code_works_once_and_not_for_long) {
  const auto once = code();
  EXPECT_NE(text_at(json_of(token_call(exchange_fields(once))), "/access_token"), "");
  expect_oauth_error(token_call(exchange_fields(once)), "invalid_grant", kDeadCode);
  const auto late = code();
  pass(std::chrono::seconds(600));
  expect_oauth_error(token_call(exchange_fields(late)), "invalid_grant", kDeadCode);
}

TEST_F(TikTokOAuth, TT7_the_redirect_uri_must_be_the_same) {
  expect_oauth_error(token_call(exchange_fields(code(), kDesktop)), "invalid_request",
                     "Redirect_uri is not matched with the uri when requesting code.");
}

TEST_F(TikTokOAuth, TT8_a_replaced_refresh_token_is_dead) {
  turn("rotation", "on");
  const auto first = connect();
  const auto renewed = json_of(refresh(first.refresh));
  const auto second = text_at(renewed, "/refresh_token");
  ASSERT_NE(second, "");
  EXPECT_NE(second, first.refresh);
  expect_oauth_error(refresh(first.refresh), "invalid_grant", kDeadRefresh);
  EXPECT_EQ(text_at(json_of(refresh(second)), "/token_type"), "Bearer");
}

TEST_F(TikTokOAuth, TT8_it_lives_on_for_the_grace_of_the_switch) {
  turn("rotation", "on");
  turn("rotation_grace_s", "60");
  const auto first = connect();
  EXPECT_NE(text_at(json_of(refresh(first.refresh)), "/access_token"), "");
  pass(std::chrono::milliseconds(59'999));
  EXPECT_NE(text_at(json_of(refresh(first.refresh)), "/access_token"), "");
  pass(std::chrono::milliseconds(1));
  expect_oauth_error(refresh(first.refresh), "invalid_grant", kDeadRefresh);
}

TEST_F(TikTokOAuth, TT8_without_rotation_the_token_stays_and_its_year_begins_anew) {
  const auto first = connect();
  pass(std::chrono::hours(24 * 364));
  const auto renewed = json_of(refresh(first.refresh));
  EXPECT_EQ(text_at(renewed, "/refresh_token"), first.refresh);
  EXPECT_EQ(renewed.at("refresh_expires_in"), 31536000);
  turn("refresh_restarts", "off");
  pass(std::chrono::hours(24 * 364));
  EXPECT_EQ(json_of(refresh(first.refresh)).at("refresh_expires_in"), 86400);
  pass(std::chrono::hours(24));
  expect_oauth_error(refresh(first.refresh), "invalid_grant", kDeadRefresh);
}

TEST_F(TikTokOAuth, TT9_a_wrong_secret_is_refused_with_either_status) {
  auto fields = exchange_fields(code());
  fields.push_back({.name = "client_secret", .value = "wrong"});
  constexpr const char* kIncorrect = "Client key or secret is incorrect.";
  expect_oauth_error(token_call(fields), "invalid_client", kIncorrect);
  turn("oauth_error_status", "400");
  expect_oauth_error(token_call(fields), "invalid_client", kIncorrect, 400);
}

TEST_F(TikTokOAuth, TT10_a_token_request_is_a_form) {
  RigRequest request{.method = "POST",
                     .url = "https://open.tiktokapis.com/v2/oauth/token/",
                     .content_type = "application/json"};
  boost::json::object body{{"client_key", kClient}, {"client_secret", kSecret}};
  for (const auto& field : exchange_fields(code())) body[field.name] = field.value;
  request.body = boost::json::serialize(body);
  expect_oauth_error(ask(request), "invalid_request", kMalformed);
}

TEST_F(TikTokOAuth, TT11_a_field_of_another_scope_fails_the_whole_call) {
  const auto token = connect("user.info.basic").access;
  const std::string path = "/v2/user/info/?fields=open_id,username";
  expect_refused(get(path, token), 401, "scope_not_authorized");
  turn("missing_scope", "scope_permission_missed");
  expect_refused(get(path, token), 400, "scope_permission_missed");
  EXPECT_EQ(get("/v2/user/info/?fields=open_id", token).response.status, 200);
}

TEST_F(TikTokOAuth, TT12_an_access_token_lives_a_day) {
  const auto token = access();
  pass(std::chrono::milliseconds(86'399'999));
  EXPECT_EQ(get("/v2/user/info/?fields=open_id", token).response.status, 200);
  pass(std::chrono::milliseconds(1));
  expect_refused(get("/v2/user/info/?fields=open_id", token), 401, "access_token_invalid");
  expect_refused(begin_film(token, 1000), 401, "access_token_invalid");
  expect_refused(post("/v2/video/list/?fields=id", token, "{}"), 401, "access_token_invalid");
}

TEST_F(TikTokOAuth, TT28_a_revoked_token_ends_the_grant) {
  const auto tokens = connect();
  const auto answer = token_call({{.name = "token", .value = tokens.access}}, "/v2/oauth/revoke/");
  EXPECT_EQ(answer.response.status, 200);
  EXPECT_EQ(answer.response.body, "");
  expect_refused(get("/v2/user/info/?fields=open_id", tokens.access), 401, "access_token_invalid");
  expect_oauth_error(refresh(tokens.refresh), "invalid_grant", kDeadRefresh);
}

TEST_F(TikTokOAuth, TT30_without_a_challenge_the_page_names_it) {
  expect_error_page(ask({.url = authorize_url({{.name = "code_challenge", .value = ""},
                                               {.name = "code_challenge_method", .value = ""}})}),
                    "code_challenge");
}

TEST_F(TikTokOAuth, TT30_an_app_that_need_not_send_one_connects_on_the_web_only) {
  control("app", {{.name = "needs_challenge", .value = "false"}});
  std::vector<Field> changes = {{.name = "code_challenge", .value = ""},
                                {.name = "code_challenge_method", .value = ""}};
  EXPECT_NE(text_at(json_of(token_call(exchange_fields(code(changes)))), "/access_token"), "");
  changes.push_back({.name = "redirect_uri", .value = kDesktop});
  expect_error_page(ask({.url = authorize_url(changes)}), "code_challenge");
}

TEST_F(TikTokOAuth, what_else_is_wrong_is_named_and_nobody_is_sent_back) {
  const std::vector<Field> broken[] = {
      {{.name = "response_type", .value = "token"}},
      {{.name = "redirect_uri", .value = "https://herald.example/callback/"}},
      {{.name = "redirect_uri", .value = "http://herald.example/callback"}},
      {{.name = "redirect_uri", .value = "http://127.0.0.1/callback"}},
      {{.name = "scope", .value = "user.info.basic,photo.publish"}},
      {{.name = "client_key", .value = "sandbox-tiktok-new"}, {.name = "scope", .value = ""}},
      {{.name = "code_challenge_method", .value = "plain"}}};
  for (const auto& change : broken)
    expect_error_page(ask({.url = authorize_url(change)}), change.back().name);
  expect_error_page(
      ask({.url = authorize_url({{.name = "client_key", .value = "sandbox-tiktok-new"}})}),
      "scope");
}

TEST_F(TikTokOAuth, a_redirect_uri_with_a_query_cannot_be_registered) {
  const std::string with_query = "https://herald.example/callback?tenant=1";
  rig.settings.redirect_uris["tiktok"].push_back(with_query);
  expect_error_page(ask({.url = authorize_url({{.name = "redirect_uri", .value = with_query}})}),
                    "redirect_uri");
}

TEST_F(TikTokOAuth, the_answer_is_flat_and_names_the_person_for_this_app) {
  const auto body = json_of(token_call(exchange_fields(code())));
  EXPECT_EQ(body.at("expires_in"), 86400);
  EXPECT_EQ(body.at("refresh_expires_in"), 31536000);
  EXPECT_EQ(text_at(body, "/scope"), kScopes);
  EXPECT_EQ(text_at(body, "/token_type"), "Bearer");
  const auto me = json_of(get("/v2/user/info/?fields=open_id,union_id,display_name,username",
                              text_at(body, "/access_token")));
  EXPECT_EQ(text_at(me, "/data/user/open_id"), text_at(body, "/open_id"));
  EXPECT_NE(text_at(me, "/data/user/union_id"), text_at(body, "/open_id"));
  EXPECT_EQ(text_at(me, "/data/user/username"), "bluebakery");
  EXPECT_EQ(text_at(me, "/error/code"), "ok");
}

TEST_F(TikTokOAuth, a_person_may_untick_all_but_the_basic_scope) {
  const auto back = decide(authorize_url(), {{.name = "granted", .value = ""},
                                             {.name = "granted", .value = "video.publish"}});
  EXPECT_EQ(query_of(back, "scopes"), "user.info.basic,video.publish");
  const auto body = json_of(token_call(exchange_fields(query_of(back, "code"))));
  EXPECT_EQ(text_at(body, "/scope"), "user.info.basic,video.publish");
  expect_refused(begin_draft(text_at(body, "/access_token"), 1000), 401, "scope_not_authorized");
}

TEST_F(TikTokOAuth, a_code_has_to_be_decoded_once) {
  const auto back = decide(authorize_url());
  const auto from = back.find("code=") + 5;
  const auto written = back.substr(from, back.find('&', from) - from);
  EXPECT_NE(written, query_of(back, "code"));
  expect_oauth_error(token_call(exchange_fields(written)), "invalid_grant", kDeadCode);
  EXPECT_NE(text_at(json_of(token_call(exchange_fields(query_of(back, "code")))), "/open_id"), "");
}

TEST_F(TikTokOAuth, the_page_shows_boxes_and_accounts_and_may_be_skipped) {
  const auto page = ask({.url = authorize_url({{.name = "disable_auto_auth", .value = "0"}})});
  EXPECT_EQ(page.response.status, 200);
  for (const auto* text :
       {"Herald Demo", "@bluebakery", "@cornerbooks", "Post content to TikTok",
        R"(value="video.upload" checked)", R"(value="user.info.basic" checked disabled)"})
    EXPECT_NE(page.response.body.find(text), std::string::npos) << text;
  EXPECT_EQ(page.response.body.find("harbourchoir"), std::string::npos);
  connect();
  const auto skipped = ask({.url = authorize_url({{.name = "disable_auto_auth", .value = "0"}})});
  EXPECT_EQ(skipped.response.status, 302);
  EXPECT_NE(query_of(header_of(skipped, "Location"), "code"), "");
  for (const auto* shown : {"1", ""})
    EXPECT_EQ(ask({.url = authorize_url({{.name = "disable_auto_auth", .value = shown}})})
                  .response.status,
              200);
}

TEST_F(TikTokOAuth, faults_can_spoil_the_token_of_a_call) {
  const auto tokens = connect();
  Call call;
  call.headers.set("Authorization", "Bearer " + tokens.access);
  side->spoil_token(call, "expire");
  expect_refused(get("/v2/user/info/?fields=open_id", tokens.access), 401, "access_token_invalid");
  const auto renewed = text_at(json_of(refresh(tokens.refresh)), "/access_token");
  EXPECT_EQ(get("/v2/user/info/?fields=open_id", renewed).response.status, 200);
  call.headers.set("Authorization", "Bearer " + renewed);
  side->spoil_token(call, "revoke");
  expect_oauth_error(refresh(tokens.refresh), "invalid_grant", kDeadRefresh);
}

}  // namespace herald::sandbox::tiktok
