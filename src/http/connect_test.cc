// Connecting an account at the doors: what binds a flow to its browser and its person, and what
// never leaves the house.
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "crypto/digest.h"
#include "domain/encoding.h"
#include "http/connect_fixture.h"
#include "http/server/query.h"
#include "http/toy_platform.h"
#include "platforms/list.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

std::string parameter(const std::string& url, std::string_view name) {
  const auto query = Query::parse(url.substr(url.find('?') + 1)).value();
  const auto* value = query.find(name);
  return value == nullptr ? "" : *value;
}

TEST_F(Connecting, FromTheButtonToTheAccount) {
  for (const char* platform : {"youtube", "reddit"}) {
    const auto flow = begun(platform);
    EXPECT_EQ(status_of(rig_, rig_.alice, flow, platform), "waiting");
    EXPECT_EQ(rig_.call_back(platform, "code=c0de&state=" + flow.state, flow.cookie).status, 303);
    EXPECT_EQ(status_of(rig_, rig_.alice, flow, platform), "returned");
    const auto finished = rig_.finish(rig_.alice, platform, flow.id, flow.cookie);
    ASSERT_EQ(finished.status, 200) << finished.body;
    const auto body = json_of(finished);
    EXPECT_EQ(body.at("status").as_string(), "connected") << finished.body;
    EXPECT_EQ(body.at("accounts").as_array().size(), 1u);
    const auto again = rig_.finish(rig_.alice, platform, flow.id, flow.cookie);
    EXPECT_EQ(json_of(again).at("status").as_string(), "connected");
  }
  EXPECT_EQ(rig_.token_calls(), 2u);
  const auto accounts = rig_.as(rig_.alice).get("/api/social-media/accounts").body;
  EXPECT_TRUE(accounts.contains("Acme TV") && accounts.contains("Toy account")) << accounts;
  for (const char* secret : {"ya29", "1//0r", "toy-token", "secret:"}) {
    EXPECT_FALSE(accounts.contains(secret)) << secret;
  }
}

TEST_F(Connecting, OnlyAPictureOnHttpsIsKept) {
  for (const char* platform : {"youtube", "reddit"}) {
    const auto flow = begun(platform);
    rig_.call_back(platform, "code=c0de&state=" + flow.state, flow.cookie);
    ASSERT_EQ(rig_.finish(rig_.alice, platform, flow.id, flow.cookie).status, 200);
  }
  const auto accounts = rig_.as(rig_.alice).get("/api/social-media/accounts").body;
  EXPECT_TRUE(accounts.contains("yt3.ggpht.com/face")) << accounts;
  EXPECT_FALSE(accounts.contains("toy.test/face.jpg")) << accounts;
}

TEST_F(Connecting, O01_BeginningNeedsATokenInTheHeaderAndIsAGet) {
  const std::string path = std::string(kApi) + "/youtube/oauth/initiate";
  EXPECT_EQ(rig_.anyone().get(path).status, 401);
  EXPECT_EQ(rig_.anyone().get(path + "?access_token=" + rig_.alice.token).status, 401);
  EXPECT_EQ(rig_.anyone().get(path, {{"Cookie", "token=" + rig_.alice.token}}).status, 401);
  const auto post = rig_.as(rig_.alice).send("POST", path);
  EXPECT_EQ(post.status, 405);
  EXPECT_EQ(post.header("Allow"), "GET");
}

TEST_F(Connecting, O02_ThePersonComesFromTheTokenAlone) {
  const std::string path = std::string(kApi) + "/youtube/oauth/initiate";
  for (const char* name : {"customer_id", "user_id", "state", "redirect_uri"}) {
    EXPECT_EQ(rig_.as(rig_.alice).get(path + "?" + name + "=cust_evil").status, 400) << name;
    EXPECT_EQ(
        rig_.as(rig_.alice)
            .post(std::string(kApi) + "/youtube/oauth/finish", {{"flow_id", "f"}, {name, "x"}})
            .status,
        400)
        << name;
  }
  const auto answer = rig_.as(rig_.alice)
                          .get(path, {{"X-Customer-ID", "cust_evil"},
                                      {"X-User-ID", rig_.mallory.caller.user.value}});
  ASSERT_EQ(answer.status, 200);
  const FlowId id(std::string(json_of(answer).at("flow_id").as_string()));
  const auto flow = rig_.store().find_flow(rig_.alice.caller.scope, id);
  ASSERT_TRUE(flow);
  EXPECT_EQ(flow->user, rig_.alice.caller.user);
}

