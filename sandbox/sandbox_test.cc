// The core: hosts, scripted faults, the standing rule on reused connections, the control API.
#include "sandbox/sandbox.h"

#include <gmock/gmock.h>

#include "sandbox/door.h"

namespace herald::sandbox {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kPublishPath = R"("path":"/v26.0/17841400000000001/media_publish")";

std::string fault(const std::string& action, const std::string& more = {},
                  const std::string& matcher = kPublishPath) {
  return "{" + matcher + R"(,"action":")" + action + "\"" + (more.empty() ? "" : "," + more) + "}";
}

TEST(Sandbox, AHostIsFoundInThePathOrInTheHostHeader) {
  Door door;
  EXPECT_THAT(door.send({.url = "https://graph.facebook.com/me"})->body, HasSubstr("2500"));
  http::Request request;
  request.method = "GET";
  request.path = "/me";
  request.headers.add("Host", "Graph.Facebook.com:443");
  http::Response heard;
  door.sandbox->serve(std::move(request), nullptr,
                      http::Reply([&](http::Response response) { heard = response; }));
  EXPECT_THAT(heard.body, HasSubstr("2500"));
  EXPECT_EQ(door.send({.url = "https://api.example/me"})->status, 404);
}

TEST(Sandbox, LinksLeadToTheRealHostOrBackIntoTheSandbox) {
  Door door;
  const auto token = door.user_token();
  const std::string url =
      "https://graph.facebook.com/me/accounts?limit=1&fields=name&access_token=" + token;
  EXPECT_THAT(door.send({.url = url})->body, HasSubstr(R"("next":"https://graph.facebook.com/)"));
  door.control("POST", "/switches", R"({"core.links":"local"})");
  EXPECT_THAT(door.send({.url = url})->body,
              HasSubstr(R"("next":"http://127.0.0.1:8099/graph.facebook.com/)"));
}

TEST(SandboxFaults, IG01_AFinishedContainerIsNotReadyTwiceAndThenPublishedOnce) {
  Door door;
  const auto token = door.user_token();
  const auto container = door.ready_photo(token);
  door.arm(fault("refuse", R"("answer":"IG-01","times":2)"));
  EXPECT_THAT(door.publish(token, container)->body, HasSubstr("2207027"));
  EXPECT_THAT(door.publish(token, container)->body, HasSubstr("2207027"));
  EXPECT_EQ(door.status_of(token, container), "FINISHED");
  EXPECT_EQ(door.publish(token, container)->status, 200);
  EXPECT_EQ(door.posts_seen(), 1U);
}

TEST(SandboxFaults, IG11_ReplicationDelayNamesTheContainerAndPublishesNothing) {
  Door door;
  const auto token = door.user_token();
  const auto container = door.ready_photo(token);
  door.arm(fault("refuse", R"("answer":"IG-11")"));
  EXPECT_THAT(door.publish(token, container)->body,
              HasSubstr("The media with " + container + " cannot be found"));
  EXPECT_EQ(door.posts_seen(), 0U);
  EXPECT_EQ(door.publish(token, container)->status, 200);
}

TEST(SandboxFaults, IG20_ABlockedActionIsDoneAllTheSame) {
  Door door;
  const auto token = door.user_token();
  const auto container = door.ready_photo(token);
  door.arm(fault("error_after", R"("answer":"IG-20")"));
  const auto heard = door.publish(token, container);
  EXPECT_EQ(heard->status, 400);
  EXPECT_EQ(boost::json::parse(heard->body).at("error").at("error_subcode"), 2207051);
  EXPECT_EQ(boost::json::parse(heard->body).at("error").at("error_user_title"),
            "action is blocked");
  EXPECT_EQ(door.status_of(token, container), "PUBLISHED");
  EXPECT_EQ(door.posts_seen(), 1U);
}

TEST(SandboxFaults, IG21_CutAfterPublishesAndClosesAndCutBeforeOnlyCloses) {
  Door door;
  const auto token = door.user_token();
  const auto first = door.ready_photo(token);
  door.arm(fault("cut_before"));
  EXPECT_TRUE(door.publish(token, first)->abort);
  EXPECT_EQ(door.status_of(token, first), "FINISHED");
  door.arm(fault("cut_after"));
  EXPECT_TRUE(door.publish(token, first)->abort);
  EXPECT_EQ(door.status_of(token, first), "PUBLISHED");
  EXPECT_EQ(door.posts_seen(), 1U);
}

TEST(SandboxFaults, IG26_AFreshContainerIsUnreadableTwice) {
  Door door;
  const auto token = door.user_token();
  const auto container = door.ready_photo(token);
  door.arm(fault("refuse", R"("answer":"IG-26","times":2)",
                 R"("method":"GET","pattern":"^/v26\\.0/1788945\\d+$")"));
  EXPECT_EQ(door.status_of(token, container), "");
  EXPECT_EQ(door.status_of(token, container), "");
  EXPECT_EQ(door.status_of(token, container), "FINISHED");
}

TEST(SandboxFaults, IG27_ARateLimitSpeaksThePlatformsWords) {
  Door door;
  const auto token = door.user_token();
  const auto container = door.ready_photo(token);
  door.arm(fault("rate_limit"));
  auto limited = *door.publish(token, container);
  EXPECT_THAT(limited.body, HasSubstr("80002"));
  EXPECT_EQ(limited.headers.find("Retry-After"), nullptr);
  door.arm(fault("rate_limit", R"("retry_after_s":30)"));
  limited = *door.publish(token, container);
  EXPECT_EQ(*limited.headers.find("Retry-After"), "30");
  EXPECT_EQ(door.posts_seen(), 0U);
}

TEST(SandboxFaults, GarbageAndDripAnswerAfterTheEffect) {
  Door door;
  const auto token = door.user_token();
  door.arm(fault("garbage"));
  const auto garbage = *door.publish(token, door.ready_photo(token));
  EXPECT_EQ(garbage.status, 200);
  boost::system::error_code error;
  boost::json::parse(garbage.body, error);
  EXPECT_TRUE(error.failed());
  door.arm(fault("drip", R"("drip_bytes":10)"));
  const auto dripped = *door.publish(token, door.ready_photo(token));
  EXPECT_EQ(door.posts_seen(), 2U);
  ASSERT_NE(dripped.stream, nullptr);
  std::string body;
  EXPECT_TRUE(dripped.stream->read(body));
  EXPECT_EQ(body.size(), 10U);
  EXPECT_TRUE(dripped.stream->read(body));
  EXPECT_EQ(body.size(), 10U) << "nothing is due before the pause is over";
  do {
    door.let_happen();
  } while (dripped.stream->read(body));
  EXPECT_THAT(body, HasSubstr("1792023"));
}

TEST(SandboxFaults, SlowWaitsBeforeAndSlowAfterWaitsWithTheAnswer) {
  Door door;
  const auto token = door.user_token();
  const auto first = door.ready_photo(token);
  door.arm(fault("slow", R"("delay_ms":4000)"));
  EXPECT_FALSE(door.publish(token, first).has_value());
  EXPECT_EQ(door.delays.back().count(), 4000);
  EXPECT_EQ(door.posts_seen(), 0U);
  EXPECT_EQ(door.let_happen()->status, 200);
  EXPECT_EQ(door.posts_seen(), 1U);
  const auto second = door.ready_photo(token);
  door.arm(fault("slow_after", R"("delay_ms":5000)"));
  EXPECT_FALSE(door.publish(token, second).has_value());
  EXPECT_EQ(door.posts_seen(), 2U);
  EXPECT_EQ(door.let_happen()->status, 200);
}

TEST(SandboxFaults, TokensExpireOrAreRevokedAtTheCall) {
  Door door;
  auto token = door.user_token();
  const auto container = door.ready_photo(token);
  door.arm(fault("expire_token"));
  EXPECT_THAT(door.publish(token, container)->body, HasSubstr(R"("error_subcode":463)"));
  token = door.user_token();
  door.arm(fault("revoke_token"));
  EXPECT_THAT(door.publish(token, container)->body, HasSubstr(R"("error_subcode":458)"));
  EXPECT_EQ(door.posts_seen(), 0U);
}

TEST(SandboxFaults, ALostRotationAnswerLeavesTheExchangeDone) {
  Door door;
  door.arm(fault("cut_after", "", R"("path":"/v26.0/oauth/access_token")"));
  const auto allowed = door.send(
      Rig::form("https://www.facebook.com/v26.0/dialog/oauth?client_id=1234567890&redirect_uri=" +
                    percent_encoded("https://herald.example/callback") + "&scope=email",
                {{.name = "decision", .value = "allow"}}));
  const auto location = *allowed->headers.find("Location");
  const auto code =
      location.substr(location.find("code=") + 5, location.find('#') - location.find("code=") - 5);
  const auto exchange =
      Rig::form("https://graph.facebook.com/v26.0/oauth/access_token",
                {{.name = "client_id", .value = "1234567890"},
                 {.name = "client_secret", .value = "sandbox-meta-app-secret"},
                 {.name = "redirect_uri", .value = "https://herald.example/callback"},
                 {.name = "code", .value = code}});
  EXPECT_TRUE(door.send(exchange)->abort);
  EXPECT_THAT(door.send(exchange)->body, HasSubstr("36009"));
}

TEST(SandboxFaults, SkipLetsCallsPassAndUnknownMembersAreRefused) {
  Door door;
  door.arm(R"({"host":"graph.facebook.com","action":"refuse","status":503,"skip":1})");
  EXPECT_EQ(door.send({.url = "https://graph.facebook.com/me"})->status, 400);
  EXPECT_EQ(door.send({.url = "https://graph.facebook.com/me"})->status, 503);
  EXPECT_EQ(door.send({.url = "https://graph.facebook.com/me"})->status, 400);
  EXPECT_TRUE(door.control("POST", "/faults", R"({"action":"refuse","pth":"/"})")
                  .as_object()
                  .contains("error"));
  EXPECT_TRUE(
      door.control("POST", "/faults", R"({"action":"explode"})").as_object().contains("error"));
}

TEST(Sandbox, AReusedConnectionThatPublishedIsClosedAfterTheEffect) {
  Door door;
  const auto token = door.user_token();
  EXPECT_TRUE(door.publish(token, door.ready_photo(token), true)->abort);
  EXPECT_EQ(door.posts_seen(), 1U);
  EXPECT_FALSE(door.publish(token, door.ready_photo(token), false)->abort);
  EXPECT_FALSE(door.send({.url = "https://graph.facebook.com/me"}, true)->abort);
  door.control("POST", "/switches", R"({"core.close_reused":"off"})");
  EXPECT_FALSE(door.publish(token, door.ready_photo(token), true)->abort);
}

TEST(SandboxControl, CallsAreListedWithTheirSecretsBlanked) {
  Door door;
  const auto token = door.user_token();
  door.send({.url = "https://graph.facebook.com/v26.0/me?access_token=" + token,
             .headers = {{"Authorization", "Bearer " + token}, {"Cookie", "a=" + token}}},
            true);
  const auto calls = door.control("GET", "/calls");
  const auto text = boost::json::serialize(calls);
  EXPECT_THAT(text, Not(HasSubstr(token)));
  EXPECT_THAT(text, Not(HasSubstr("sandbox-meta-app-secret")));
  const auto& last = calls.at("calls").as_array().back();
  EXPECT_EQ(last.at("host"), "graph.facebook.com");
  EXPECT_EQ(last.at("connection_reused"), true);
  EXPECT_EQ(last.at("status"), 200);
}

TEST(SandboxControl, CallsAreListedWhateverBytesTheyHold) {
  Door door;
  const std::string cut = std::string(199, 'a');
  door.send({.url = "https://graph.facebook.com/v26.0/me?part=a&bytes=%FF%00&part=b&long=" + cut +
                    "%C3%A9"});
  const auto calls = door.control("GET", "/calls");
  const auto& query = calls.at("calls").as_array().back().at("query");
  EXPECT_EQ(boost::json::serialize(query.at("part")), R"(["a","b"])");
  EXPECT_EQ(query.at("bytes"), "(2 bytes)");
  EXPECT_EQ(query.at("long").as_string(), cut);
}

TEST(SandboxControl, TheClockMovesAndProcessingWithIt) {
  Door door;
  const auto token = door.user_token();
  const auto container = door.ready_photo(token);
  const auto moved = door.control("POST", "/clock", R"({"advance_ms":86400000})");
  EXPECT_EQ(moved.at("now_ms").as_int64(), to_ms(door.wall) + 86400000);
  EXPECT_EQ(door.status_of(token, container), "");
  door.control("POST", "/clock", "{\"set_ms\":" + std::to_string(to_ms(door.wall)) + "}");
  EXPECT_EQ(door.status_of(token, container), "FINISHED");
}

TEST(SandboxControl, ASideControlTellsWhatTheReceiverAnswered) {
  Door door;
  door.user_token();
  const auto told = door.control("POST", "/meta/remove-app", R"({"callbacks":"deauthorize"})");
  ASSERT_EQ(door.notices.size(), 1U);
  EXPECT_EQ(told.at("notices").at(0).at("status"), 200);
  EXPECT_EQ(door.send({.method = "POST", .url = "/_sandbox/meta/nonsense"})->status, 404);
  EXPECT_EQ(door.send({.method = "POST", .url = "/_sandbox/nobody/x"})->status, 404);
}

TEST(SandboxControl, ResetForgetsEverything) {
  Door door;
  const auto token = door.user_token();
  door.publish(token, door.ready_photo(token));
  door.control("POST", "/reset");
  EXPECT_EQ(door.posts_seen(), 0U);
  EXPECT_EQ(door.send({.url = "https://graph.facebook.com/me?access_token=" + token})->status, 400);
  EXPECT_TRUE(door.control("GET", "/faults").at("faults").as_array().empty());
}

TEST(SandboxControl, PagesAreHtmlUnderAStrictPolicy) {
  Door door;
  const auto token = door.user_token();
  door.publish(token, door.ready_photo(token));
  for (const char* page : {"/_sandbox/", "/_sandbox/feed"}) {
    const auto heard = *door.send({.url = page});
    EXPECT_EQ(heard.status, 200);
    EXPECT_THAT(*heard.headers.find("Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_THAT(heard.body, Not(HasSubstr("<script")));
  }
  const auto feed = door.send({.url = "/_sandbox/feed"})->body;
  EXPECT_THAT(feed, HasSubstr("@bluebakery"));
  // Without an icon of its own a browser asks for /favicon.ico, and calls the 404 an error.
  EXPECT_THAT(feed, HasSubstr(R"(rel="icon" href="/_sandbox/icon.svg")"));
  const auto icon = *door.send({.url = "/_sandbox/icon.svg"});
  EXPECT_EQ(*icon.headers.find("Content-Type"), "image/svg+xml");
  const auto digest = door.simulation->seen()[0].media[0].digest;
  EXPECT_THAT(feed, HasSubstr("/_sandbox/media/" + digest + "?type=image%2Fjpeg"));
  const auto medium = *door.send({.url = "/_sandbox/media/" + digest + "?type=image/jpeg"});
  EXPECT_EQ(medium.body, door.photo);
  const auto posing = *door.send({.url = "/_sandbox/media/" + digest + "?type=text/html"});
  EXPECT_EQ(*posing.headers.find("Content-Type"), "application/octet-stream");
}

}  // namespace herald::sandbox
