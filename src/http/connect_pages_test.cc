// The pages that a platform's redirect ends in: they run nothing strange, echo nothing and tell
// nobody.
#include "http/connect_fixture.h"

namespace herald::http {
namespace {

TEST_F(Connecting, O24_WhatAPlatformSaysIsNotEchoed) {
  for (const char* said : {"%3Cscript%3Ealert(1)%3C/script%3E", "x%0D%0ASet-Cookie:%20a=b",
                           "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E"}) {
    const auto flow = begun();
    const std::string query = std::string("error=") + said + "&error_description=" + said +
                              "&error_uri=https://evil.test&state=" + flow.state;
    for (const auto& cookie : {std::string(), flow.cookie}) {
      const auto answer = rig_.call_back("youtube", query, cookie);
      EXPECT_EQ(answer.status, cookie.empty() ? 400 : 303);
      EXPECT_EQ(answer.header("Set-Cookie"), "");
      for (const char* trace : {"alert", "evil.test", "<img"}) {
        EXPECT_FALSE(answer.body.contains(trace)) << trace;
        EXPECT_FALSE(answer.header("Location").contains(trace)) << trace;
      }
    }
  }
  const auto flow = begun();
  EXPECT_EQ(back("error=x&error_description=" + std::string(64 * 1024, 'x'), flow.cookie), 414);
}

TEST_F(Connecting, O24_TheClosingPageEchoesNothingThatCouldRun) {
  for (const char* said :
       {"%3C/script%3E%3Cscript%3Ealert(1)", "%22%3Balert(1)//", "%27%29%0Aalert(1)"}) {
    const auto page = rig_.call_back("youtube", std::string("flow=") + said + "&done=" + said, "");
    EXPECT_FALSE(page.body.contains("alert(1)")) << page.body;
    EXPECT_FALSE(page.body.contains("</script><script>")) << page.body;
  }
}

TEST_F(Connecting, O25_ANoNeedsAGoodStateAndUsesItUp) {
  EXPECT_EQ(
      rig_.call_back("youtube", "error=access_denied&state=" + std::string(43, 'A'), "").status,
      400);
  const auto flow = begun();
  const std::string denied = "error=access_denied&state=" + flow.state;
  EXPECT_EQ(back(denied, ""), 400);
  EXPECT_EQ(back(denied, flow.cookie), 303);
  EXPECT_EQ(status_of(rig_, rig_.alice, flow), "denied");
  EXPECT_EQ(back(denied, flow.cookie), 400);
  EXPECT_EQ(back("code=c0de&state=" + flow.state, flow.cookie), 400);
}

TEST_F(Connecting, APlatformsRefusalIsNotTakenForThePersonsNo) {
  for (const char* error : {"server_error", "invalid_request", "access_denied_by_us"}) {
    const auto flow = begun();
    EXPECT_EQ(back(std::string("error=") + error + "&state=" + flow.state, flow.cookie), 303);
    EXPECT_EQ(status_of(rig_, rig_.alice, flow), "failed") << error;
  }
  const auto flow = begun();
  EXPECT_EQ(back("error=user_cancelled_login&state=" + flow.state, flow.cookie), 303);
  EXPECT_EQ(status_of(rig_, rig_.alice, flow), "denied");
}

TEST_F(Connecting, O26_ThePagesRunNothingStrangeAndTellNobody) {
  const auto flow = begun();
  const auto redirect = rig_.call_back("youtube", "code=c0de&state=" + flow.state, flow.cookie);
  const auto location = redirect.header("Location");
  const auto page = rig_.anyone().get(location.substr(std::string_view(kPublicUrl).size()));
  const auto refused = rig_.call_back("youtube", "code=c0de&state=used", flow.cookie);
  for (const auto* answer : {&page, &refused}) {
    const auto policy = answer->header("Content-Security-Policy");
    for (const char* rule : {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'",
                             "form-action 'none'"}) {
      EXPECT_TRUE(policy.contains(rule)) << rule << " in " << policy;
    }
    EXPECT_FALSE(policy.contains("unsafe"));
    EXPECT_EQ(answer->header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(answer->header("Cache-Control"), "no-store");
    EXPECT_EQ(answer->header("X-Content-Type-Options"), "nosniff");
    EXPECT_FALSE(answer->body.contains("src=") || answer->body.contains("href="));
  }
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(redirect.header("Referrer-Policy"), "no-referrer");
  const auto second = rig_.anyone().get(location.substr(std::string_view(kPublicUrl).size()));
  EXPECT_NE(page.header("Content-Security-Policy"), second.header("Content-Security-Policy"))
      << "the nonce is made anew";
}

TEST_F(Connecting, O27_TheCodeLeavesTheAddressAtOnce) {
  const auto flow = begun();
  const auto answer = rig_.call_back("youtube", "code=c0de&state=" + flow.state, flow.cookie);
  EXPECT_EQ(answer.status, 303);
  const auto location = answer.header("Location");
  EXPECT_TRUE(location.starts_with(std::string(kPublicUrl) + "/api/social-media/youtube/"));
  for (const auto& part : {std::string("c0de"), flow.state, std::string("state=")}) {
    EXPECT_FALSE(location.contains(part)) << part;
  }
}

TEST_F(Connecting, O28_TheOpenerHearsFlowAndStatusAtOurOriginOnly) {
  const auto page = rig_.call_back("youtube", "flow=flow_abc&done=returned", "");
  EXPECT_TRUE(page.body.contains(
      "postMessage({type:\"herald-oauth\",flow_id:\"flow_abc\",status:\"returned\"},\"" +
      std::string(kPublicUrl) + "\")"))
      << page.body;
  EXPECT_FALSE(page.body.contains("*"));
}

TEST_F(Connecting, O49_WhoOnlyLooksAheadDoesNotUseTheStateUp) {
  const auto flow = begun();
  const std::string target =
      std::string(kApi) + "/youtube/oauth/callback?code=c0de&state=" + flow.state;
  for (const char* method : {"HEAD", "POST", "OPTIONS"}) {
    EXPECT_EQ(rig_.anyone().send(method, target, {}, {{"Cookie", flow.cookie}}).status, 405)
        << method;
  }
  for (const auto& [name, value] :
       {std::pair("Sec-Purpose", "prefetch"), std::pair("Sec-Purpose", "prefetch;prerender"),
        std::pair("Purpose", "prefetch"), std::pair("Sec-Fetch-Dest", "iframe"),
        std::pair("Sec-Fetch-Dest", "image"), std::pair("Sec-Fetch-Dest", "empty")}) {
    EXPECT_EQ(rig_.anyone().get(target, {{"Cookie", flow.cookie}, {name, value}}).status, 400)
        << value;
  }
  const auto visit =
      rig_.anyone().get(target, {{"Cookie", flow.cookie}, {"Sec-Fetch-Dest", "document"}});
  EXPECT_EQ(visit.status, 303);
}

}  // namespace
}  // namespace herald::http