TEST_F(Connecting, O53_NoRequestSaysWhereAPlatformIs) {
  const std::string path = std::string(kApi) + "/youtube/oauth/";
  const auto as_built = [&] {
    const auto answer = rig_.as(rig_.alice).get(path + "initiate");
    const std::string url(json_of(answer).at("auth_url").as_string());
    return url.substr(0, url.find('?'));
  };
  const std::string wanted = as_built();
  for (const char* name : {"authorize_url", "auth_url", "token_url", "api_url", "host", "instance",
                           "issuer", "iss", "client_id", "client_secret", "scope", "api_version"}) {
    const std::string lie = std::string("?") + name + "=https%3A%2F%2Fevil.test";
    EXPECT_EQ(rig_.as(rig_.alice).get(path + "initiate" + lie).status, 400) << name;
    EXPECT_EQ(rig_.as(rig_.alice)
                  .post(path + "finish", {{"flow_id", "f"}, {name, "https://evil.test"}})
                  .status,
              400)
        << name;
  }
  for (const char* route : {"platforms", "platforms/youtube", "youtube", "youtube/oauth"}) {
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
      const auto status = rig_.as(rig_.alice).send(method, std::string(kApi) + "/" + route).status;
      EXPECT_TRUE(status == 404 || status == 405) << method << " " << route << ": " << status;
    }
  }
  EXPECT_EQ(as_built(), wanted);
}

TEST_F(Connecting, O03_O04_TheStateSaysNothingAndOnlyHashesAreKept) {
  const auto flow = begun();
  EXPECT_EQ(flow.state.size(), 43u);  // 256 bits in base64url.
  const auto nonce = flow.cookie.substr(flow.cookie.find('=') + 1);
  EXPECT_EQ(nonce.size(), 43u);
  const auto row = rig_.store().find_flow(rig_.alice.caller.scope, FlowId(flow.id)).value();
  EXPECT_EQ(row.state_hash, to_hex(sha256(flow.state)));
  EXPECT_EQ(row.nonce_hash, to_hex(sha256(nonce)));
  for (const auto& secret : {flow.state, nonce}) {
    EXPECT_FALSE(row.sealed.contains(secret));
    EXPECT_FALSE(flow.answer.body.contains(nonce));
  }
}

TEST_F(Connecting, O05_TheCookieIsForThisHostAndForTenMinutes) {
  const auto flow = begun();
  const auto header = flow.answer.header("Set-Cookie");
  EXPECT_EQ(header, flow.cookie + "; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax");
  EXPECT_TRUE(header.starts_with("__Host-herald_")) << header;
  EXPECT_FALSE(header.contains("Domain"));
}

TEST_F(Connecting, O05_WhoHasToChooseKeepsTheCookieForIt) {
  toy_opens_two = true;
  const auto flow = begun(kToyPlatform);
  const auto fresh = flow.answer.header("Set-Cookie");
  ASSERT_EQ(rig_.call_back(kToyPlatform, "code=c0de&state=" + flow.state, flow.cookie).status, 303);
  const auto choose = rig_.finish(rig_.alice, kToyPlatform, flow.id, flow.cookie);
  ASSERT_EQ(choose.status, 200) << choose.body;
  ASSERT_EQ(json_of(choose).at("status").as_string(), "choose");
  EXPECT_EQ(choose.header("Set-Cookie"), fresh);
  const auto picked =
      rig_.as(rig_.alice)
          .post(std::string(kApi) + "/" + kToyPlatform + "/oauth/finish",
                {{"flow_id", flow.id}, {"choices", {"remote-2"}}}, {{"Cookie", flow.cookie}});
  ASSERT_EQ(picked.status, 200) << picked.body;
  EXPECT_EQ(json_of(picked).at("status").as_string(), "connected");
  EXPECT_EQ(picked.header("Set-Cookie"), "");
  toy_opens_two = false;
}

TEST_F(Connecting, O06_WithoutTheCookieTheCallbackIsRefused) {
  const auto flow = begun();
  EXPECT_EQ(back("code=c0de&state=" + flow.state, ""), 400);
  EXPECT_EQ(rig_.token_calls(), 0u);
  EXPECT_EQ(status_of(rig_, rig_.alice, flow), "waiting");
}

TEST_F(Connecting, O07_AnotherFlowsCookieIsNoneAndTheRightOneBesideItIsFound) {
  const auto flow = begun();
  const auto other = begun();
  EXPECT_EQ(back("code=c0de&state=" + flow.state, other.cookie), 400);
  const auto renamed = flow.cookie.substr(0, flow.cookie.find('=')) + "=" +
                       other.cookie.substr(other.cookie.find('=') + 1);
  EXPECT_EQ(back("code=c0de&state=" + flow.state, renamed), 400);
  EXPECT_EQ(back("code=c0de&state=" + flow.state, other.cookie + "; " + flow.cookie), 303);
  EXPECT_EQ(rig_.token_calls(), 0u);
}

