// Pinterest: consent, tokens, who may do what.
#include "sandbox/pinterest/rig.h"

namespace herald::sandbox::pinterest {
namespace {

using namespace std::chrono_literals;

using PinterestOAuth = PinterestTest;

std::string refresh_token_of(const Answer& answer) {
  return text_at(json_of(answer), "/refresh_token");
}

TEST_F(PinterestOAuth, PN01_an_unknown_app_is_not_led_anywhere) {
  expect_body(ask({.url = authorize_url({{.name = "client_id", .value = "999"}})}), 400,
              R"({"status":"failure","code":283,"data":"Invalid Application ID",)"
              R"("message":"The authorization grant is invalid","endpoint_name":"oauth_connect"})");
}

TEST_F(PinterestOAuth, PN02_an_address_that_is_not_registered_and_no_scope_lead_nowhere) {
  for (const auto& change :
       {Field{.name = "redirect_uri", .value = "https://evil.test/"},
        Field{.name = "scope", .value = ""}, Field{.name = "scope", .value = "pins:eat"},
        Field{.name = "response_type", .value = "token"}}) {
    const auto answer = ask({.url = authorize_url({change})});
    EXPECT_EQ(answer.response.status, 400);
    EXPECT_EQ(at(json_of(answer), "/code")->as_int64(), 1) << change.name;
  }
}

TEST_F(PinterestOAuth, PN03_a_refusal_leads_back_without_a_code) {
  EXPECT_EQ(header_of(decide("deny"), "Location"),
            std::string(kCallback) + "?error=access_denied&state=st%26te");
  turn("denial", "bare");
  EXPECT_EQ(header_of(decide("deny"), "Location"), std::string(kCallback) + "?state=st%26te");
}

TEST_F(PinterestOAuth, PN04_consent_leads_back_with_a_code_and_the_state) {
  const auto page = ask({.url = authorize_url()});
  EXPECT_EQ(page.response.status, 200);
  EXPECT_TRUE(page.response.body.contains("Herald Demo"));
  EXPECT_TRUE(page.response.body.contains("cornerbooks"));
  EXPECT_FALSE(page.response.body.contains("harbourchoir"));
  const auto location = header_of(decide(), "Location");
  EXPECT_EQ(query_of(location, "state"), "st&te");
  EXPECT_EQ(query_of(location, "code").size(), 40u);
  EXPECT_EQ(decide("allow", {}, "harbourchoir").response.status, 400);
}

TEST_F(PinterestOAuth, PN05_a_code_becomes_two_tokens) {
  const auto body = json_of(exchange(code())).as_object();
  EXPECT_TRUE(body.at("access_token").as_string().starts_with("pina_"));
  EXPECT_TRUE(body.at("refresh_token").as_string().starts_with("pinr_"));
  EXPECT_EQ(body.at("response_type"), "authorization_code");
  EXPECT_EQ(body.at("token_type"), "bearer");
  EXPECT_EQ(body.at("expires_in"), 2'592'000);
  EXPECT_EQ(body.at("refresh_token_expires_in"), 5'184'000);
  EXPECT_EQ(body.at("refresh_token_expires_at"), to_ms(rig.wall) / 1000 + 5'184'000);
  EXPECT_EQ(body.at("scope"), "boards:read boards:write pins:read pins:write user_accounts:read");
  turn("token_scope", "commas");
  EXPECT_EQ(json_of(exchange(code())).at("scope"),
            "boards:read,boards:write,pins:read,pins:write,user_accounts:read");
  turn("token_scope", "absent");
  turn("refresh_expires_at", "off");
  turn("refresh_life_s", "31536000");
  const auto other = json_of(exchange(code())).as_object();
  EXPECT_FALSE(other.contains("scope"));
  EXPECT_FALSE(other.contains("refresh_token_expires_at"));
  EXPECT_EQ(other.at("refresh_token_expires_in"), 31'536'000);
}

TEST_F(PinterestOAuth, PN06_the_secret_travels_as_Basic_and_the_rest_as_a_form) {
  const std::vector<Field> fields = {{.name = "grant_type", .value = "authorization_code"},
                                     {.name = "code", .value = code()},
                                     {.name = "redirect_uri", .value = kCallback},
                                     {.name = "client_id", .value = kClient},
                                     {.name = "client_secret", .value = kSecret}};
  expect_body(ask(Rig::form("https://api.pinterest.com/v5/oauth/token", fields)), 401, kNoToken);
  expect_body(token_call(fields, "wrong"), 401, kNoToken);
  expect_body(ask({.method = "POST",
                   .url = "https://api.pinterest.com/v5/oauth/token",
                   .content_type = "application/json",
                   .body = R"({"grant_type":"authorization_code"})",
                   .headers = basic_header(kClient, kSecret)}),
              401, kNoToken);
  EXPECT_EQ(token_call(fields).response.status, 200) << "and the code was not used up";
}

TEST_F(PinterestOAuth, PN07_a_code_is_good_once_for_ten_minutes_and_for_its_address) {
  const auto once = code();
  EXPECT_EQ(
      exchange(once, {{.name = "redirect_uri", .value = "https://other.test/"}}).response.status,
      401);
  EXPECT_EQ(exchange(once).response.status, 200);
  expect_body(exchange(once), 401, kGrantInvalid);
  const auto old = code();
  pass(10min);
  expect_body(exchange(old), 401, kGrantInvalid);
  turn("grant_error", "oauth");
  expect_body(exchange(old), 400, R"({"error":"invalid_grant"})");
}

TEST_F(PinterestOAuth, PN08_PN20_without_boards_write_there_are_tokens_but_no_pins) {
  const auto token = connect("boards:read,pins:read,pins:write,user_accounts:read");
  const std::string missing =
      R"({"code":3,"message":"Your token does not have sufficient permissions to perform this )"
      R"(operation. Please ensure your token is authorized with the correct set of scopes. )"
      R"(Missing: ['boards:write']"})";
  expect_body(post("/pins", photo_pin(), token), 401, missing);
  turn("scope_status", "403");
  expect_body(post("/pins", photo_pin(), token), 403, missing);
  EXPECT_EQ(get("/user_account", token).response.status, 200);
  EXPECT_EQ(seen(), 0u);
}

