// Consent, codes, tokens (vectors R1 to R9, R27, R28).
#include "sandbox/reddit/rig.h"

namespace herald::sandbox::reddit {

class RedditOAuth : public RedditTest {};

constexpr const char* kInvalidGrant = R"({"error":"invalid_grant"})";

TEST_F(RedditOAuth, R1_a_broken_wish_ends_on_an_error_page_without_a_redirect) {
  const std::vector<std::vector<Field>> wishes = {
      {{.name = "state", .value = ""}},
      {{.name = "redirect_uri", .value = "https://herald.example/other"}},
      {{.name = "client_id", .value = "somebody"}},
      {{.name = "response_type", .value = "tokens"}},
      {{.name = "scope", .value = "identity everything"}},
      {{.name = "scope", .value = ""}}};
  for (const auto& wish : wishes) {
    const auto answer = ask({.url = authorize_url(wish)});
    EXPECT_EQ(answer.response.status, 400) << wish.front().name;
    EXPECT_EQ(header_of(answer, "Location"), "");
    EXPECT_TRUE(header_of(answer, "Content-Type").starts_with("text/html"));
  }
}

TEST_F(RedditOAuth, the_consent_page_says_what_is_allowed_and_for_how_long) {
  const auto page = ask({.url = authorize_url()}).response.body;
  EXPECT_NE(page.find("Submit links and comments from my account."), std::string::npos);
  EXPECT_NE(page.find("Maintain this access indefinitely"), std::string::npos);
  EXPECT_NE(page.find("u/bluebakery"), std::string::npos);
  EXPECT_EQ(page.find("u/harbourchoir"), std::string::npos) << "somebody else";
  const auto once = ask({.url = authorize_url({{.name = "duration", .value = ""}})}).response.body;
  EXPECT_EQ(once.find("indefinitely"), std::string::npos);
}

TEST_F(RedditOAuth, R2_who_declines_comes_back_with_access_denied) {
  EXPECT_EQ(decide(authorize_url(), "bluebakery", "decline"),
            std::string(kCallback) + "?state=st%26te&error=access_denied#_");
  turn("callback_tail", "off");
  EXPECT_EQ(decide(authorize_url(), "bluebakery", "decline"),
            std::string(kCallback) + "?state=st%26te&error=access_denied");
}

TEST_F(RedditOAuth, R3_without_the_right_Basic_there_is_no_token) {
  auto fields = exchange_fields(code());
  fields.push_back({.name = "client_id", .value = kClient});
  fields.push_back({.name = "client_secret", .value = kSecret});
  for (const auto& headers : {std::vector<http::Header>{}, basic(kClient, "wrong")}) {
    const auto answer = token_call(fields, headers);
    expect_body(answer, 401, R"({"message":"Unauthorized","error":401})");
    EXPECT_EQ(header_of(answer, "WWW-Authenticate"), "Basic realm=\"reddit\"");
  }
  EXPECT_EQ(token_call(fields).response.status, 200);
}

TEST_F(RedditOAuth, R4_a_code_works_once_for_ten_minutes_and_for_its_own_address) {
  const auto late = code();
  pass(std::chrono::minutes(10));
  expect_body(exchange(late), 200, kInvalidGrant);
  const auto prompt = code();
  pass(std::chrono::milliseconds(599'999));
  auto elsewhere = exchange_fields(prompt);
  elsewhere.back().value = "https://herald.example/other";
  expect_body(token_call(elsewhere), 200, kInvalidGrant);
  expect_body(token_call(exchange_fields(prompt),
                         basic("sandbox-reddit-other", "sandbox-reddit-other-secret")),
              200, kInvalidGrant);
  EXPECT_EQ(exchange(prompt).response.status, 200);
  expect_body(exchange(prompt), 200, kInvalidGrant);
  expect_body(token_call({{.name = "grant_type", .value = "authorization_code"}}), 200,
              R"({"error":"invalid_request"})");
}

TEST_F(RedditOAuth, R5_only_a_permanent_grant_has_a_refresh_token) {
  const auto once =
      json_of(exchange(code({{.name = "duration", .value = "temporary"}}))).as_object();
  EXPECT_FALSE(once.contains("refresh_token"));
  const auto lasting = json_of(exchange(code())).as_object();
  EXPECT_TRUE(lasting.contains("refresh_token"));
  EXPECT_EQ(lasting.at("expires_in"), 3600);
  EXPECT_EQ(lasting.at("token_type"), "bearer");
  EXPECT_EQ(lasting.at("scope"), "edit flair history identity mysubreddits read submit");
  EXPECT_GT(lasting.at("access_token").as_string().size(), 1000u);
}

TEST_F(RedditOAuth, scopes_may_stand_between_commas) {
  const auto body = json_of(exchange(code({{.name = "scope", .value = "read,identity,read"}})));
  EXPECT_EQ(text_at(body, "/scope"), "identity read");
}

TEST_F(RedditOAuth, R6_a_dead_refresh_token_is_a_400) {
  const auto tokens = connect();
  EXPECT_EQ(revoke(tokens.refresh).response.status, 200);
  expect_body(refresh(tokens.refresh), 400, R"({"message":"Bad Request","error":400})");
  turn("dead_refresh", "bare");
  expect_body(refresh(tokens.refresh), 400, R"({"error":400})");
  turn("dead_refresh", "invalid_request");
  expect_body(refresh("never-was"), 400, R"({"error":"invalid_request"})");
}

TEST_F(RedditOAuth, a_refresh_token_stays_and_access_tokens_live_side_by_side) {
  const auto tokens = connect();
  const auto renewed = json_of(refresh(tokens.refresh));
  EXPECT_EQ(text_at(renewed, "/refresh_token"), tokens.refresh);
  EXPECT_EQ(get("/api/v1/me", tokens.access).response.status, 200);
  EXPECT_EQ(get("/api/v1/me", text_at(renewed, "/access_token")).response.status, 200);
  turn("refresh_token_answer", "none");
  EXPECT_FALSE(json_of(refresh(tokens.refresh)).as_object().contains("refresh_token"));
}

TEST_F(RedditOAuth, as_in_2021_a_refresh_token_can_be_exchanged_for_the_next) {
  turn("refresh_token_answer", "rotated");
  const auto tokens = connect();
  const auto next = text_at(json_of(refresh(tokens.refresh)), "/refresh_token");
  EXPECT_NE(next, tokens.refresh);
  EXPECT_EQ(refresh(tokens.refresh).response.status, 400);
  EXPECT_EQ(refresh(next).response.status, 200);
}

TEST_F(RedditOAuth, R7_who_does_not_say_who_they_are_is_turned_away) {
  const auto token = connect().access;
  const std::string agents[] = {"", "curl/8.5.0", "python-requests/2.31", "Java/17.0.2"};
  for (const auto& agent : agents) {
    expect_body(ask({.url = "https://oauth.reddit.com/api/v1/me"}, token, agent), 429,
                R"({"message":"Too Many Requests","error":429})");
    auto call = Rig::form("https://www.reddit.com/api/v1/access_token", exchange_fields(code()));
    call.headers = basic();
    EXPECT_EQ(ask(call, {}, agent).response.status, 429) << agent;
  }
  EXPECT_EQ(get("/api/v1/me", token).response.status, 200);
  turn("agent_answer", "403");
  const auto blocked = ask({.url = "https://oauth.reddit.com/api/v1/me"}, token, "curl/8");
  EXPECT_EQ(blocked.response.status, 403);
  EXPECT_TRUE(header_of(blocked, "Content-Type").starts_with("text/html"));
}

TEST_F(RedditOAuth, R8_an_expired_access_token_is_a_401) {
  const auto token = connect().access;
  pass(std::chrono::milliseconds(3'599'999));
  EXPECT_EQ(get("/api/v1/me", token).response.status, 200);
  pass(std::chrono::milliseconds(1));
  const auto answer = get("/api/v1/me", token);
  expect_body(answer, 401, R"({"message":"Unauthorized","error":401})");
  EXPECT_EQ(header_of(answer, "WWW-Authenticate"),
            R"(Bearer realm="reddit", error="invalid_token")");
  turn("error_message", "off");
  expect_body(get("/api/v1/me", token), 401, R"({"error":401})");
}

TEST_F(RedditOAuth, R9_without_submit_nothing_is_posted) {
  turn("error_message", "off");
  const auto answer = submit(connect("bluebakery", "identity read").access);
  expect_body(answer, 403, R"({"error":403})");
  EXPECT_EQ(header_of(answer, "WWW-Authenticate"),
            R"(Bearer realm="reddit", error="insufficient_scope")");
  EXPECT_EQ(seen(), 0u);
}

TEST_F(RedditOAuth, R27_the_1001st_call_in_ten_minutes_is_too_many) {
  const auto token = connect().access;
  const auto first = get("/api/v1/me", token);
  EXPECT_EQ(header_of(first, "X-Ratelimit-Remaining"), "999.0");
  EXPECT_EQ(header_of(first, "X-Ratelimit-Used"), "1");
  for (int call = 2; call < 1000; ++call) get("/api/v1/me", token);
  pass(std::chrono::seconds(90));
  EXPECT_EQ(get("/api/v1/me", token).response.status, 200);
  const auto refused = get("/api/v1/me", token);
  EXPECT_EQ(refused.response.status, 429);
  EXPECT_EQ(header_of(refused, "X-Ratelimit-Remaining"), "0.0");
  EXPECT_EQ(header_of(refused, "X-Ratelimit-Reset"), "510");
  EXPECT_EQ(header_of(refused, "Retry-After"), "510");
  turn("limit_answer", "json");
  const auto plain = get("/api/v1/me", token);
  expect_body(plain, 429, R"({"message":"Too Many Requests","error":429})");
  EXPECT_EQ(header_of(plain, "Retry-After"), "");
  pass(std::chrono::seconds(510));
  EXPECT_EQ(get("/api/v1/me", token).response.status, 200);
}

TEST_F(RedditOAuth, the_token_endpoints_count_for_themselves) {
  const auto tokens = connect();
  const auto answer = refresh(tokens.refresh);
  EXPECT_EQ(header_of(answer, "X-Ratelimit-Remaining"), "298");
  for (int call = 3; call <= 300; ++call) refresh(tokens.refresh);
  expect_body(refresh(tokens.refresh), 429, R"({"message":"Too Many Requests","error":429})");
  EXPECT_EQ(header_of(get("/api/v1/me", tokens.access), "X-Ratelimit-Remaining"), "999.0");
}

TEST_F(RedditOAuth, R28_revoked_twice_is_revoked_and_takes_the_access_tokens_along) {
  const auto tokens = connect();
  for (int time = 0; time < 2; ++time) {
    const auto answer = revoke(tokens.refresh);
    EXPECT_EQ(answer.response.status, 200);
    EXPECT_EQ(answer.response.body, "");
  }
  EXPECT_EQ(get("/api/v1/me", tokens.access).response.status, 401);
  turn("revoke_status", "204");
  EXPECT_EQ(revoke("never-was").response.status, 204);
}

TEST_F(RedditOAuth, an_access_token_is_revoked_alone_and_only_by_its_own_app) {
  const auto tokens = connect();
  expect_body(revoke(tokens.access, basic("sandbox-reddit-other", "sandbox-reddit-other-secret")),
              400, R"({"error":"unauthorized_client"})");
  revoke(tokens.access);
  EXPECT_EQ(get("/api/v1/me", tokens.access).response.status, 401);
  EXPECT_EQ(refresh(tokens.refresh).response.status, 200);
}

TEST_F(RedditOAuth, other_grants_are_refused_inside_a_200) {
  expect_body(token_call({{.name = "grant_type", .value = "password"}}), 200,
              R"({"error":"unauthorized_client",)"
              R"("error_description":"Only script apps may use password auth"})");
  expect_body(token_call({{.name = "grant_type", .value = "magic"}}), 200,
              R"({"error":"unsupported_grant_type"})");
}

TEST_F(RedditOAuth, an_installed_app_has_an_empty_secret) {
  const auto native = code({{.name = "client_id", .value = "sandbox-reddit-native"}});
  EXPECT_EQ(token_call(exchange_fields(native), basic("sandbox-reddit-native", "")).response.status,
            200);
}

}  // namespace herald::sandbox::reddit
