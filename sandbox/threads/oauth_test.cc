// Consent, codes, tokens (vectors TH-01 to TH-16).
#include "sandbox/threads/rig.h"

namespace herald::sandbox::threads {

class ThreadsOAuth : public ThreadsTest {};

constexpr const char* kMatchingCode =
    R"({"error_type":"OAuthException","code":400,)"
    R"("error_message":"Matching code was not found or was already used"})";
constexpr const char* kNotGranted =
    R"({"error":{"message":"This action requires the threads_basic permission. You must submit )"
    R"(for app review, or your user must be in the list of Threads testers.",)"
    R"("type":"THApiException","code":100,"error_subcode":10,"fbtrace_id":"AsimTrace"}})";

TEST_F(ThreadsOAuth, TH01_an_unregistered_redirect_uri_leads_nowhere) {
  const auto url = authorize_url({{.name = "redirect_uri", .value = "https://other.example/"}});
  const auto answer = ask({.url = url});
  expect_body(answer, 400,
              R"({"error_message":"URL Blocked: This redirect failed because the redirect URI is )"
              R"(not whitelisted in the app's Client OAuth Settings. Make sure Client and Web )"
              R"(OAuth Login are on and add all your app domains as Valid OAuth Redirect URIs.",)"
              R"("error_code":1349168})");
  EXPECT_EQ(header_of(answer, "Location"), "");
  turn("authorize_error_status", "200");
  EXPECT_EQ(ask({.url = url}).response.status, 200);
}

TEST_F(ThreadsOAuth, TH02_a_profile_without_an_accepted_invite_leads_nowhere) {
  control("account", {{.name = "standing", .value = "uninvited"}});
  expect_body(decide(), 400,
              R"({"error_message":"Invalid Request: The user has not accepted the invite to test )"
              R"(the app.","error_code":1349245})");
}

TEST_F(ThreadsOAuth, TH03_an_app_id_and_known_scopes_are_needed) {
  expect_body(ask({.url = authorize_url({{.name = "client_id", .value = ""}})}), 400,
              R"({"error_message":"No app ID was provided in the request.","error_code":4476002})");
  const auto unknown =
      ask({.url = authorize_url({{.name = "scope", .value = "threads_basic,threads_fly"}})});
  EXPECT_EQ(unknown.response.status, 400);
  EXPECT_NE(at(json_of(unknown), "/error_code"), nullptr) << unknown.response.body;
  const auto bare = authorize_url({{.name = "scope", .value = "threads_content_publish"}});
  EXPECT_EQ(ask({.url = bare}).response.status, 400) << "threads_basic is missing";
}

TEST_F(ThreadsOAuth, TH04_a_person_who_declines_is_sent_back_with_the_state) {
  const std::string declined = std::string(kCallback) +
                               "?error=access_denied&error_reason=user_denied&error_description="
                               "The+user+denied+your+request";
  EXPECT_EQ(header_of(decide("cancel"), "Location"), declined + "&state=st%26te");
  turn("denial_state", "off");
  EXPECT_EQ(header_of(decide("cancel"), "Location"), declined);
}

TEST_F(ThreadsOAuth, TH05_the_code_comes_with_a_fragment_that_is_no_part_of_it) {
  const auto location = header_of(decide(), "Location");
  const auto code = query_of(location, "code");
  EXPECT_EQ(location, std::string(kCallback) + "?code=" + code + "&state=st%26te#_");
  expect_body(exchange(code + "#_"), 400, kMatchingCode);
  EXPECT_EQ(exchange(code).response.status, 200);
}

TEST_F(ThreadsOAuth, the_consent_page_says_what_is_allowed_on_each_of_its_hosts) {
  for (const std::string host :
       {"threads.com", "threads.net", "www.threads.com", "www.threads.net"}) {
    const auto url = authorize_url();
    const auto answer = ask({.url = "https://" + host + url.substr(url.find("/oauth"))});
    EXPECT_EQ(answer.response.status, 200) << host;
    EXPECT_TRUE(answer.response.body.contains("Create and share posts for you.")) << host;
    EXPECT_TRUE(answer.response.body.contains("@cornerbooks")) << host;
    EXPECT_FALSE(answer.response.body.contains("@harbourchoir")) << "somebody else's";
  }
}

