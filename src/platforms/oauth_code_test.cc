#include "platforms/oauth_code.h"

#include <gtest/gtest.h>

#include "ports/spec_address.h"
#include "testing/recorded_exchange.h"

namespace herald {
namespace {

PlatformSpec plain() {
  PlatformSpec spec;
  spec.name = "Example";
  spec.scopes = {{"post", "Post.", true}, {"figures", "Read.", false}};
  spec.oauth.token_url = "https://example.com/{version}/token";
  spec.oauth.revoke_url = "https://example.com/revoke";
  return spec;
}

Input input() {
  Input input;
  input.app = {"client", "v2"};
  input.parameters["redirect_uri"] = "https://herald.example/callback";
  input.scopes_asked = {"post", "figures"};
  return input;
}

Answer ok(std::string body) { return {Answer::Arrival::answered, 200, {}, std::move(body), {}}; }

const std::string kTokens =
    R"({"access_token":"secret:access","token_type":"Bearer","expires_in":3600})";

std::string form_of(const Step& step) { return shown_call(std::get<Call>(step)); }

TEST(OAuthCode, the_verifier_goes_along_only_with_pkce) {
  PlatformSpec spec = plain();
  EXPECT_EQ(form_of(exchange_next(spec, input(), "")).find("code_verifier"), std::string::npos);
  spec.oauth.pkce = Pkce::s256;
  const std::string call = form_of(exchange_next(spec, input(), ""));
  EXPECT_NE(call.find(R"("code_verifier":"{named code_verifier}")"), std::string::npos) << call;
  EXPECT_NE(call.find("https://example.com/v2/token"), std::string::npos) << call;
}

TEST(OAuthCode, the_host_is_the_one_that_the_operator_named) {
  PlatformSpec spec = plain();
  spec.oauth.token_url = "https://{instance}/token";
  spec.oauth.revoke_url = "https://{instance}/revoke";
  spec.token_hosts = {"{instance}", "files.example.com"};
  Input one = input();
  one.app.instance = "social.example";
  for (const auto& step :
       {exchange_next(spec, one, ""), refresh_next(spec, one, ""), revoke_next(spec, one, "")}) {
    EXPECT_TRUE(std::get<Call>(step).url.starts_with("https://social.example/"));
  }
  EXPECT_EQ(token_hosts_of(spec, one.app),
            (std::vector<std::string>{"social.example", "files.example.com"}));
}

TEST(OAuthCode, an_end_of_the_token_may_be_missing_only_where_tokens_last) {
  PlatformSpec spec = plain();
  const auto expires = [&](const std::string& rest) -> std::optional<std::optional<Time>> {
    const auto heard = exchange_absorb(
        spec, input(), "", ok(R"({"access_token":"secret:access","token_type":"Bearer")" + rest));
    if (heard.verdict != Verdict::accepted) return std::nullopt;
    const Step end = exchange_next(spec, input(), heard.progress);
    return std::get<Granted>(std::get<Finished>(end).outcome).tokens.at(0).expires_at;
  };
  EXPECT_FALSE(expires("}"));
  spec.oauth.tokens_last = true;
  ASSERT_TRUE(expires("}"));
  EXPECT_FALSE(*expires("}"));
  ASSERT_TRUE(expires(R"(,"expires_in":60})"));
  EXPECT_EQ(*expires(R"(,"expires_in":60})"), input().now + std::chrono::seconds(60));
  EXPECT_FALSE(expires(R"(,"expires_in":"soon"})"));
}

TEST(OAuthCode, a_basic_client_leaves_its_secret_out_of_the_body) {
  PlatformSpec spec = plain();
  spec.oauth.client_auth = ClientAuth::basic;
  for (const auto& step : {exchange_next(spec, input(), ""), refresh_next(spec, input(), ""),
                           revoke_next(spec, input(), "")}) {
    EXPECT_NE(form_of(step).find("Basic {client}"), std::string::npos);
    EXPECT_EQ(form_of(step).find("client_secret"), std::string::npos);
  }
}

TEST(OAuthCode, the_client_id_goes_under_the_platforms_own_name) {
  PlatformSpec spec = plain();
  spec.oauth.client_id_parameter = "client_key";
  EXPECT_NE(form_of(refresh_next(spec, input(), "")).find(R"("client_key":"client")"),
            std::string::npos);
}

TEST(OAuthCode, what_is_revoked_and_by_whom_is_the_specs_affair) {
  PlatformSpec spec = plain();
  EXPECT_EQ(form_of(revoke_next(spec, input(), "")).find("client_id"), std::string::npos);
  spec.oauth.revoked_token = Reference::Kind::user_token;
  spec.oauth.revoke_names_client = true;
  const std::string call = form_of(revoke_next(spec, input(), ""));
  EXPECT_NE(call.find(R"("token":"{user_token}")"), std::string::npos) << call;
  EXPECT_NE(call.find(R"("client_secret":"{app_secret}")"), std::string::npos) << call;
}

TEST(OAuthCode, an_error_is_an_error_even_with_status_200) {
  const auto revoked = [](const char* body) {
    return revoke_absorb(plain(), input(), "", ok(body)).verdict;
  };
  EXPECT_EQ(revoked(""), Verdict::accepted);
  EXPECT_EQ(revoked(R"({"error":"invalid_token"})"), Verdict::accepted);
  EXPECT_EQ(revoked(R"({"error":"invalid_client"})"), Verdict::refused);
  EXPECT_EQ(exchange_absorb(plain(), input(), "", ok(R"({"error":"invalid_grant"})")).error.code,
            "sign_in_refused");
}

TEST(OAuthCode, the_end_of_a_refresh_token_has_two_names) {
  for (const char* name : {"refresh_token_expires_in", "refresh_expires_in"}) {
    std::string body = kTokens;
    body.insert(1, std::string(R"("refresh_token":"secret:refresh",")") + name + "\":60,");
    const Absorbed heard = exchange_absorb(plain(), input(), "", ok(body));
    const Step step = exchange_next(plain(), input(), heard.progress);
    const auto& tokens = std::get<Granted>(std::get<Finished>(step).outcome).tokens;
    ASSERT_EQ(tokens.size(), 2u);
    EXPECT_TRUE(tokens[1].expires_at.has_value()) << name;
  }
}

TEST(OAuthCode, O41_a_rotating_refresh_is_never_repeated_in_doubt) {
  PlatformSpec spec = plain();
  EXPECT_EQ(std::get<Call>(refresh_next(spec, input(), "")).effect, Effect::prepare);
  spec.oauth.rotates = true;
  EXPECT_EQ(std::get<Call>(refresh_next(spec, input(), "")).effect, Effect::publish);
  EXPECT_EQ(refresh_absorb(spec, input(), "", {{}, 503, {}, "", {}}).verdict, Verdict::unknown);
  EXPECT_EQ(refresh_absorb(spec, input(), "", ok("<html>")).verdict, Verdict::unknown);
  EXPECT_EQ(
      refresh_absorb(spec, input(), "", {{}, 400, {}, R"({"error":"invalid_grant"})", {}}).verdict,
      Verdict::refused);
  EXPECT_EQ(refresh_absorb(spec, input(), "", ok(kTokens)).verdict, Verdict::accepted);
}

TEST(OAuthCode, O34_a_token_answer_of_more_than_64_kib_is_not_used) {
  std::string body = kTokens;
  body.insert(1, "\"pad\":\"" + std::string(64 << 10, 'x') + "\",");
  const Absorbed heard = exchange_absorb(plain(), input(), "", ok(body));
  EXPECT_EQ(heard.verdict, Verdict::refused);
  EXPECT_EQ(heard.error.kind, ErrorKind::unavailable);
  EXPECT_EQ(heard.progress.find("secret:access"), std::string::npos);
}

TEST(OAuthCode, O34_a_token_that_was_not_taken_out_is_not_used) {
  const Absorbed heard = exchange_absorb(
      plain(), input(), "", ok(R"({"access_token":"raw","token_type":"Bearer","expires_in":1})"));
  EXPECT_EQ(heard.verdict, Verdict::refused);
  EXPECT_EQ(heard.progress.find("raw"), std::string::npos);
  EXPECT_EQ(heard.error.detail.find("raw"), std::string::npos);
}

TEST(OAuthCode, O35_what_was_granted_is_handed_over_as_it_is) {
  const auto scopes = [](std::string body) {
    const Absorbed heard = exchange_absorb(plain(), input(), "", ok(std::move(body)));
    const Step step = exchange_next(plain(), input(), heard.progress);
    return std::get<Granted>(std::get<Finished>(step).outcome).scopes;
  };
  std::string part = kTokens;
  part.insert(1, R"("scope":"figures  more",)");
  EXPECT_EQ(scopes(part), (std::vector<std::string>{"figures", "more"}));
  EXPECT_EQ(scopes(kTokens), std::nullopt);
}

TEST(OAuthCode, a_wrong_secret_is_the_operators_affair_and_a_500_is_nobodys) {
  const auto kind = [](int status, const char* body) {
    return refresh_absorb(plain(), input(), "", {{}, status, {}, body, {}}).error.kind;
  };
  EXPECT_EQ(kind(401, R"({"error":"invalid_client"})"), ErrorKind::internal);
  EXPECT_EQ(kind(500, R"({"error":"invalid_grant"})"), ErrorKind::unavailable);
  EXPECT_EQ(kind(400, R"({"error":"temporarily_unavailable"})"), ErrorKind::unavailable);
  EXPECT_EQ(kind(400, R"({"error":"slow_down"})"), ErrorKind::rate_limited);
  EXPECT_EQ(kind(400, R"({"error":"access_denied"})"), ErrorKind::unauthorized);
}

// LinkedIn is asked with blanks and answers with commas.
TEST(OAuthCode, scopes_come_with_blanks_or_commas) {
  const PlatformSpec spec = plain();
  for (const char* scope : {"post figures", "post,figures", "post, figures,"}) {
    const std::string body =
        kTokens.substr(0, kTokens.size() - 1) + R"(,"scope":")" + scope + "\"}";
    const Absorbed heard = exchange_absorb(spec, input(), "", ok(body));
    const Step step = exchange_next(spec, input(), heard.progress);
    const auto& granted = std::get<Granted>(std::get<Finished>(step).outcome);
    EXPECT_EQ(granted.scopes, (std::vector<std::string>{"post", "figures"})) << scope;
  }
}

TEST(OAuthCode, a_code_is_over_in_the_platforms_own_words_too) {
  PlatformSpec spec = plain();
  Answer answer = ok(R"({"error":"invalid_request"})");
  answer.status = 400;
  EXPECT_EQ(exchange_absorb(spec, input(), "", answer).error.kind, ErrorKind::internal);
  spec.oauth.code_errors = {"invalid_request"};
  EXPECT_EQ(exchange_absorb(spec, input(), "", answer).error.code, "sign_in_refused");
  EXPECT_EQ(refresh_absorb(spec, input(), "", answer).error.kind, ErrorKind::internal);
}

}  // namespace
}  // namespace herald
