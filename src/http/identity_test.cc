// Who is asking: at the gateway by a token, at the uploader by a signed assertion, and by nothing
// else.
#include <gtest/gtest.h>

#include "crypto/jws_internal_assertions.h"
#include "http/door_rig.h"
#include "http/openapi_routes.h"
#include "http/server/cookie.h"
#include "http/uploader.h"
#include "testing/seeded_random.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

constexpr const char* kMe = "/api/auth/me";
constexpr const char* kMedia = "/api/media";
constexpr const char* kAssertion = kAssertionHeader;

std::string user_in(const HttpAnswer& answer) {
  if (answer.status != 200) return std::to_string(answer.status);
  return json::value_to<std::string>(json_of(answer).at("user").at("email"));
}

HttpAnswer sign_in(const DoorRig& rig, const std::string& email, const std::string& password) {
  return rig.anyone().post("/api/auth/login", {{"email", email}, {"password", password}});
}

TEST(Identity, SignInRefreshAndSignOut) {
  DoorRig rig;
  const auto in = sign_in(rig, "alice@acme.test", kPassword);
  ASSERT_EQ(in.status, 200) << in.body;
  const auto body = json_of(in);
  EXPECT_EQ(body.at("token_type").as_string(), "Bearer");
  EXPECT_EQ(body.at("expires_in").to_number<int>(), 300);
  EXPECT_EQ(body.at("customer").at("id").as_string(), "cust_acme");
  const auto set = in.header("Set-Cookie");
  EXPECT_TRUE(set.contains("HttpOnly") && set.contains("SameSite=Strict") &&
              set.contains("Path=/api/auth") && set.contains("Secure"))
      << set;
  const auto cookie = set.substr(0, set.find(';'));
  EXPECT_FALSE(in.body.contains(cookie.substr(cookie.find('=') + 1)));

  const auto again = rig.anyone().send("POST", "/api/auth/refresh", {}, {{"Cookie", cookie}});
  ASSERT_EQ(again.status, 200) << again.body;
  const auto next = again.header("Set-Cookie").substr(0, again.header("Set-Cookie").find(';'));
  EXPECT_NE(next, cookie);
  EXPECT_EQ(rig.anyone().send("POST", "/api/auth/logout", {}, {{"Cookie", next}}).status, 204);
  EXPECT_EQ(rig.anyone().send("POST", "/api/auth/refresh", {}, {{"Cookie", next}}).status, 401);
  EXPECT_EQ(rig.anyone().send("POST", "/api/auth/logout").status, 204);
}

TEST(Identity, AWrongNameAndAWrongPasswordAreTheSame) {
  DoorRig rig;
  const auto name = sign_in(rig, "nobody@acme.test", kPassword);
  const auto password = sign_in(rig, "alice@acme.test", "wrong");
  EXPECT_EQ(name.status, 401);
  EXPECT_EQ(code_of(name), "wrong_credentials");
  EXPECT_EQ(blanked(name), blanked(password));
}

