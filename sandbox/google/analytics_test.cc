#include "sandbox/google/analytics.h"

#include "sandbox/google/rig.h"

namespace herald::sandbox::google {

namespace json = boost::json;
using std::chrono::hours;

namespace {

class GoogleAnalytics : public GoogleTest {
 protected:
  Answer report(const std::string& more, const std::string& bearer) {
    return get("https://youtubeanalytics.googleapis.com/v2/reports?ids=channel==MINE&" + more,
               bearer);
  }
};

}  // namespace

TEST_F(GoogleAnalytics, YA01_ImpossibleCombinations) {
  const auto bearer = token();
  for (const auto* more :
       {"dimensions=video,day&metrics=views", "dimensions=planet&metrics=views",
        "dimensions=video&metrics=views", "dimensions=day&metrics=views&sort=likes",
        "metrics=views&filters=planet==mars"}) {
    const auto answer =
        report(std::string("startDate=2026-11-01&endDate=2026-11-20&") + more, bearer);
    EXPECT_EQ(answer.response.status, 400) << more;
    EXPECT_EQ(
        json_of(answer),
        json::parse(R"({"error":{"code":400,"message":"The query is not supported. Check the )"
                    R"(documentation for supported queries.","errors":[{"message":"The query )"
                    R"(is not supported. Check the documentation for supported queries.",)"
                    R"("domain":"global","reason":"badRequest"}],"status":)"
                    R"("INVALID_ARGUMENT"}})"))
        << more;
  }
}

TEST_F(GoogleAnalytics, YA02_MissingScope) {
  const auto answer = report("startDate=2026-11-01&endDate=2026-11-20&metrics=views",
                             token(kScopePrefix + "youtube.upload"));
  EXPECT_EQ(answer.response.status, 403);
  EXPECT_EQ(reason_of(answer), "insufficientPermissions");
  EXPECT_EQ(reason_of(report("startDate=2026-11-01&endDate=2026-11-20&metrics=estimatedRevenue",
                             token())),
            "insufficientPermissions");
}

TEST_F(GoogleAnalytics, YA03_TheLastTwoDaysAreMissing) {
  const auto bearer = token();
  const auto answer = json_of(
      report("startDate=2026-11-18&endDate=2026-11-22&metrics=views,likes&dimensions=day&sort=day",
             bearer));
  EXPECT_EQ(answer.at("kind"), "youtubeAnalytics#resultTable");
  EXPECT_EQ(answer.at("columnHeaders").at(0),
            (json::object{{"name", "day"}, {"columnType", "DIMENSION"}, {"dataType", "STRING"}}));
  EXPECT_EQ(answer.at("columnHeaders").at(1).at("dataType"), "INTEGER");
  const auto& rows = answer.at("rows").as_array();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows.back().at(0), "2026-11-20");
  EXPECT_TRUE(rows.back().at(1).is_int64());
  const auto fresh = json_of(
      report("startDate=2026-11-21&endDate=2026-11-22&metrics=views&dimensions=day", bearer));
  EXPECT_FALSE(fresh.as_object().contains("rows"));
}

TEST_F(GoogleAnalytics, VideosAreCountedFromTheirPublication) {
  const auto id = upload(token(), mp4());
  const auto silent = upload(token(), mp4(1000, 6), "private");
  rig.clock.advance(hours(5 * 24));
  const auto bearer = token();
  const auto answer = json_of(report(
      "startDate=2026-11-01&endDate=2026-11-27&metrics=views&dimensions=video&filters=video==" +
          id + "," + silent,
      bearer));
  ASSERT_EQ(answer.at("rows").as_array().size(), 1u) << "no activity, no row";
  EXPECT_EQ(string_of(answer.at("rows").at(0).at(0)), id);
  const auto days = json_of(report(
      "startDate=2026-11-01&endDate=2026-11-27&metrics=views&dimensions=day&filters=video==" + id,
      bearer));
  std::int64_t sum = 0;
  for (const auto& row : days.at("rows").as_array()) sum += row.at(1).as_int64();
  EXPECT_EQ(days.at("rows").at(0).at(0), "2026-11-22");
  EXPECT_EQ(answer.at("rows").at(0).at(1), sum);
  const auto counted = list_one(bearer, id, "statistics").at("items").at(0).at("statistics");
  EXPECT_GT(std::stoll(string_of(counted.at("viewCount"))), sum)
      << "the counters run ahead of the reports";
}

TEST_F(GoogleAnalytics, RequiredParametersAndForeignChannels) {
  const auto bearer = token();
  EXPECT_EQ(reason_of(report("startDate=2026-11-01&metrics=views", bearer)), "required");
  EXPECT_EQ(reason_of(report("startDate=2026-11-09&endDate=2026-11-01&metrics=views", bearer)),
            "badRequest");
  EXPECT_EQ(reason_of(report("startDate=2026-11-01&endDate=2026-11-09&metrics=earnings", bearer)),
            "badRequest");
  EXPECT_EQ(get("https://youtubeanalytics.googleapis.com/v2/reports?ids=channel==" +
                    std::string(kBooks) + "&startDate=2026-11-01&endDate=2026-11-09&metrics=views",
                bearer)
                .response.status,
            403);
}

}  // namespace herald::sandbox::google