TEST_F(PinterestOAuth, PN09_a_refresh_gives_two_new_tokens) {
  const auto first = exchange(code());
  const auto second = refresh(refresh_token_of(first));
  const auto body = json_of(second).as_object();
  EXPECT_EQ(body.at("response_type"), "refresh_token");
  EXPECT_NE(refresh_token_of(second), refresh_token_of(first));
  EXPECT_EQ(get("/user_account", std::string(body.at("access_token").as_string())).response.status,
            200);
  EXPECT_EQ(refresh(refresh_token_of(second)).response.status, 200);
}

TEST_F(PinterestOAuth, PN11_a_refresh_token_that_was_used_lives_a_minute_for_good_or_no_more) {
  const auto used = [&] {
    const auto token = refresh_token_of(exchange(code()));
    EXPECT_EQ(refresh(token).response.status, 200);
    return token;
  };
  const auto minute = used();
  pass(59s);
  EXPECT_EQ(refresh(minute).response.status, 200);
  pass(1s);
  expect_body(refresh(minute), 401, kGrantInvalid);
  turn("old_refresh_token", "dies");
  expect_body(refresh(used()), 401, kGrantInvalid);
  turn("old_refresh_token", "lives");
  const auto lives = used();
  pass(24h * 50);
  EXPECT_EQ(refresh(lives).response.status, 200);
}

TEST_F(PinterestOAuth, PN12_a_refresh_token_lives_sixty_days) {
  const auto token = refresh_token_of(exchange(code()));
  pass(24h * 60 + 1s);
  expect_body(refresh(token), 401, kGrantInvalid);
}

TEST_F(PinterestOAuth, PN13_PN14_no_other_token_opens_anything) {
  const auto token = connect();
  expect_body(get("/user_account", "pina_garbage"), 401, kNoToken);
  expect_body(get("/user_account", ""), 401, kNoToken);
  expect_body(ask({.url = "https://api-sandbox.pinterest.com/v5/user_account"}, token), 401,
              kNoToken);
  pass(24h * 30);
  expect_body(get("/user_account", token), 401, kNoToken);
  turn("token_error_status_field", "on");
  expect_body(get("/user_account", token), 401,
              R"({"code":2,"message":"Authentication failed.","status":"failure"})");
}

TEST_F(PinterestOAuth, PN15_only_system_users_revoke_their_tokens) {
  auto request = Rig::form("https://api.pinterest.com/v5/oauth/token/revoke",
                           {{.name = "token", .value = connect()}});
  request.headers = basic_header(kClient, kSecret);
  expect_body(ask(request), 403, kNotPermitted);
}

TEST_F(PinterestOAuth, PN22_an_app_that_was_never_approved_may_nothing) {
  const auto token = connect();
  control("app", {{.name = "tier", .value = "none"}});
  expect_body(get("/boards", token), 401,
              R"({"code":3,"message":"Your application consumer type is not supported, please )"
              R"(contact support."})");
}

TEST_F(PinterestOAuth, PN50_a_changed_password_ends_every_token) {
  const auto both = exchange(code());
  const auto other = connect(kScopes, "cornerbooks");
  control("remove-access", {{.name = "user", .value = "bluebakery"}});
  expect_body(get("/user_account", text_at(json_of(both), "/access_token")), 401, kNoToken);
  expect_body(refresh(refresh_token_of(both)), 401, kGrantInvalid);
  EXPECT_EQ(get("/user_account", other).response.status, 200);
}

TEST_F(PinterestOAuth, what_is_saved_comes_back) {
  const auto token = connect();
  const auto pin = pinned(token);
  const auto saved = side->save();
  side->restart();
  EXPECT_EQ(get("/user_account", token).response.status, 401);
  side->load(saved);
  EXPECT_EQ(side->save(), saved);
  EXPECT_EQ(text_at(json_of(get("/pins/" + pin, token)), "/title"), "Rye");
}

}  // namespace
}  // namespace herald::sandbox::pinterest
