// Numbers of Pages and their posts, and answers that scripts ask for, by the vectors.
#include <gmock/gmock.h>

#include "sandbox/door.h"
#include "sandbox/meta/facebook_rig.h"

namespace herald::sandbox {

using ::testing::HasSubstr;

class FacebookInsights : public FacebookRig {
 protected:
  Heard of_page(const std::string& query) { return get("/" + kPage + "/insights", token, query); }
  http::Response scripted(const std::string& name, const std::string& path = "") {
    Call call;
    call.path = "/v26.0/" + (path.empty() ? kPage + "/feed" : path);
    return side->scripted(name, call);
  }
};

TEST_F(FacebookInsights, APageTellsItsDays) {
  const auto heard = of_page(
      "metric=page_media_view,page_post_engagements&period=day&since=2026-11-01&until=2026-11-20");
  ASSERT_EQ(heard.status, 200) << heard.answer.response.body;
  const auto& row = heard.body.at("data").at(0);
  EXPECT_EQ(row.at("name").as_string(), "page_media_view");
  EXPECT_EQ(row.at("values").as_array().size(), 19U);
  EXPECT_EQ(row.at("values").at(0).at("end_time").as_string(), "2026-11-02T00:00:00+0000");
  EXPECT_EQ(of_page("metric=page_follows&since=2026-01-01&until=2026-11-20").code(), 100);
}

TEST_F(FacebookInsights, ASmallPageHasNone) {
  const auto choir = std::string("112233445588");
  const auto own = get("/" + choir, person, "fields=access_token").text("access_token");
  const auto heard = get("/" + choir + "/insights", own, "metric=page_follows&period=day");
  EXPECT_TRUE(heard.body.at("data").as_array().empty());
}

TEST_F(FacebookInsights, APostsNumbersGrow) {
  const auto id = say("Counted").text("id");
  const auto views = [&] {
    return get("/" + id + "/insights", token, "metric=post_media_view,post_reactions_by_type_total")
        .body.at("data")
        .at(0)
        .at("values")
        .at(0)
        .at("value")
        .as_int64();
  };
  const auto first = views();
  wait(86'400);
  EXPECT_GT(views(), first);
}

TEST_F(FacebookInsights, FB25_AMetricThatIsGoneSpoilsTheRequest) {
  expect_vector(of_page("metric=page_media_view,page_impressions_unique"), 400,
                R"({"error":{"message":"(#100) The value must be a valid insights metric",)"
                R"("type":"OAuthException","code":100}})");
}

TEST_F(FacebookInsights, FB26_AMetricIsNamed) {
  expect_vector(of_page("period=day"), 400,
                R"({"error":{"message":"No metric was specified to be fetched. Please specify one )"
                R"(or more metrics to be fetched and try again.","type":"OAuthException",)"
                R"("code":3001,"error_subcode":1504028}})");
}

TEST_F(FacebookInsights, ReadInsightsIsNeeded) {
  control("remove-app", {{.name = "callbacks", .value = "none"}});
  person = long_token("pages_show_list,pages_read_engagement,pages_manage_posts");
  token = get("/" + kPage, person, "fields=access_token").text("access_token");
  EXPECT_EQ(of_page("metric=page_follows").code(), 10);
}

TEST_F(FacebookInsights, FB23_AScriptSaysThatItGoesTooFast) {
  const auto response = scripted("FB-23");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(without_trace(boost::json::parse(response.body)),
            boost::json::parse(
                R"({"error":{"message":"We limit how often you can post, comment or do other )"
                R"(things in a given amount of time in order to help protect the community from )"
                R"(spam. You can try again later.","type":"OAuthException","code":368,)"
                R"("error_subcode":1390008,"is_transient":false}})"));
}

TEST_F(FacebookInsights, FB24_APagesLimitSaysWhenItEnds) {
  Call call;
  call.path = "/v26.0/" + kPage + "/feed";
  const auto response = side->rate_limited(call);
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("\"code\":80001"));
  const auto usage =
      boost::json::parse(*response.headers.find("X-Business-Use-Case-Usage")).at(kPage).at(0);
  EXPECT_EQ(usage.at("type").as_string(), "pages");
  EXPECT_EQ(usage.at("estimated_time_to_regain_access").as_int64(), 7);
}

