// Who may call, what a call costs, and how queries are read.
#include "sandbox/google/caller.h"
#include "sandbox/google/rig.h"

namespace herald::sandbox::google {

namespace json = boost::json;
using std::chrono::hours;

namespace {

constexpr const char* kChannels =
    "https://www.googleapis.com/youtube/v3/channels?part=snippet,contentDetails,statistics,status"
    "&mine=true";

class GoogleApi : public GoogleTest {
 protected:
  void expect(const Answer& answer, int status, std::string_view body) {
    EXPECT_EQ(answer.response.status, status);
    EXPECT_EQ(json_of(answer), json::parse(body));
  }
};

}  // namespace

TEST_F(GoogleApi, YU01_NoToken) {
  expect(
      get(kChannels), 401,
      R"({"error":{"code":401,"message":"Request is missing required authentication credential. )"
      R"(Expected OAuth 2 access token, login cookie or other valid authentication credential. )"
      R"(See https://developers.google.com/identity/sign-in/web/devconsole-project.","errors":)"
      R"([{"message":"Login Required.","domain":"global","reason":"required","location":)"
      R"("Authorization","locationType":"header"}],"status":"UNAUTHENTICATED"}})");
}

TEST_F(GoogleApi, YU02_ExpiredToken) {
  const auto bearer = token();
  rig.clock.advance(std::chrono::seconds(3598));
  EXPECT_EQ(get(kChannels, bearer).response.status, 200);
  rig.clock.advance(std::chrono::seconds(1));
  const std::string body =
      R"({"error":{"code":401,"message":"Request had invalid authentication credentials. Expected )"
      R"(OAuth 2 access token, login cookie or other valid authentication credential. See )"
      R"(https://developers.google.com/identity/sign-in/web/devconsole-project.","errors":)"
      R"([{"message":"Invalid Credentials","domain":"global","reason":"authError","location":)"
      R"("Authorization","locationType":"header"}],"status":"UNAUTHENTICATED"}})";
  expect(get(kChannels, bearer), 401, body);
  expect(get(kChannels, "ya29.unknown"), 401, body);
}

TEST_F(GoogleApi, YU03_AccountWithoutChannel) {
  const auto bearer = token();
  rig.switches.set("google.channel", "none_401");
  expect(get(kChannels, bearer), 401,
         R"({"error":{"code":401,"message":"Unauthorized","errors":[{"message":"Unauthorized",)"
         R"("domain":"youtube.header","reason":"youtubeSignupRequired","location":"Authorization",)"
         R"("locationType":"header"}]}})");
  rig.switches.set("google.channel", "none_empty");
  const auto empty = get(kChannels, bearer);
  EXPECT_EQ(empty.response.status, 200);
  EXPECT_FALSE(json_of(empty).as_object().contains("items"));
  EXPECT_EQ(reason_of(begin(bearer, "{}", 10)), "youtubeSignupRequired");
}

TEST_F(GoogleApi, YU04_TokenWithoutUploadScope) {
  const auto bearer = token(kScopePrefix + "youtube.readonly");
  expect(begin(bearer, R"({"snippet":{"title":"a"}})", 10), 403,
         R"({"error":{"code":403,"message":"Request had insufficient authentication scopes.",)"
         R"("errors":[{"message":"Insufficient Permission","domain":"global","reason":)"
         R"("insufficientPermissions"}],"status":"PERMISSION_DENIED","details":[{"@type":)"
         R"("type.googleapis.com/google.rpc.ErrorInfo","reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT",)"
         R"("domain":"googleapis.com","metadata":{"service":"youtube.googleapis.com","method":)"
         R"("youtube.api.v3.V3DataVideoService.Insert"}}]}})");
}

TEST_F(GoogleApi, YU29_ListingWithAnUploadOnlyToken) {
  const auto bearer = token(kScopePrefix + "youtube.upload");
  const auto answer = get("https://www.googleapis.com/youtube/v3/videos?part=status&id=x", bearer);
  EXPECT_EQ(answer.response.status, 403);
  EXPECT_EQ(reason_of(answer), "insufficientPermissions");
}