TEST(Identity, T05_NoSpellingOfAnIdentityHeaderMovesTheCaller) {
  DoorRig rig;
  const auto evil = rig.mallory.caller.scope.customer().value;
  const auto plain = rig.as(rig.alice).get(kMe);
  for (const char* name :
       {"X-Customer-ID", "x-customer-id", "X_Customer_ID", "X-Customer_Id", "x_customer-id",
        "X-User-ID", "X_User_Id", "X-Tenant-Id", "X-Role", "X-Forwarded-User", "X-Herald-Customer",
        "X_Herald_Assertion", kAssertion}) {
    for (const std::string& value : {evil, evil + ", " + evil, evil + " "}) {
      const auto answer = rig.as(rig.alice).get(kMe, {{name, value}, {name, value}});
      EXPECT_EQ(answer.body, plain.body) << name;
      EXPECT_EQ(rig.anyone().get(kMe, {{name, value}}).status, 401) << name;
    }
  }
  const std::string head =
      "GET /api/auth/me HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + rig.alice.token + "\r\n";
  for (const std::string& line :
       {"X-Customer-ID : " + evil, "X-Customer-ID:\r\n " + evil, "X-Customer-ID\r\n:" + evil}) {
    HttpClient client(rig.gateway);
    client.send(head + line + "\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 400) << line;
  }
}

TEST(Identity, T06_TheUploaderBelievesNobodyWithoutAnAssertion) {
  DoorRig rig;
  for (const auto& route : promised_routes()) {
    if (route.open || !route.path.starts_with("/api/social-media/")) continue;
    const auto path = "/api" + filled_with_nothing(route.path).substr(17);
    for (const HttpHeaders& headers :
         {HttpHeaders{}, HttpHeaders{{"X-Customer-ID", "cust_acme"}},
          HttpHeaders{{"X-Customer-ID", "cust_acme"}, {"X-User-ID", "usr_1"}},
          HttpHeaders{{"Authorization", "Bearer " + rig.alice.token}}}) {
      EXPECT_EQ(HttpClient(rig.uploader).request(route.method, path, {}, headers).status, 401)
          << route.method << " " << path;
    }
  }
}

PassedOn by(const Person& person) { return {person.caller, "192.0.2.7", {}}; }

class Assertion : public ::testing::Test {
 protected:
  int ask(const std::string& assertion, const std::string& method = "GET",
          const std::string& target = kMedia, const std::string& body = {}) const {
    return HttpClient(rig_.uploader)
        .request(method, target, body,
                 {{kAssertion, assertion}, {"Content-Type", "application/json"}})
        .status;
  }
  std::string sign(const std::string& method, const std::string& target, const std::string& body) {
    return rig_.assertions().sign(by(rig_.alice), method, target, body);
  }

  DoorRig rig_;
};

TEST_F(Assertion, T07_IsGoodOnce) {
  const auto assertion = sign("GET", kMedia, "");
  EXPECT_EQ(ask(assertion), 200);
  EXPECT_EQ(ask(assertion), 401);
}

TEST_F(Assertion, T07_IsForOneRequestOnly) {
  EXPECT_EQ(ask(sign("GET", "/api/posts", "")), 401);
  EXPECT_EQ(ask(sign("GET", "/api/media?limit=1", "")), 401);
  EXPECT_EQ(ask(sign("DELETE", kMedia, "")), 401);
  const std::string draft = json::serialize(rig_.draft_of(rig_.alice));
  const std::string check = "/api/posts/check";
  EXPECT_EQ(ask(sign("POST", check, draft), "POST", check, draft), 200);
  EXPECT_EQ(ask(sign("POST", check, draft), "POST", check, draft + " "), 401);
  EXPECT_EQ(ask(sign("POST", check, ""), "POST", check, draft), 401);
}

// How a stream of four bytes is sent on.
Request append_to(const std::string& target, const std::string& offset) {
  Request head;
  head.method = "PATCH";
  head.target = target;
  head.headers.add("Tus-Resumable", "1.0.0");
  head.headers.add("Upload-Offset", offset);
  head.headers.add("Content-Type", "application/offset+octet-stream");
  return head;
}

TEST_F(Assertion, T07_OfAStreamBindsWhatIsKnownOfIt) {
  const auto streamed = [&](Request head, const std::string& bytes) {
    head.headers.add("Content-Length", bytes);
    return rig_.assertions().sign_streamed(by(rig_.alice), head.method, head.target,
                                           stream_terms(head));
  };
  const std::string check = "/api/posts/check";
  const std::string draft = json::serialize(rig_.draft_of(rig_.alice));
  Request posted;
  posted.method = "POST";
  posted.target = check;
  EXPECT_EQ(ask(streamed(posted, std::to_string(draft.size())), "POST", check, draft), 401)
      << "a body that is gathered is bound by its bytes";
  const auto target = "/api/media/" + rig_.begin_upload(rig_.alice, 4);
  const auto append = [&](const std::string& assertion) {
    HttpHeaders headers{{kAssertion, assertion}};
    for (const auto& header : append_to(target, "0").headers.all()) {
      headers.emplace_back(header.name, header.value);
    }
    return HttpClient(rig_.uploader).request("PATCH", target, "JPEG", headers).status;
  };
  EXPECT_EQ(append(sign("PATCH", target, "JPEG")), 401);
  EXPECT_EQ(append(streamed(append_to(target, "0"), "3")), 401) << "another length";
  EXPECT_EQ(append(streamed(append_to(target, "1"), "4")), 401) << "another place";
  EXPECT_EQ(append(streamed(append_to("/api/media/other", "0"), "4")), 401);
  const auto medium = MediaId(target.substr(target.rfind('/') + 1));
  EXPECT_EQ(rig_.services().folder.size(rig_.alice.caller.scope.customer(), medium), 0u)
      << "refused bytes were kept";
  EXPECT_EQ(append(streamed(append_to(target, "0"), "4")), 204);
}

TEST_F(Assertion, CarriesTheClientsAddressAndTheRequestsName) {
  PassedOn asked = by(rig_.alice);
  asked.request_id = "00112233445566778899aabbccddeeff";
  const auto target = "/api/media/none";
  const auto answer =
      HttpClient(rig_.uploader)
          .get(target, {{kAssertion, rig_.assertions().sign(asked, "GET", target, "")}});
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(json_of(answer).at("request_id").as_string(), asked.request_id);
}

TEST_F(Assertion, T21_OfAnEndedSignInIsNone) {
  auto bob = rig_.store().find_user(rig_.bob.caller.scope, rig_.bob.caller.user).value();
  bob.disabled = true;
  ASSERT_TRUE(rig_.store().save_user(bob));
  EXPECT_EQ(ask(rig_.assertions().sign(by(rig_.bob), "GET", kMedia, "")), 401);
}

TEST_F(Assertion, T07_LivesThirtySeconds) {
  const auto assertion = sign("GET", kMedia, "");
  rig_.clock().advance(31s);
  EXPECT_EQ(ask(assertion), 401);
}

TEST_F(Assertion, T07_OfAnotherKeyIsNone) {
  testing::SeededRandom random;
  std::vector<Secret> secrets;
  secrets.emplace_back(kTokenSecret);  // What signs the public tokens.
  const auto other = JwsInternalAssertions::make(secrets, rig_.clock(), random).value();
  EXPECT_EQ(ask(other->sign(by(rig_.alice), "GET", kMedia, "")), 401);
  EXPECT_EQ(ask(""), 401);
  EXPECT_EQ(ask("a.b.c"), 401);
}

TEST_F(Assertion, T14_OneKindOfTokenIsNoOther) {
  EXPECT_EQ(ask(rig_.alice.token), 401);
  const auto bearer = [&](const std::string& token) {
    return rig_.anyone().get(kMe, {{"Authorization", "Bearer " + token}}).status;
  };
  EXPECT_EQ(bearer(sign("GET", kMe, "")), 401);
  const auto cookie = sign_in(rig_, "alice@acme.test", kPassword).header("Set-Cookie");
  const auto refresh = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
  EXPECT_EQ(bearer(refresh), 401);
  EXPECT_EQ(
      rig_.anyone()
          .send("POST", "/api/auth/refresh", {}, {{"Cookie", "herald_refresh=" + rig_.alice.token}})
          .status,
      401);
}

TEST_F(Assertion, ASignedRequestIsServedAsItsCaller) {
  const auto id = rig_.medium_of(rig_.alice);
  const auto target = "/api/media/" + id;
  EXPECT_EQ(ask(sign("GET", target, ""), "GET", target), 200);
  const auto foreign = rig_.assertions().sign(by(rig_.mallory), "GET", target, "");
  EXPECT_EQ(ask(foreign, "GET", target), 404);
}

TEST(Identity, T16_ATokenForSomebodyElsesHouseIsNone) {
  DoorRig rig;
  testing::SeededRandom random;
  const auto issued = [&](const std::string& issuer, const std::string& audience) {
    JwtSettings settings;
    settings.issuer = issuer;
    settings.audience = audience;
    settings.secrets.emplace_back(kTokenSecret);
    const auto tokens = JwtAccessTokens::make(std::move(settings), rig.clock(), random).value();
    return tokens->issue(rig.alice.caller, 5min).value();
  };
  const auto bearer = [&](const std::string& token) {
    return rig.anyone().get(kMe, {{"Authorization", "Bearer " + token}}).status;
  };
  EXPECT_EQ(bearer(issued(kPublicUrl, "herald")), 200);
  EXPECT_EQ(bearer(issued(kPublicUrl, "uploader")), 401);
  EXPECT_EQ(bearer(issued("https://other.test", "herald")), 401);
  EXPECT_EQ(bearer(issued(std::string(kPublicUrl) + "/", "herald")), 401);
}

TEST(Identity, T19_ATokenTravelsInOneAuthorizationHeader) {
  DoorRig rig;
  const std::string bearer = "Bearer " + rig.alice.token;
  const auto status = [&](const HttpHeaders& headers, const std::string& query = "") {
    return rig.anyone().get(kMe + query, headers).status;
  };
  EXPECT_EQ(status({{"Authorization", bearer}, {"Authorization", bearer}}), 400);
  EXPECT_EQ(status({{"Authorization", "bearer " + rig.alice.token}}), 200);
  EXPECT_EQ(status({{"Authorization", "BEARER " + rig.alice.token}}), 200);
  EXPECT_EQ(status({}, "?access_token=" + rig.alice.token), 401);
  EXPECT_EQ(status({{"Cookie", "access_token=" + rig.alice.token}}), 401);
  const std::vector<std::string> others{rig.alice.token, "Basic " + rig.alice.token, "Bearer",
                                        "Bearer ", "Bearer  " + rig.alice.token};
  for (const auto& value : others) {
    EXPECT_EQ(status({{"Authorization", value}}), 401) << value;
  }
}

TEST(Identity, T21_ASignOutIsNoticedWithinAMinute) {
  DoorRig rig;
  const auto in = sign_in(rig, "alice@acme.test", kPassword);
  const Person alice{rig.alice.caller, {}, std::string(json_of(in).at("access_token").as_string())};
  EXPECT_EQ(user_in(rig.as(alice).get(kMe)), "alice@acme.test");
  const auto cookie = in.header("Set-Cookie");
  rig.anyone().send("POST", "/api/auth/logout", {},
                    {{"Cookie", cookie.substr(0, cookie.find(';'))}});
  rig.clock().advance(60s);
  EXPECT_EQ(rig.as(alice).get(kMe).status, 401);
  EXPECT_EQ(rig.as(rig.alice).get(kMe).status, 200) << "another sign-in of hers goes on";
}

TEST(Identity, T21_ADisabledUserIsOutWithinAMinute) {
  DoorRig rig;
  EXPECT_EQ(rig.as(rig.bob).get(kMe).status, 200);
  auto bob = rig.store().find_user(rig.bob.caller.scope, rig.bob.caller.user).value();
  bob.disabled = true;
  ASSERT_TRUE(rig.store().save_user(bob));
  rig.clock().advance(60s);
  EXPECT_EQ(rig.as(rig.bob).get("/api/social-media/posts").status, 401);
  EXPECT_EQ(sign_in(rig, "bob@acme.test", kPassword).status, 401);
}

TEST(Identity, T21_ASuspendedCustomersPeopleAreOut) {
  DoorRig rig;
  ASSERT_TRUE(rig.store().add_customer({CustomerId("cust_late"), "Late", true, rig.clock().now()}));
  const Caller late{ScopeAuthority::of(CustomerId("cust_late")), UserId("u"), {}, Role::admin};
  const Person person{late, {}, rig.tokens().issue(late, 5min).value()};
  EXPECT_EQ(rig.as(person).get(kMe).status, 401);
}

TEST(Identity, T15_ATokensLifeEnds) {
  DoorRig rig;
  EXPECT_EQ(rig.as(rig.alice).get(kMe).status, 200);
  rig.clock().advance(5min + 61s);
  EXPECT_EQ(rig.as(rig.alice).get(kMe).status, 401);
}

TEST(Identity, T30_WhatIsForTheOperatorIsNotBehindThePublicDoors) {
  DoorRig rig;
  for (const auto port : {rig.gateway, rig.uploader, rig.edge}) {
    for (const char* path :
         {"/metrics", "/healthz", "/readyz", "/debug", "/debug/pprof", "/api/admin", "/api/metrics",
          "/api/social-media/admin", "/api/debug/vars", "/actuator/env", "/.env", "/.git/config",
          "/api", "/api/", "/api/social-media", "/api/social-media/", "/api/social-mediax/posts"}) {
      const auto status = Api(port, rig.amy.token).get(path).status;
      EXPECT_TRUE(status == 404 || (port == rig.uploader && status == 401))
          << path << " " << status;
    }
  }
}

TEST(Identity, TheEdgeServesTheAppAndPassesTheApiOn) {
  DoorRig rig;
  const Api edge(rig.edge, rig.alice.token);
  EXPECT_EQ(user_in(edge.get(kMe)), "alice@acme.test");
  EXPECT_EQ(edge.get("/social-platform").header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(edge.get("/assets/app-0123abcd.js").status, 200);
  EXPECT_EQ(edge.get("/assets/none.js").status, 404);
  EXPECT_EQ(Api(rig.edge, "").get("/api/social-media/posts").status, 401);
  const auto id = rig.medium_of(rig.alice);
  EXPECT_EQ(edge.get("/api/social-media/media/" + id).status, 200);
}

TEST(RateLimits, ATooBusyUserWaitsAndOthersDoNot) {
  DoorRig rig({.limits = {.per_user = {5, 60s}}});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(rig.as(rig.alice).get(kMe).status, 200);
  const auto refused = rig.as(rig.alice).get(kMe);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "12");
  EXPECT_EQ(rig.as(rig.bob).get(kMe).status, 200);
  rig.clock().advance(12s);
  EXPECT_EQ(rig.as(rig.alice).get(kMe).status, 200);
  EXPECT_EQ(rig.as(rig.alice).get(kMe).status, 429);
}

TEST(RateLimits, T26_NobodysLimitDependsOnAnotherCustomer) {
  DoorRig rig({.limits = {.per_user = {3, 60s}}});
  for (int i = 0; i < 10; ++i) rig.as(rig.mallory).get(kMe);
  EXPECT_EQ(rig.as(rig.alice).get(kMe).status, 200);
}

TEST(RateLimits, GuessingPasswordsIsSlow) {
  DoorRig rig({.sign_ins = {3, 60s}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sign_in(rig, "alice@acme.test", "guess").status, 401);
  const auto refused = sign_in(rig, "alice@acme.test", kPassword);
  EXPECT_EQ(refused.status, 429);
  EXPECT_NE(refused.header("Retry-After"), "");
  EXPECT_EQ(sign_in(rig, "bob@acme.test", kPassword).status, 200);
}

TEST(RateLimits, AnotherSpellingOfAnAddressGivesNoFurtherGuesses) {
  DoorRig rig({.sign_ins = {2, 60s}});
  EXPECT_EQ(sign_in(rig, "alice@acme.test", "guess").status, 401);
  EXPECT_EQ(sign_in(rig, "Alice@Acme.test", "guess").status, 401);
  EXPECT_EQ(sign_in(rig, "ALICE@ACME.TEST", "guess").status, 429);
}

TEST(RateLimits, BehindAProxyOfOursEveryClientHasItsOwn) {
  DoorRig rig({.limits = {.per_peer = {1, 60s}, .trusted_proxies = {"127.0.0.1"}}});
  const auto from = [&](const char* client) {
    return rig.anyone().get(kMe, {{"X-Forwarded-For", client}}).status;
  };
  EXPECT_EQ(from("203.0.113.1"), 401);
  EXPECT_EQ(from("203.0.113.1"), 429);
  EXPECT_EQ(from("203.0.113.2"), 401);
  EXPECT_EQ(from("203.0.113.7, 203.0.113.2"), 429);
}

TEST(RateLimits, AnAddressWithoutATokenWaitsToo) {
  DoorRig rig({.limits = {.per_peer = {4, 60s}}});
  int refused = 0;
  for (int i = 0; i < 6; ++i) refused += rig.anyone().get(kMe).status == 429;
  EXPECT_EQ(refused, 2);
}

}  // namespace
}  // namespace herald::http