TEST_F(FacebookInsights, FB33_AScriptedFinishIsNoSuccess) {
  EXPECT_EQ(scripted("FB-33").status, 200);
  EXPECT_EQ(scripted("FB-33").body, R"({"success":false})");
}

TEST_F(FacebookInsights, TheSheetsOtherErrorsAreThereForScripts) {
  for (const char* name :
       {"100/video", "283", "210", "368/4854002", "1346003", "1404102", "1404006", "1404112",
        "1404078", "1366051", "1363047", "1609010", "1349125", "2069019", "1705", "382", "6000"})
    EXPECT_EQ(scripted(name).status, 400) << name;
}

// The core cuts the answer off after the effect; the post is found by reading.
class FacebookCut : public ::testing::Test {
 protected:
  FacebookCut() {
    const auto url =
        "https://www.facebook.com/v26.0/dialog/oauth?client_id=1234567890&redirect_uri=" +
        percent_encoded("https://herald.example/callback") + "&scope=" + std::string(kPageScopes);
    const auto allowed = door.send(Rig::form(url, {{.name = "decision", .value = "allow"}}));
    const auto location = *allowed->headers.find("Location");
    const auto from = location.find("code=") + 5;
    const auto exchanged = door.send(
        Rig::form("https://graph.facebook.com/v26.0/oauth/access_token",
                  {{.name = "client_id", .value = "1234567890"},
                   {.name = "client_secret", .value = "sandbox-meta-app-secret"},
                   {.name = "redirect_uri", .value = "https://herald.example/callback"},
                   {.name = "code", .value = location.substr(from, location.find('#') - from)}}));
    const auto person = boost::json::parse(exchanged->body).at("access_token").as_string();
    token = read("112233445566?fields=access_token&access_token=" + std::string(person))
                .at("access_token")
                .as_string();
  }
  boost::json::value read(const std::string& path) {
    return boost::json::parse(door.send({.url = "https://graph.facebook.com/v26.0/" + path})->body);
  }
  std::optional<http::Response> write(const std::string& edge, std::vector<Field> fields) {
    fields.push_back({.name = "access_token", .value = token});
    return door.send(Rig::form("https://graph.facebook.com/v26.0/112233445566" + edge, fields));
  }
  boost::json::value rows(const std::string& edge) {
    return read("112233445566" + edge + "access_token=" + token).at("data");
  }

  Door door;
  std::string token;
};

TEST_F(FacebookCut, FB29_APostWhoseAnswerIsLostIsFoundAmongThePublished) {
  door.arm(R"({"pattern":"/feed$","action":"cut_after"})");
  EXPECT_TRUE(write("/feed", {{.name = "message", .value = "Once"}})->abort);
  const auto found = rows("/published_posts?fields=id,message,created_time,application&");
  ASSERT_EQ(found.as_array().size(), 1U);
  EXPECT_EQ(found.at(0).at("message").as_string(), "Once");
  EXPECT_EQ(found.at(0).at("application").at("id").as_string(), "1234567890");
  EXPECT_EQ(door.posts_seen(), 1U);
}

TEST_F(FacebookCut, FB30_AStoryWhoseAnswerIsLostIsFoundByItsMedia) {
  door.photo = jpeg_of(1080, 1920);
  const auto made = write(
      "/photos", {{.name = "url", .value = door.kPhoto}, {.name = "published", .value = "false"}});
  const auto photo = std::string(boost::json::parse(made->body).at("id").as_string());
  door.arm(R"({"pattern":"/photo_stories$","action":"cut_after"})");
  EXPECT_TRUE(write("/photo_stories", {{.name = "photo_id", .value = photo}})->abort);
  const auto found = rows("/stories?");
  ASSERT_EQ(found.as_array().size(), 1U);
  EXPECT_EQ(found.at(0).at("media_id").as_string(), photo);
  EXPECT_EQ(door.posts_seen(), 1U);
}

}  // namespace herald::sandbox