TEST_F(GoogleApi, YU34_CommentsAreNotReadWithTheReadonlyScope) {
  const auto bearer = token(kScopePrefix + "youtube.readonly");
  const auto answer =
      get("https://www.googleapis.com/youtube/v3/commentThreads?part=snippet&videoId=x", bearer);
  EXPECT_EQ(answer.response.status, 403);
  EXPECT_EQ(reason_of(answer), "insufficientPermissions");
}

TEST_F(GoogleApi, YU31_TwoFilters) {
  expect(get("https://www.googleapis.com/youtube/v3/channels?part=id&mine=true&id=UC1", token()),
         400,
         R"({"error":{"code":400,"message":"Incompatible parameters specified in the request: id, )"
         R"(mine","errors":[{"message":"Incompatible parameters specified in the request: id, )"
         R"(mine","domain":"youtube.parameter","reason":"incompatibleParameters","location":)"
         R"("parameters.","locationType":"other"}]}})");
}

TEST_F(GoogleApi, YU32_NoFilter) {
  const auto bearer = token();
  expect(get("https://www.googleapis.com/youtube/v3/videos?part=status", bearer), 400,
         R"({"error":{"code":400,"message":"No filter selected. Expected one of: myRating, chart, )"
         R"(id","errors":[{"message":"No filter selected. Expected one of: myRating, chart, id",)"
         R"("domain":"youtube.parameter","reason":"missingRequiredParameter","location":)"
         R"("parameters.","locationType":"other"}]}})");
  EXPECT_EQ(reason_of(get("https://www.googleapis.com/youtube/v3/channels?part=id", bearer)),
            "missingRequiredParameter");
}

TEST_F(GoogleApi, YU33_PartIsRequiredAndKnown) {
  const auto bearer = token();
  const std::string missing =
      R"({"error":{"errors":[{"domain":"global","reason":"required","message":)"
      R"("Required parameter: part","locationType":"parameter","location":"part"}],"code":400,)"
      R"("message":"Required parameter: part"}})";
  expect(get("https://www.googleapis.com/youtube/v3/channels?mine=true", bearer), 400, missing);
  expect(begin(bearer, "{}", 10, "uploadType=resumable"), 400, missing);
  for (const auto* resource : {"videos?id=x", "playlists?mine=true", "playlistItems?playlistId=x",
                               "commentThreads?videoId=x", "videoCategories?regionCode=US"})
    expect(get(std::string("https://www.googleapis.com/youtube/v3/") + resource, bearer), 400,
           missing);
  const auto unknown =
      get("https://www.googleapis.com/youtube/v3/channels?part=snippet,recipe&mine=true", bearer);
  EXPECT_EQ(unknown.response.status, 400);
  EXPECT_EQ(reason_of(unknown), "unknownPart");
  EXPECT_EQ(json_of(unknown).at("error").at("errors").at(0).at("domain"), "youtube.part");
}

TEST_F(GoogleApi, ChannelIsTheOneChosenAtConsent) {
  const auto answer = json_of(get(kChannels, token(kAllScopes, kBooks)));
  const auto& channel = answer.at("items").at(0);
  EXPECT_EQ(channel.at("id"), kBooks);
  EXPECT_EQ(channel.at("snippet").at("title"), "Corner Books");
  EXPECT_EQ(channel.at("contentDetails").at("relatedPlaylists").at("uploads"),
            "UUexampleChannel0000002");
  EXPECT_TRUE(channel.at("statistics").at("subscriberCount").is_string());
  EXPECT_EQ(channel.at("status").at("longUploadsStatus"), "allowed");
  EXPECT_EQ(answer.at("pageInfo").at("totalResults"), 1);
}

TEST_F(GoogleApi, AChannelsPictureIsServed) {
  const auto answer = json_of(get(kChannels, token(kAllScopes, kBooks)));
  const auto& pictures = answer.at("items").at(0).at("snippet").at("thumbnails");
  const auto picture = get(std::string(pictures.at("default").at("url").as_string())).response;
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(*picture.headers.find("Content-Type"), "image/svg+xml");
  EXPECT_EQ(get("https://yt3.ggpht.com/UCnobody=s88-c").response.status, 404);
}