TEST_F(ThreadsOAuth, TH06_a_good_code_brings_a_token_and_a_number_that_no_double_holds) {
  const auto answer = exchange(code());
  EXPECT_EQ(answer.response.status, 200);
  const auto body = json_of(answer).as_object();
  EXPECT_EQ(body.size(), 2u) << answer.response.body;
  EXPECT_EQ(body.at("user_id"), 17841405793187218);
  EXPECT_TRUE(answer.response.body.contains("\"user_id\":17841405793187218"));
  EXPECT_EQ(get("/me", text_at(body, "/access_token")).response.status, 200);
  turn("user_id", "string");
  turn("short_token_type", "on");
  const auto other = json_of(exchange(code()));
  EXPECT_EQ(text_at(other, "/user_id"), kBakery);
  EXPECT_EQ(text_at(other, "/token_type"), "bearer");
}

TEST_F(ThreadsOAuth, TH07_a_code_works_once_for_an_hour_and_for_its_redirect_uri) {
  const auto first = code();
  EXPECT_EQ(exchange(first).response.status, 200);
  expect_body(exchange(first), 400, kMatchingCode);
  const auto other = code();
  expect_body(exchange(other, {{.name = "redirect_uri", .value = "https://other.example/"}}), 400,
              kMatchingCode);
  pass(std::chrono::minutes(60));
  expect_body(exchange(other), 400, kMatchingCode);
}

TEST_F(ThreadsOAuth, TH08_a_wrong_secret_is_refused_in_the_flat_form_and_leaves_the_code) {
  const auto held = code();
  const auto answer = exchange(held, {{.name = "client_secret", .value = "wrong"}});
  EXPECT_EQ(answer.response.status, 400);
  EXPECT_EQ(text_at(json_of(answer), "/error_type"), "OAuthException");
  EXPECT_EQ(number_at(json_of(answer), "/code"), 400);
  EXPECT_EQ(exchange(held).response.status, 200);
}

TEST_F(ThreadsOAuth, TH09_a_short_token_becomes_one_of_sixty_days) {
  const auto brief = short_token();
  const auto answer = for_long(brief);
  EXPECT_EQ(answer.response.status, 200);
  const auto body = json_of(answer);
  EXPECT_EQ(text_at(body, "/token_type"), "bearer");
  EXPECT_EQ(number_at(body, "/expires_in"), 5183944);
  const auto token = text_at(body, "/access_token");
  EXPECT_NE(token, brief);
  pass(std::chrono::hours(24 * 59));
  EXPECT_EQ(get("/me", token).response.status, 200);
  EXPECT_EQ(get("/me", brief).response.status, 400);
}

TEST_F(ThreadsOAuth, TH10_a_long_token_is_not_exchanged_again) {
  expect_body(for_long(connect()), 400,
              R"({"error":{"message":"Session key invalid. This could be because the session key )"
              R"(has an incorrect format, or because the user has revoked this session",)"
              R"("type":"OAuthException","code":452,"error_subcode":4279019,)"
              R"("fbtrace_id":"AsimTrace"}})");
}

TEST_F(ThreadsOAuth, TH11_a_person_without_grant_gets_a_token_that_is_of_no_use) {
  control("account", {{.name = "standing", .value = "ungranted"}});
  const auto token = short_token();
  expect_body(for_long(token), 400, kNotGranted);
  expect_body(get("/me", token), 400, kNotGranted);
  turn("grant_status", "500");
  expect_body(get("/me", token), 500, kNotGranted);
}

TEST_F(ThreadsOAuth, TH12_a_token_of_thirty_days_is_refreshed_for_sixty_more) {
  const auto token = connect();
  pass(std::chrono::hours(24 * 30));
  const auto fresh = text_at(json_of(refresh(token)), "/access_token");
  EXPECT_NE(fresh, token);
  pass(std::chrono::hours(24 * 59));
  EXPECT_EQ(get("/me", fresh).response.status, 200);
  EXPECT_EQ(get("/me", token).response.status, 400);
  turn("refresh_keeps_token", "on");
  EXPECT_EQ(text_at(json_of(refresh(fresh)), "/access_token"), fresh);
  pass(std::chrono::hours(24 * 59));
  EXPECT_EQ(get("/me", fresh).response.status, 200);
}

