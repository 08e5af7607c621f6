// Comments (vector L25), roles, pages and numbers.
#include "sandbox/linkedin/rig.h"

namespace herald::sandbox::linkedin {

class LinkedInReads : public LinkedInTest {
 protected:
  Answer comment(const std::string& token, const std::string& urn, const std::string& text) {
    return send(path_of(urn, "socialActions") + "/comments",
                R"({"actor":")" + std::string(kMember) + R"(","object":")" + urn +
                    R"(","message":{"text":")" + text + "\"}}",
                token);
  }
  std::int64_t number(const Answer& answer, const char* pointer) {
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
    const auto found = value_at(json_of(answer), pointer);
    return found.is_number() ? found.to_number<std::int64_t>() : -1;
  }
};

TEST_F(LinkedInReads, L25_a_comment_at_once_finds_no_activity) {
  const auto token = connect();
  const auto urn = posted(token, body_of(kMember, "Rolls"));
  const auto early = comment(token, urn, "Recipe: (https://bakery.example)");
  EXPECT_EQ(early.response.status, 404);
  EXPECT_EQ(text_at(json_of(early), "/message"), "Unable to obtain activity");
  turn("comment_delay_status", "400");
  EXPECT_EQ(comment(token, urn, "Recipe").response.status, 400);
  EXPECT_EQ(seen("comment"), 0U);
  pass(std::chrono::seconds(2));
  const auto answer = comment(token, urn, "Recipe: (https://bakery.example)");
  EXPECT_EQ(answer.response.status, 201) << answer.response.body;
  EXPECT_TRUE(answer.publishes);
  EXPECT_TRUE(text_at(json_of(answer), "/commentUrn").starts_with("urn:li:comment:(urn:li:activ"));
  const auto entry = rig.ledger.entries().back();
  EXPECT_EQ(entry.event, "comment");
  EXPECT_EQ(entry.parent, urn);
  EXPECT_EQ(entry.text, "Recipe: (https://bakery.example)") << "plain, no little text";
}

TEST_F(LinkedInReads, a_comment_is_short_and_its_author_may_comment) {
  const auto token = connect();
  const auto urn = posted(token, body_of(kMember, "Rolls"));
  pass(std::chrono::seconds(2));
  expect_refused(comment(token, urn, std::string(1251, 'c')), 400, "FIELD_LENGTH_TOO_LONG");
  expect_refused(comment(connect("openid profile"), urn, "Hi"), 403, "ACCESS_DENIED");
  EXPECT_EQ(seen("comment"), 0U);
}

TEST_F(LinkedInReads, comments_of_a_page_are_listed_and_deleted) {
  const auto token = connect(kAllScopes);
  const auto urn = posted(token, body_of(kBakery, "Rolls"));
  pass(std::chrono::seconds(2));
  const auto id = text_at(json_of(comment(token, urn, "Tasty")), "/id");
  const auto comments = path_of(urn, "socialActions") + "/comments";
  EXPECT_EQ(text_at(json_of(get(comments, token)), "/elements/0/message/text"), "Tasty");
  EXPECT_EQ(
      number(get(path_of(urn, "socialActions"), token), "/commentsSummary/totalFirstLevelComments"),
      1);
  EXPECT_EQ(remove(comments + "/" + id, token).response.status, 204);
  EXPECT_EQ(remove(comments + "/" + id, token).response.status, 404);
  EXPECT_EQ(seen("removed"), 1U);
}

TEST_F(LinkedInReads, roles_lead_to_pages_and_pages_to_names) {
  const auto token = connect(kAllScopes);
  const auto path =
      "/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&count=20&start=0";
  const auto roles = json_of(get(path, token));
  EXPECT_EQ(value_at(roles, "/elements").as_array().size(), 2U);
  EXPECT_EQ(text_at(roles, "/elements/0/organization"), kBakery);
  EXPECT_EQ(text_at(roles, "/elements/1/organization"), kBooks);
  EXPECT_EQ(text_at(roles, "/elements/0/roleAssignee"), kMember);
  turn("acl_field", "organizationTarget");
  EXPECT_EQ(text_at(json_of(get(path, token)), "/elements/0/organizationTarget"), kBakery);
  const auto all = json_of(get("/rest/organizationAcls?q=roleAssignee", token));
  EXPECT_EQ(text_at(all, "/elements/2/role"), "ANALYST");
  const auto pages = json_of(get("/rest/organizations?ids=List(5550001,5550002,9)", token));
  EXPECT_EQ(text_at(pages, "/results/5550001/localizedName"), "Blue Bakery");
  EXPECT_EQ(text_at(pages, "/results/5550002/vanityName"), "corner-books");
  EXPECT_EQ(value_at(pages, "/statuses/9"), 404);
  expect_refused(get(path, connect()), 403, "ACCESS_DENIED");
}

TEST_F(LinkedInReads, several_are_read_at_once_each_with_its_status) {
  const auto token = connect(kAllScopes);
  const auto mine = posted(token, body_of(kBakery, "Rolls"));
  const auto member = posted(token, body_of(kMember, "Not the page's"));
  const auto found = json_of(get("/rest/posts?ids=List(" + percent_encoded(mine) + "," +
                                     percent_encoded(member) + ",urn%3Ali%3Ashare%3A1)",
                                 token))
                         .as_object();
  EXPECT_EQ(found.at("statuses"),
            (boost::json::object{{mine, 200}, {member, 403}, {"urn:li:share:1", 404}}));
  EXPECT_EQ(found.at("results").as_object().at(mine).at("author"), kBakery);
  EXPECT_EQ(text_at(json_of(get("/rest/organizations/5550001", token)), "/vanityName"),
            "blue-bakery");
  control("role", {{.name = "organization", .value = "5550001"}});
  expect_refused(get("/rest/organizations/5550001", token), 403, "ACCESS_DENIED");
}

TEST_F(LinkedInReads, a_pages_numbers_grow_with_time) {
  const auto token = connect(kAllScopes);
  const auto share = posted(token, body_of(kBakery, "Rolls"));
  const auto entity = "organizationalEntity=" + percent_encoded(kBakery);
  const auto path = "/rest/organizationalEntityShareStatistics?q=organizationalEntity&" + entity +
                    "&shares=List(" + percent_encoded(share) + ")";
  constexpr const char* kCount = "/elements/0/totalShareStatistics/impressionCount";
  EXPECT_EQ(number(get(path, token), kCount), 0);
  pass(std::chrono::hours(24));
  const auto day = number(get(path, token), kCount);
  EXPECT_GT(day, 0);
  pass(std::chrono::hours(24));
  const auto two = number(get(path, token), kCount);
  EXPECT_GT(two, day);
  EXPECT_EQ(text_at(json_of(get(path, token)), "/elements/0/share"), share);
  const auto now = to_ms(rig.wall);
  const auto series = json_of(
      get(path + "&timeIntervals=(timeRange:(start:" + std::to_string(now - 48 * 3'600'000) +
              ",end:" + std::to_string(now) + "),timeGranularityType:DAY)",
          token));
  ASSERT_EQ(value_at(series, "/elements").as_array().size(), 2U);
  EXPECT_EQ(value_at(series, "/elements/0/totalShareStatistics/impressionCount"), day);
  EXPECT_EQ(value_at(series, "/elements/1/totalShareStatistics/impressionCount"), two - day);
}

TEST_F(LinkedInReads, followers_and_page_views_need_an_administrator) {
  const auto token = connect(kAllScopes);
  const auto size = [&](const std::string& urn, const std::string& edge) {
    return get(path_of(urn, "networkSizes") + "?edgeType=" + edge, token);
  };
  EXPECT_GT(number(size(kBakery, "CompanyFollowedByMember"), "/firstDegreeSize"), 2000);
  EXPECT_GT(number(size(kBakery, "COMPANY_FOLLOWED_BY_MEMBER"), "/firstDegreeSize"), 2000);
  turn("edge_name", "CompanyFollowedByMember");
  expect_refused(size(kBakery, "COMPANY_FOLLOWED_BY_MEMBER"), 400, "ILLEGAL_ARGUMENT");
  expect_refused(size(kChoir, "CompanyFollowedByMember"), 403, "ACCESS_DENIED");
  const auto now = to_ms(rig.wall);
  const auto span = "&timeIntervals=(timeRange:(start:" + std::to_string(now - 72 * 3'600'000) +
                    ",end:" + std::to_string(now) + "),timeGranularityType:DAY)";
  const auto urn = percent_encoded(kBakery);
  const auto gains =
      get("/rest/organizationalEntityFollowerStatistics?q=organizationalEntity&"
          "organizationalEntity=" +
              urn + span,
          token);
  EXPECT_GT(number(gains, "/elements/2/followerGains/organicFollowerGain"), 0);
  const auto views =
      get("/rest/organizationPageStatistics?q=organization&organization=" + urn, token);
  EXPECT_GT(number(views, "/elements/0/totalPageStatistics/views/allPageViews/pageViews"), 4000);
}

TEST_F(LinkedInReads, a_member_asks_for_one_number_at_a_time) {
  const auto token = connect(kAllScopes);
  const auto urn = posted(token, body_of(kMember, "Rolls"));
  pass(std::chrono::hours(30));
  const std::string path = "/rest/memberCreatorPostAnalytics?q=entity&entity=";
  const auto wrapped = "(share:" + percent_encoded(urn) + ")";
  const auto total = get(path + wrapped + "&queryType=IMPRESSION&aggregation=TOTAL", token);
  EXPECT_GT(number(total, "/elements/0/count"), 0);
  EXPECT_EQ(text_at(json_of(total), "/elements/0/targetEntity/share"), urn);
  const auto bare = get(path + percent_encoded(urn) + "&queryType=IMPRESSION", token);
  EXPECT_EQ(number(bare, "/elements/0/count"), number(total, "/elements/0/count"));
  const std::string days =
      "&aggregation=DAILY&dateRange=(start:(day:22,month:11,year:2026),end:(day:24,month:11,"
      "year:2026))";
  const auto daily = json_of(get(path + wrapped + "&queryType=REACTION" + days, token));
  EXPECT_EQ(value_at(daily, "/elements").as_array().size(), 2U);
  expect_refused(get(path + wrapped + "&queryType=MEMBERS_REACHED" + days, token), 400,
                 "ILLEGAL_ARGUMENT");
  const auto me = get("/rest/memberCreatorPostAnalytics?q=me&queryType=COMMENT", token);
  EXPECT_GE(number(me, "/elements/0/count"), 0);
  EXPECT_GT(
      number(get("/rest/memberFollowersCount?q=me", token), "/elements/0/memberFollowersCount"),
      800);
  expect_refused(get("/rest/memberFollowersCount?q=me", connect()), 403, "ACCESS_DENIED");
}

TEST_F(LinkedInReads, what_others_post_and_delete_is_seen_as_well) {
  const auto token = connect(kAllScopes);
  const auto made = control("foreign-post", {{.name = "author", .value = kBakery}});
  const auto urn = text_at(json_of(made), "/id");
  EXPECT_EQ(seen(), 1U);
  EXPECT_EQ(get(path_of(urn) + "?viewContext=READER", token).response.status, 200);
  control("delete-post", {{.name = "id", .value = urn}});
  expect_refused(get(path_of(urn), token), 404, "NOT_FOUND");
  EXPECT_EQ(seen("removed"), 1U);
}

}  // namespace herald::sandbox::linkedin
