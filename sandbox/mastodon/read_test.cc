#include "sandbox/mastodon/rig.h"

namespace herald::sandbox::mastodon {

namespace {

using MastodonVectors = MastodonTest;
using MastodonRead = MastodonTest;

const std::string kList = std::string("/api/v1/accounts/") + kBakery + "/statuses";

TEST_F(MastodonVectors, MA50_APersonsPostsComeNewestFirstInPages) {
  const auto token = connect();
  std::vector<std::string> ids;
  for (int i = 0; i < 45; ++i) ids.push_back(text_at(json_of(say("Hello", token)), "/id"));
  const auto page = get(kList + "?limit=40&exclude_reblogs=true", token);
  const auto list = json_of(page);
  ASSERT_EQ(size_at(list, ""), 40);
  EXPECT_EQ(text_at(list, "/0/id"), ids[44]);
  EXPECT_EQ(text_at(list, "/39/id"), ids[5]);
  const auto base = kRoot + kList + "?limit=40&exclude_reblogs=true&";
  EXPECT_EQ(header_of(page, "Link"), "<" + base + "max_id=" + ids[5] + ">; rel=\"next\", <" + base +
                                         "min_id=" + ids[44] + ">; rel=\"prev\"");
  EXPECT_EQ(size_at(json_of(get(kList + "?limit=100", token)), ""), 40);
  EXPECT_EQ(size_at(json_of(get(kList, token)), ""), 20);
  const auto rest = get(kList + "?limit=40&max_id=" + ids[5], token);
  EXPECT_EQ(size_at(json_of(rest), ""), 5);
  EXPECT_EQ(header_of(rest, "Link").find("rel=\"next\""), std::string::npos);
  EXPECT_EQ(text_at(json_of(get(kList + "?limit=2&min_id=" + ids[5], token)), "/0/id"), ids[7]);
  EXPECT_EQ(text_at(json_of(get(kList + "?limit=2&since_id=" + ids[5], token)), "/0/id"), ids[44]);
  EXPECT_EQ(get(kList, connect("write:statuses")).response.status, 403);
  EXPECT_EQ(size_at(json_of(get(kList)), ""), 20);
}

TEST_F(MastodonVectors, MA51_TheSourceIsThePlainText) {
  const auto token = connect();
  const auto id = posted({{.name = "status", .value = "Hello <you>"}}, token);
  expect_body(get("/api/v1/statuses/" + id + "/source", token), 200,
              R"({"id":")" + id + R"(","text":"Hello <you>","spoiler_text":""})");
}

TEST_F(MastodonVectors, MA52_FiguresComeForTwentyPostsAtOnceAndGrow) {
  const auto token = connect();
  const auto id = posted({{.name = "status", .value = "Hello"}}, token);
  const auto batch = "/api/v1/statuses?id[]=" + id + "&id[]=1";
  const auto fresh = json_of(get(batch, token));
  ASSERT_EQ(size_at(fresh, ""), 1);
  pass(std::chrono::hours(72));
  const auto later = json_of(get(batch, token));
  EXPECT_GT(number_at(later, "/0/favourites_count"), number_at(fresh, "/0/favourites_count"));
  std::string many = "/api/v1/statuses?";
  for (int i = 0; i < 21; ++i) many += "id[]=" + std::to_string(i) + "&";
  EXPECT_EQ(get(many, token).response.status, 422);
  EXPECT_EQ(number_at(later, "/0/quotes_count"), 0);
  turn("profile", "4.2");
  EXPECT_EQ(get(batch, token).response.status, 404);
  EXPECT_EQ(at(json_of(get("/api/v1/statuses/" + id, token)), "/quotes_count"), nullptr);
}

TEST_F(MastodonVectors, MA53_ADeletedPostComesBackAsTextAndIsGone) {
  const auto token = connect();
  const auto id = posted({{.name = "status", .value = "Hello"}}, token);
  const auto path = "/api/v1/statuses/" + id;
  EXPECT_EQ(remove(path, connect(kScopes, kBooks)).response.status, 404);
  const auto body = json_of(remove(path, token));
  EXPECT_EQ(text_at(body, "/text"), "Hello");
  EXPECT_EQ(at(body, "/content"), nullptr);
  EXPECT_EQ(seen("removed"), 1U);
  expect_body(remove(path, token), 404, error_body("Record not found"));
  expect_body(get(path, token), 404, error_body("Record not found"));
  for (int i = 0; i < 28; ++i) remove("/api/v1/statuses/1", token);
  const auto refused = remove("/api/v1/statuses/1", token);
  expect_body(refused, 429, error_body("Too many requests"));
  EXPECT_EQ(header_of(refused, "X-RateLimit-Limit"), "30");
}

TEST_F(MastodonVectors, MA54_ThreeHundredPostsInThreeHoursAndThirtyUploadsInHalfAnHour) {
  const auto token = connect();
  for (int i = 0; i < 300; ++i) {
    if (i == 150) pass(std::chrono::minutes(5));
    ASSERT_EQ(say("Hello", token).response.status, 200) << i;
  }
  pass(std::chrono::minutes(5));
  const auto refused = say("Hello", token);
  expect_body(refused, 429, error_body("Too many requests"));
  EXPECT_EQ(header_of(refused, "X-RateLimit-Limit"), "300");
  EXPECT_EQ(header_of(refused, "X-RateLimit-Remaining"), "0");
  EXPECT_EQ(header_of(refused, "X-RateLimit-Reset"), "2026-11-22T15:00:00.000456Z");
  EXPECT_EQ(header_of(refused, "Retry-After"), "");
  EXPECT_EQ(seen(), 300U);
  pass(std::chrono::minutes(170));
  EXPECT_EQ(say("Hello", token).response.status, 200);
  for (int i = 0; i < 30; ++i) picture(token);
  const auto upload_refused = upload(jpeg_of(64, 48), "image/jpeg", token);
  EXPECT_EQ(upload_refused.response.status, 429);
  EXPECT_EQ(header_of(upload_refused, "X-RateLimit-Limit"), "30");
}

TEST_F(MastodonVectors, MA55_ALimitTellsWhenItEndsInAnyLanguage) {
  turn("texts", "fr");
  const auto token = connect();
  for (int i = 0; i < 300; ++i) get("/api/v2/instance", token);
  const auto refused = get("/api/v2/instance", token);
  expect_body(refused, 429, error_body("Trop de requêtes"));
  EXPECT_EQ(header_of(refused, "X-RateLimit-Reset"), "2026-11-22T12:05:00.000456Z");
  EXPECT_EQ(header_of(refused, "Retry-After"), "");
  // The limit of a token is not that of another.
  EXPECT_EQ(get("/api/v2/instance", connect("read")).response.status, 200);
  turn("limit_per", "account");
  const auto other = connect("read:accounts");
  for (int i = 0; i < 300; ++i) get("/api/v2/instance", other);
  EXPECT_EQ(get("/api/v2/instance", connect("read")).response.status, 429);
  turn("limit_per", "token");
  turn("retry_after", "on");
  EXPECT_EQ(header_of(get("/api/v2/instance", token), "Retry-After"), "300");
  turn("rate_headers", "off");
  EXPECT_EQ(header_of(get("/api/v2/instance", token), "X-RateLimit-Reset"), "");
  turn("limits", "2");
  EXPECT_EQ(get("/api/v2/instance", token).response.status, 200);
}

TEST_F(MastodonRead, ListsMayLagBehindAndLeaveOutWhatIsAskedFor) {
  turn("list_lag_ms", "5000");
  const auto token = connect();
  const auto first = text_at(json_of(say("Hello #bread", token)), "/id");
  EXPECT_EQ(size_at(json_of(get(kList, token)), ""), 0);
  EXPECT_EQ(get("/api/v1/statuses/" + first, token).response.status, 200);
  pass(std::chrono::seconds(5));
  EXPECT_EQ(size_at(json_of(get(kList, token)), ""), 1);
  turn("list_lag_ms", "0");
  posted({{.name = "status", .value = "Answer"},
          {.name = "in_reply_to_id", .value = "115600000000000000"}},
         token);
  posted(with_media({picture(token)}), token);
  EXPECT_EQ(size_at(json_of(get(kList + "?exclude_replies=true", token)), ""), 2);
  EXPECT_EQ(size_at(json_of(get(kList + "?only_media=true", token)), ""), 1);
  EXPECT_EQ(size_at(json_of(get(kList + "?tagged=bread", token)), ""), 1);
  EXPECT_EQ(get(kList + "?colour=red", token).response.status, 400);
}

TEST_F(MastodonRead, AStateThatWasSavedIsTheSameAgain) {
  const auto token = connect();
  const auto id = text_at(json_of(say("Hello", token, "k1")), "/id");
  const auto waiting = film(token);
  const auto saved = side->save();
  side->restart();
  EXPECT_EQ(get("/api/v1/statuses/" + id).response.status, 404);
  EXPECT_EQ(get("/api/v1/media/" + waiting, token).response.status, 401);
  side->load(saved);
  EXPECT_EQ(side->save(), saved);
  EXPECT_EQ(text_at(json_of(say("Hello", token, "k1")), "/id"), id);
  EXPECT_EQ(get("/api/v1/media/" + waiting, token).response.status, 206);
}

TEST_F(MastodonRead, OthersPostAndDeleteToo) {
  const auto other = json_of(control("foreign-post", {{.name = "account", .value = "harbourchoir"},
                                                      {.name = "text", .value = "La"}}));
  const auto id = text_at(other, "/id");
  EXPECT_EQ(text_at(json_of(get("/api/v1/statuses/" + id)), "/content"), "<p>La</p>");
  EXPECT_EQ(at(json_of(get("/api/v1/statuses/" + id)), "/application"), nullptr);
  control("delete-post", {{.name = "id", .value = id}});
  EXPECT_EQ(get("/api/v1/statuses/" + id).response.status, 404);
  EXPECT_EQ(control("nonsense").response.status, 404);
}

TEST_F(MastodonRead, AnswersMaySayThatTheyAreOutdated) {
  EXPECT_EQ(header_of(get("/api/v2/instance"), "Deprecation"), "");
  turn("deprecation", "on");
  EXPECT_EQ(header_of(get("/api/v2/instance"), "Deprecation"), "@1717200000");
}

}  // namespace

}  // namespace herald::sandbox::mastodon