TEST_F(ThreadsOAuth, TH13_a_token_of_a_day_less_an_hour_is_too_young_and_stays_good) {
  const auto token = connect();
  pass(std::chrono::hours(23));
  const auto answer = refresh(token);
  EXPECT_EQ(answer.response.status, 400);
  EXPECT_EQ(number_at(json_of(answer), "/error/code"), 100);
  EXPECT_EQ(get("/me", token).response.status, 200);
  pass(std::chrono::hours(1));
  EXPECT_EQ(refresh(token).response.status, 200);
}

TEST_F(ThreadsOAuth, TH14_an_expired_token_says_when_it_ended) {
  const auto token = short_token();
  pass(std::chrono::minutes(67));
  const std::string said =
      R"({"error":{"message":"Error validating access token: Session has expired on Sunday, )"
      R"(22-Nov-26 05:00:00 PST. The current time is Sunday, 22-Nov-26 05:07:00 PST.",)"
      R"("type":"OAuthException","code":190,"error_subcode":463,"fbtrace_id":"AsimTrace"}})";
  expect_body(get("/me", token), 400, said);
  expect_body(for_long(token), 400, said);
  expect_body(refresh(token), 400, said);
  turn("token_error_status", "401");
  expect_body(get("/me", token), 401, said);
  turn("expired_subcode", "off");
  EXPECT_EQ(at(json_of(get("/me", token)), "/error/error_subcode"), nullptr);
}

TEST_F(ThreadsOAuth, TH15_garbage_is_no_token) {
  const std::string said = R"({"error":{"message":"Failed to decode","type":"OAuthException",)"
                           R"("code":190,"fbtrace_id":"AsimTrace"}})";
  expect_body(get("/me", "garbage"), 400, said);
  expect_body(get("/me", ""), 400, said);
}

TEST_F(ThreadsOAuth, TH16_the_profile_shows_the_asked_fields) {
  const auto token = connect();
  expect_body(get("/me?fields=id,username,name", token), 200,
              R"({"id":"17841405793187218","username":"bluebakery","name":"Blue Bakery"})");
  expect_body(get("/me", token), 200, R"({"id":"17841405793187218"})");
  const auto unknown = parameter_error("Tried accessing nonexisting field (foo)");
  expect_body(get("/me?fields=foo", token), 400, unknown);
  turn("parameter_status", "500");
  expect_body(get("/me?fields=foo", token), 500, unknown);
}

TEST_F(ThreadsOAuth, the_token_may_be_a_parameter_and_the_host_either_one) {
  const auto token = connect();
  for (const std::string host : {"graph.threads.net", "graph.threads.com"})
    EXPECT_EQ(ask({.url = "https://" + host + "/v1.0/me?access_token=" + token}).response.status,
              200);
  EXPECT_EQ(get("/" + std::string(kBakery), token).response.status, 200) << "the id stands for me";
  EXPECT_EQ(ask({.url = "https://graph.threads.net/me"}, token).response.status, 400)
      << "every call says its version";
}

TEST_F(ThreadsOAuth, the_token_endpoints_carry_no_version) {
  const auto url =
      "https://graph.threads.net/v1.0/refresh_access_token?grant_type="
      "th_refresh_token&access_token=" +
      connect();
  pass(std::chrono::hours(25));
  expect_body(ask({.url = url}), 400, parameter_error("Unsupported request - method type: get"));
  turn("versioned_tokens", "on");
  EXPECT_EQ(ask({.url = url}).response.status, 200);
}

TEST_F(ThreadsOAuth, what_a_person_takes_back_is_dead) {
  const auto token = connect();
  control("remove-access");
  const auto answer = get("/me", token);
  EXPECT_EQ(number_at(json_of(answer), "/error/code"), 190);
  EXPECT_EQ(number_at(json_of(answer), "/error/error_subcode"), 458);
}

TEST_F(ThreadsOAuth, only_debug_token_says_what_was_granted) {
  const auto token = connect("threads_basic,threads_delete");
  const auto answer = json_of(get("/debug_token?input_token=" + token, token));
  ASSERT_NE(at(answer, "/data/scopes"), nullptr);
  EXPECT_EQ(boost::json::serialize(answer.at("data").at("scopes")),
            R"(["threads_basic","threads_delete"])");
  EXPECT_EQ(answer.at("data").at("is_valid"), true);
  EXPECT_EQ(text_at(answer, "/data/user_id"), kBakery);
}

}  // namespace herald::sandbox::threads