TEST_F(Connecting, O08_SomebodyElseCannotFinishAndTheFlowIsBurnt) {
  for (const auto* other : {&rig_.bob, &rig_.amy}) {
    const auto flow = begun();
    still_good(flow);
    EXPECT_EQ(rig_.finish(*other, "youtube", flow.id, flow.cookie).status, 404);
    const auto after = rig_.finish(rig_.alice, "youtube", flow.id, flow.cookie);
    EXPECT_EQ(json_of(after).at("status").as_string(), "failed") << after.body;
  }
  EXPECT_EQ(rig_.token_calls(), 0u);
}

TEST_F(Connecting, O08_AnotherCustomerOrAnotherBrowserCannotFinish) {
  const auto flow = begun();
  still_good(flow);
  const auto foreign = rig_.finish(rig_.mallory, "youtube", flow.id, flow.cookie);
  const auto unknown = rig_.finish(rig_.mallory, "youtube", "flow_none", flow.cookie);
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(blanked(foreign), blanked(unknown));
  EXPECT_EQ(rig_.finish(rig_.alice, "youtube", flow.id, "").status, 404);
  EXPECT_EQ(rig_.token_calls(), 0u);
  EXPECT_EQ(status_of(rig_, rig_.alice, flow), "failed");
}

TEST_F(Connecting, O11_AStateIsGoodOnce) {
  const auto flow = begun();
  still_good(flow);
  EXPECT_EQ(back("code=c0de&state=" + flow.state, flow.cookie), 400);
  EXPECT_EQ(back("code=other&state=" + flow.state, flow.cookie), 400);
}

TEST_F(Connecting, O12_OfManyCallbacksAtOnceOneIsTaken) {
  const auto flow = begun();
  std::atomic<int> passed = 0;
  std::vector<std::thread> browsers;
  for (int i = 0; i < 20; ++i) {
    browsers.emplace_back(
        [&] { passed += back("code=c0de&state=" + flow.state, flow.cookie) == 303; });
  }
  for (auto& browser : browsers) browser.join();
  EXPECT_EQ(passed, 1);
}

TEST_F(Connecting, O13_OldUnknownAndUsedStatesAnswerAlike) {
  const auto used = begun();
  still_good(used);
  const auto again = rig_.call_back("youtube", "code=c0de&state=" + used.state, used.cookie);
  const auto unknown =
      rig_.call_back("youtube", "code=c0de&state=" + std::string(43, 'A'), used.cookie);
  const auto old = begun();
  rig_.clock().advance(10min + 1s);
  const auto late = rig_.call_back("youtube", "code=c0de&state=" + old.state, old.cookie);
  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(blanked(again), blanked(unknown));
  EXPECT_EQ(blanked(again), blanked(late));
}

TEST_F(Connecting, O14_MissingEmptyAndDoubledParametersAreRefused) {
  const auto flow = begun();
  const std::string state = "state=" + flow.state, code = "code=c0de";
  const std::string iss = "iss=https%3A%2F%2Faccounts.google.com";
  for (const std::string& query :
       {code, state, code + "&state=", "code=&" + state, code + "&" + state + "&" + state,
        code + "&" + code + "&" + state, code + "&error=access_denied&" + state,
        code + "&state[]=" + flow.state, code + "&state%5B%5D=" + flow.state,
        "code[]=c0de&" + state, code + "&" + state + "&" + iss + "&" + iss,
        "error=a&error=b&" + state, code + "&" + state + "%00", code + "&" + state + "%zz",
        std::string()}) {
    EXPECT_EQ(back(query, flow.cookie), 400) << query;
  }
  EXPECT_EQ(rig_.token_calls(), 0u);
  still_good(flow);
}

std::set<std::string> platform_ids() {
  std::set<std::string> ids;
  for (const Platform* platform : all_platforms()) ids.insert(platform->spec->id.value);
  return ids;
}

TEST_F(Connecting, O15_AStateOfOnePlatformIsNoneAtAnother) {
  int pairs = 0;
  const auto ids = platform_ids();
  for (const auto& own : ids) {
    const auto flow = begun(own);
    for (const auto& to : ids) {
      if (to == own) continue;
      const auto answer = rig_.call_back(to, "code=c0de&state=" + flow.state, flow.cookie);
      EXPECT_EQ(answer.status, 400) << own << " at " << to;
      ++pairs;
    }
    EXPECT_EQ(rig_.call_back(own, "code=c0de&state=" + flow.state, flow.cookie).status, 303) << own;
  }
  EXPECT_EQ(pairs, static_cast<int>(ids.size() * (ids.size() - 1)));
}

