// Numbers of posts and accounts: which metrics exist where, and when there are none yet.
#include <gmock/gmock.h>

#include "sandbox/meta/rig.h"

namespace herald::sandbox {

class InstagramInsights : public MetaRig {
 protected:
  InstagramInsights() : token(page_token()) {}

  std::int64_t value_of(const std::string& media, const std::string& metric) {
    const auto heard = get("/" + media + "/insights", token, "metric=" + metric);
    return heard.body.at("data").at(0).at("values").at(0).at("value").as_int64();
  }
  Heard account(const std::string& query) {
    return get("/" + kAccount + "/insights", token, query);
  }

  std::string token;
};

TEST_F(InstagramInsights, IG30_NumbersComeLateGrowAndKnowTheirMetrics) {
  const auto id = publish(token, ready_photo(token)).text("id");
  expect_vector(get("/" + id + "/insights", token, "metric=reach,likes"), 200, R"({"data":[]})");
  wait(3600);
  const auto early = value_of(id, "reach");
  EXPECT_EQ(early, value_of(id, "reach"));
  wait(24 * 3600);
  EXPECT_GT(value_of(id, "reach"), early);
  for (const char* metric : {"impressions", "reels_skip_rate", "reach,nonsense"})
    EXPECT_EQ(get("/" + id + "/insights", token, "metric=" + std::string(metric)).code(), 100)
        << metric;
  EXPECT_EQ(get("/" + id + "/insights", token, "metric=reach&breakdown=action_type").code(), 1);
}

TEST_F(InstagramInsights, IG30_AStoryOfFourViewersShowsNothing) {
  const auto made = create(
      token, {{.name = "media_type", .value = "STORIES"}, {.name = "image_url", .value = kPhoto}});
  wait(3);
  const auto id = publish(token, made.text("id")).text("id");
  wait(3600);
  EXPECT_EQ(get("/" + id + "/insights", token, "metric=reach,replies").status, 200);
  control("viewers", {{.name = "media", .value = id}, {.name = "count", .value = "4"}});
  expect_vector(get("/" + id + "/insights", token, "metric=reach"), 400,
                R"({"error":{"message":"(#10) Not enough viewers for the media to show insights",)"
                R"("type":"OAuthException","code":10}})");
}

TEST_F(InstagramInsights, IG33_AnAccountWantsPeriodTypeAndTheRightBreakdown) {
  EXPECT_EQ(account("metric=reach").code(), 100);
  EXPECT_EQ(account("metric=views&period=day").code(), 100);
  EXPECT_EQ(
      account("metric=views&period=day&metric_type=total_value&breakdown=follower_type").code(),
      100);
  EXPECT_EQ(account("metric=views&period=day&metric_type=total_value&breakdown=follow_type").status,
            200);
}

TEST_F(InstagramInsights, AnAccountHasTotalsAndSeries) {
  const auto until = std::to_string(to_ms(rig.wall) / 1000);
  const auto since = std::to_string(to_ms(rig.wall) / 1000 - 7 * 86400);
  const auto series = account("metric=reach&period=day&since=" + since + "&until=" + until);
  EXPECT_EQ(series.body.at("data").at(0).at("values").as_array().size(), 7U);
  const auto total = account("metric=reach,likes&period=day&metric_type=total_value");
  EXPECT_GT(total.body.at("data").at(0).at("total_value").at("value").as_int64(), 0);
  EXPECT_EQ(total.body.at("data").as_array().size(), 2U);
}

TEST_F(InstagramInsights, InsightsWantTheirPermission) {
  const auto id = publish(token, ready_photo(token)).text("id");
  const auto user = user_token("pages_show_list");
  hear({.method = "DELETE",
        .url = kGraph + "/me/permissions/instagram_manage_insights?access_token=" + user});
  EXPECT_EQ(get("/" + id + "/insights", token, "metric=reach").code(), 10);
}

}  // namespace herald::sandbox
