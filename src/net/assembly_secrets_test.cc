#include <gtest/gtest.h>

#include "crypto/digest.h"
#include "domain/encoding.h"
#include "net/assembly.h"

namespace herald {
namespace {

using Kind = Reference::Kind;

const SystemDigest kDigest;

SecretSet secrets() {
  SecretSet set;
  set.client_id = "app id";
  set.app_secret = Secret("s3cret:/");
  set.user_token = Secret("user-token");
  set.account_token = Secret("page-token");
  set.refresh_token = Secret("refresh-token");
  set.named.emplace("code", Secret("the code"));
  set.named.emplace("secret:access", Secret("won-token"));
  set.named.emplace("secret:empty", Secret());
  return set;
}

Result<WireRequest> assembled(const Call& call, const SecretSet& set = secrets()) {
  const auto link = [](const CustomerId&, std::string_view) { return std::string("link"); };
  return assemble(call, CustomerId("cus_1"), set, {"api.test", "upload.test"}, kDigest, link, "B");
}

Call call_with(Reference reference, std::string url = "https://api.test/x") {
  Call call;
  call.url = std::move(url);
  call.query = {{"v", std::move(reference)}};
  return call;
}

std::string filled(Reference reference, const SecretSet& set = secrets()) {
  const auto wire = assembled(call_with(std::move(reference)), set);
  return wire ? wire->url.substr(std::string_view("https://api.test/x?v=").size()) : "refused";
}

std::string authorization(TokenCarrier carrier, Reference token, const SecretSet& set = secrets()) {
  Call call;
  call.url = "https://api.test/x";
  call.carrier = carrier;
  call.token = std::move(token);
  const auto wire = assembled(call, set);
  if (!wire) return "refused";
  return wire->headers.at(0).first + ": " + wire->headers.at(0).second;
}

TEST(AssemblySecrets, every_reference_is_filled_with_what_it_names) {
  EXPECT_EQ(filled({Kind::user_token, ""}), "user-token");
  EXPECT_EQ(filled({Kind::account_token, ""}), "page-token");
  EXPECT_EQ(filled({Kind::refresh_token, ""}), "refresh-token");
  EXPECT_EQ(filled({Kind::app_secret, ""}), "s3cret%3A%2F");
  EXPECT_EQ(filled({Kind::app_token, ""}), "app%20id%7Cs3cret%3A%2F");
  EXPECT_EQ(filled({Kind::named, "code"}), "the%20code");
  EXPECT_EQ(filled({Kind::named, "secret:access"}), "won-token");
}

TEST(AssemblySecrets, the_users_token_stands_in_for_an_accounts_that_is_not_there) {
  SecretSet set = secrets();
  set.account_token = Secret();
  EXPECT_EQ(filled({Kind::account_token, ""}, set), "user-token");
}

TEST(AssemblySecrets, a_proof_is_made_with_the_token_that_it_names) {
  const auto proof = [](std::string_view token) {
    return to_hex(kDigest.hmac_sha256("s3cret:/", token));
  };
  EXPECT_EQ(filled({Kind::proof, ""}), proof("user-token"));
  EXPECT_EQ(filled({Kind::proof, "account"}), proof("page-token"));
  EXPECT_EQ(filled({Kind::proof, "secret:access"}), proof("won-token"));
  EXPECT_EQ(filled({Kind::proof, "secret:other"}), "refused");
  EXPECT_EQ(filled({Kind::proof, "secret:empty"}), "refused");
}

TEST(AssemblySecrets, what_is_not_there_is_refused_and_never_sent_empty) {
  for (const Kind kind : {Kind::user_token, Kind::account_token, Kind::refresh_token,
                          Kind::app_token, Kind::app_secret, Kind::proof}) {
    EXPECT_EQ(filled({kind, ""}, SecretSet{}), "refused") << static_cast<int>(kind);
  }
  EXPECT_EQ(filled({Kind::named, "no_such"}), "refused");
  EXPECT_EQ(filled({Kind::named, "secret:empty"}), "refused");
  EXPECT_EQ(filled({Kind::named, ""}), "refused");
  EXPECT_EQ(authorization(TokenCarrier::bearer, {Kind::user_token, ""}, {}), "refused");
  EXPECT_EQ(authorization(TokenCarrier::basic_client, {}, {}), "refused");
}

TEST(AssemblySecrets, a_token_travels_as_its_carrier_says) {
  EXPECT_EQ(authorization(TokenCarrier::bearer, {Kind::user_token, ""}),
            "Authorization: Bearer user-token");
  EXPECT_EQ(authorization(TokenCarrier::oauth, {Kind::account_token, ""}),
            "Authorization: OAuth page-token");
}

// RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
TEST(AssemblySecrets, basic_encodes_both_halves_and_pads) {
  EXPECT_EQ(authorization(TokenCarrier::basic_client, {}),
            "Authorization: Basic YXBwJTIwaWQ6czNjcmV0JTNBJTJG");  // app%20id:s3cret%3A%2F
  SecretSet set;
  set.client_id = "a";
  set.app_secret = Secret("b");
  EXPECT_EQ(authorization(TokenCarrier::basic_client, {}, set), "Authorization: Basic YTpi");
  set.app_secret = Secret("bc");
  EXPECT_EQ(authorization(TokenCarrier::basic_client, {}, set), "Authorization: Basic YTpiYw==");
  set.app_secret = Secret("bcd");
  EXPECT_EQ(authorization(TokenCarrier::basic_client, {}, set), "Authorization: Basic YTpiY2Q=");
  set.client_id = "~~~";  // Bytes that base64url would spell with '-' and '_'.
  set.app_secret = Secret("~~~~");
  EXPECT_EQ(authorization(TokenCarrier::basic_client, {}, set),
            "Authorization: Basic fn5+On5+fn4=");
}

TEST(AssemblySecrets, a_secret_goes_to_the_platforms_hosts_only) {
  for (const char* url :
       {"https://evil.test/x", "https://api.test.evil.test/x", "https://evilapi.test/x",
        "https://test/x", "https://api.test./x", "https://xapi.test/x", "https://sub.api.test/x",
        "https://api.test@evil.test/x", "https://evil.test/api.test",
        "https://evil.test?host=api.test", "https://api.test:444/x", "http://api.test/x",
        "https://user@api.test/x", "https://127.0.0.1/x"}) {
    EXPECT_FALSE(assembled(call_with({Kind::user_token, ""}, url))) << url;
  }
  EXPECT_TRUE(assembled(call_with({Kind::user_token, ""}, "https://upload.test/x")));
  EXPECT_TRUE(assembled(call_with({Kind::user_token, ""}, "https://API.Test/x")));
}

TEST(AssemblySecrets, that_holds_for_every_place_and_kind_of_secret) {
  const std::string elsewhere = "https://evil.test/x";
  for (const Kind kind : {Kind::user_token, Kind::account_token, Kind::refresh_token,
                          Kind::app_token, Kind::app_secret, Kind::proof}) {
    EXPECT_FALSE(assembled(call_with({kind, ""}, elsewhere))) << static_cast<int>(kind);
  }
  EXPECT_FALSE(assembled(call_with({Kind::named, "code"}, elsewhere)));
  const Reference token{Kind::user_token, ""};
  Call call;
  call.url = elsewhere;
  EXPECT_TRUE(assembled(call));
  call.headers = {{"X", token}};
  EXPECT_FALSE(assembled(call));
  call.headers = {};
  call.body = FormBody{{{"a", token}}};
  EXPECT_FALSE(assembled(call));
  call.body = MultipartBody{{{"a", token}}, "", "", {}};
  EXPECT_FALSE(assembled(call));
  call.body = JsonBody{"[\"@\"]", {{"@", token}}};
  EXPECT_FALSE(assembled(call));
  call.body = NoBody{};
  call.carrier = TokenCarrier::basic_client;
  EXPECT_FALSE(assembled(call));
  call.carrier = TokenCarrier::oauth;
  call.token = token;
  EXPECT_FALSE(assembled(call));
}

TEST(AssemblySecrets, H07_a_secret_with_a_line_break_brings_no_header_along) {
  SecretSet set = secrets();
  set.user_token = Secret("a\r\nX-Evil: 1");
  EXPECT_EQ(authorization(TokenCarrier::bearer, {Kind::user_token, ""}, set), "refused");
}

TEST(AssemblySecrets, O32_a_refusal_does_not_say_the_secret) {
  SecretSet set = secrets();
  set.user_token = Secret("canary\r\n1");
  Call call;
  call.carrier = TokenCarrier::bearer;
  call.token = {Kind::user_token, ""};
  for (const char* url : {"https://api.test/x", "https://evil.test/x", "http://api.test/x"}) {
    call.url = url;
    const auto wire = assembled(call, set);
    ASSERT_FALSE(wire);
    EXPECT_FALSE((wire.error().message + wire.error().detail).contains("canary"));
  }
}

}  // namespace
}  // namespace herald