TEST_F(Connecting, O16_EveryPlatformHasItsOwnRedirectAddress) {
  std::set<std::string> addresses;
  const auto ids = platform_ids();
  for (const auto& id : ids) {
    const auto begun_there = begun(id);
    addresses.insert(parameter(begun_there.auth_url, "redirect_uri"));
    rig_.call_back(id, "code=c0de&state=" + begun_there.state, begun_there.cookie);  // Not pending.
  }
  EXPECT_EQ(addresses.size(), ids.size());
  const auto flow = begun();
  const std::string query = "?code=c0de&state=" + flow.state;
  const auto at = [&](const std::string& path) {
    return rig_.anyone().get(std::string(kApi) + path + query, {{"Cookie", flow.cookie}}).status;
  };
  EXPECT_EQ(at("/youtube/oauth/callback/other"), 404);
  EXPECT_EQ(at("/nobody/oauth/callback"), 404);
  still_good(flow);
}

TEST_F(Connecting, O18_AnIssuerIsComparedExactly) {
  const auto flow = begun();
  for (const char* issuer : {"https%3A%2F%2Fevil.test", "https%3A%2F%2Faccounts.google.com%2F",
                             "https%3A%2F%2FAccounts.google.com", "", "accounts.google.com"}) {
    EXPECT_EQ(back("code=c0de&state=" + flow.state + "&iss=" + issuer, flow.cookie), 400) << issuer;
  }
  EXPECT_EQ(
      back("code=c0de&iss=https%3A%2F%2Faccounts.google.com&state=" + flow.state, flow.cookie),
      303);
}

TEST_F(Connecting, O19_TheVerifierFitsTheChallengeAndShowsNowhere) {
  const auto flow = begun();
  EXPECT_EQ(parameter(flow.auth_url, "code_challenge_method"), "S256");
  still_good(flow);
  rig_.finish(rig_.alice, "youtube", flow.id, flow.cookie);
  const auto form = rig_.transport().sent().at(0).form;
  const auto& verifier = form.at("code_verifier");
  EXPECT_GE(verifier.size(), 43u);
  EXPECT_LE(verifier.size(), 128u);
  EXPECT_EQ(to_base64url(sha256(verifier)), parameter(flow.auth_url, "code_challenge"));
  EXPECT_FALSE(flow.auth_url.contains(verifier));
  EXPECT_FALSE(flow.cookie.contains(verifier));
}

TEST_F(Connecting, O21_NoHeaderMovesTheRedirectAddress) {
  const std::string wanted = std::string(kPublicUrl) + "/api/social-media/youtube/oauth/callback";
  for (const char* name : {"X-Forwarded-Host", "Forwarded", "X-Forwarded-Proto", "X-Original-Host",
                           "X-Host", "Origin", "Referer"}) {
    const auto answer =
        rig_.as(rig_.alice)
            .get(std::string(kApi) + "/youtube/oauth/initiate", {{name, "host=evil.test"}});
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(parameter(std::string(json_of(answer).at("auth_url").as_string()), "redirect_uri"),
              wanted)
        << name;
  }
  HttpClient client(rig_.gateway);
  client.send(
      "GET /api/social-media/youtube/oauth/initiate HTTP/1.1\r\nHost: evil.test\r\n"
      "Authorization: Bearer " +
      rig_.alice.token + "\r\n\r\n");
  const auto answer = client.read_answer();
  const std::string url(json_of(answer).at("auth_url").as_string());
  EXPECT_EQ(parameter(url, "redirect_uri"), wanted);

  const auto flow = begun();
  HttpClient browser(rig_.gateway);
  browser.send("GET /api/social-media/youtube/oauth/callback?code=c0de&state=" + flow.state +
               " HTTP/1.1\r\nHost: evil.test\r\nCookie: " + flow.cookie + "\r\n\r\n");
  EXPECT_TRUE(browser.read_answer().header("Location").starts_with(wanted));
  rig_.finish(rig_.alice, "youtube", flow.id, flow.cookie);
  EXPECT_EQ(rig_.transport().sent().at(0).form.at("redirect_uri"), wanted);
}

TEST(ConnectingLimits, O48_SoManyPendingFlowsAreEnough) {
  DoorRig rig;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(rig.begin_flow(rig.alice, "youtube").answer.status, 200);
  const auto refused = rig.begin_flow(rig.alice, "youtube").answer;
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(code_of(refused), "too_many_flows");
  EXPECT_EQ(rig.begin_flow(rig.bob, "youtube").answer.status, 200);
}

TEST(ConnectingLimits, O48_SoManyStartsAMinuteAreEnough) {
  DoorRig rig({.limits = {.starts = {3, 60s}}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(rig.begin_flow(rig.alice, "youtube").answer.status, 200);
  const auto refused = rig.begin_flow(rig.alice, "youtube").answer;
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "20");
  rig.clock().advance(20s);
  EXPECT_EQ(rig.begin_flow(rig.alice, "youtube").answer.status, 200);
}

}  // namespace
}  // namespace herald::http