TEST_F(GoogleApi, BothHostsAndRepeatedParametersServeTheSameApi) {
  const auto bearer = token();
  const auto answer = json_of(get(
      "https://youtube.googleapis.com/youtube/v3/channels?part=snippet&part=status&mine=true&alt="
      "json&prettyPrint=false&fields=items(id,snippet/title)&quotaUser=x",
      bearer));
  EXPECT_TRUE(answer.at("items").at(0).as_object().contains("snippet"));
  EXPECT_TRUE(answer.at("items").at(0).as_object().contains("status"));
}

TEST_F(GoogleApi, MalformedCommonParametersAreRefused) {
  const auto bearer = token();
  for (const auto* more : {"alt=xml", "fields=items(id", "fields=items)", "prettyPrint=maybe",
                           "maxResults=51", "maxResults=x"}) {
    const auto answer = get(std::string(kChannels) + "&" + more, bearer);
    EXPECT_EQ(answer.response.status, 400) << more;
    EXPECT_EQ(reason_of(answer), "invalidParameter") << more;
  }
  EXPECT_EQ(reason_of(get(std::string(kChannels) + "&pageToken=never", bearer)),
            "invalidPageToken");
}

TEST_F(GoogleApi, TokenMayComeInTheQueryAndAKeyReadsPublicDataOnly) {
  EXPECT_EQ(get(std::string(kChannels) + "&access_token=" + token()).response.status, 200);
  const std::string by_id =
      "https://www.googleapis.com/youtube/v3/channels?part=snippet&id=" + std::string(kBakery) +
      "&key=";
  EXPECT_EQ(get(by_id + "sandbox-google-api-key").response.status, 200);
  EXPECT_EQ(get(by_id + "wrong").response.status, 400);
  EXPECT_EQ(get(std::string(kChannels) + "&key=sandbox-google-api-key").response.status, 401);
}

TEST_F(GoogleApi, QuotaOfUnitsCountsRefusedCallsAndResetsAtPacificMidnight) {
  rig.clock.set(from_ms(1'795'388'400'000));  // 2026-11-22T23:00:00Z, 15:00 Pacific.
  const auto bearer = token();
  rig.switches.set("google.unit_quota", "3");
  EXPECT_EQ(get(kChannels, bearer).response.status, 200);
  EXPECT_EQ(get("https://www.googleapis.com/youtube/v3/channels?part=id", bearer).response.status,
            400);
  EXPECT_EQ(get(kChannels, bearer).response.status, 200);
  EXPECT_EQ(reason_of(get(kChannels, bearer)), "quotaExceeded");
  rig.clock.set(from_ms(1'795'420'740'000));  // 23:59 Pacific.
  const auto late = token();
  EXPECT_EQ(reason_of(get(kChannels, late)), "quotaExceeded");
  rig.clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(get(kChannels, late).response.status, 200);
}

TEST_F(GoogleApi, AWriteCostsFiftyUnits) {
  const auto bearer = token();
  rig.switches.set("google.unit_quota", "60");
  const std::string url = "https://www.googleapis.com/youtube/v3/playlists?part=snippet";
  EXPECT_EQ(post_json(url, R"({"snippet":{"title":"a"}})", bearer).response.status, 200);
  EXPECT_EQ(reason_of(post_json(url, R"({"snippet":{"title":"b"}})", bearer)), "quotaExceeded");
  EXPECT_EQ(get(kChannels, bearer).response.status, 200) << "ten units are left";
}

TEST_F(GoogleApi, UnknownAddressesAndMethodsAnswerInGooglesEnvelope) {
  EXPECT_EQ(get("https://www.googleapis.com/youtube/v3/nothing", token()).response.status, 404);
  const auto answer = post_json(kChannels, "{}", token(), "DELETE");
  EXPECT_EQ(answer.response.status, 405);
  EXPECT_EQ(reason_of(answer), "httpMethodNotAllowed");
}

TEST_F(GoogleApi, CategoriesSayWhichAreAssignable) {
  const auto answer = json_of(get(
      "https://www.googleapis.com/youtube/v3/videoCategories?part=snippet&regionCode=US", token()));
  bool people = false;
  for (const auto& item : answer.at("items").as_array())
    people = people || (item.at("id") == "22" && item.at("snippet").at("assignable").as_bool());
  EXPECT_TRUE(people);
}

}  // namespace herald::sandbox::google
