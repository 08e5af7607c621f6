#include "sandbox/google/side.h"

#include <filesystem>

#include "sandbox/google/rig.h"
#include "sandbox/google/spool.h"

namespace herald::sandbox::google {

namespace json = boost::json;
using std::chrono::seconds;

namespace {

constexpr const char* kWho = "https://www.googleapis.com/oauth2/v2/userinfo";

class GoogleWhole : public GoogleTest {};

}  // namespace

TEST_F(GoogleWhole, StateSurvivesARestartOfTheProgram) {
  const auto body = connect();
  const auto bearer = text(body, "access_token");
  const auto id = upload(bearer, mp4(), "private", R"(,"publishAt":"2026-11-22T13:00:00Z")");
  const auto started = begin(bearer, R"({"snippet":{"title":"later"}})", 524288 + 5);
  const auto session = header_of(started, "Location");
  const auto saved = side->save();
  side = make_google_side(rig.world);
  EXPECT_EQ(get(kWho, bearer).response.status, 401);
  side->load(saved);
  EXPECT_EQ(side->save(), saved);
  EXPECT_EQ(get(kWho, bearer).response.status, 200);
  EXPECT_EQ(list_one(bearer, id).at("items").at(0).at("status").at("publishAt"),
            "2026-11-22T13:00:00Z");
  EXPECT_EQ(put(bearer, session, "", "bytes */524293").response.status, 308);
  EXPECT_EQ(exchange(refresh_fields(text(body, "refresh_token"))).response.status, 200);
}

TEST_F(GoogleWhole, RestartForgetsEverything) {
  const auto bearer = token();
  upload(bearer, mp4());
  const auto fresh = make_google_side(rig.world)->save();
  side->restart();
  EXPECT_EQ(side->save(), fresh);
  EXPECT_EQ(get(kWho, bearer).response.status, 401);
}

TEST_F(GoogleWhole, BytesWrittenAnewReplaceWhatLayBehindThem) {
  Spool spool("");
  spool.write("one", 0, "abcdef");
  spool.write("one", 3, "x");
  EXPECT_EQ(spool.whole("one")->view(), "abcx");
}

TEST_F(GoogleWhole, UploadedBytesLieOnDiskAndAreResumedThere) {
  const auto folder = std::filesystem::temp_directory_path() / "herald-google-spool";
  std::filesystem::remove_all(folder);
  {
    Spool spool(folder.string());
    EXPECT_TRUE(spool.write("one", 0, "abcdef"));
  }
  Spool spool(folder.string());
  EXPECT_TRUE(spool.write("one", 3, "xyz!"));
  EXPECT_EQ(spool.whole("one")->view(), "abcxyz!");
  spool.drop("one");
  EXPECT_EQ(spool.whole("one"), nullptr);
  spool.clear();
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_F(GoogleWhole, ThePersonCanTakeAccessBack) {
  const auto bakery = connect();
  const auto books = connect({.account = kBooks});
  control("remove-access", {{.name = "channel", .value = kBakery}});
  EXPECT_EQ(get(kWho, text(bakery, "access_token")).response.status, 401);
  EXPECT_EQ(exchange(refresh_fields(text(bakery, "refresh_token"))).response.status, 400);
  EXPECT_EQ(get(kWho, text(books, "access_token")).response.status, 200);
}

TEST_F(GoogleWhole, FaultsSpoilTheTokenThatACallCarries) {
  const auto body = connect();
  Call call;
  call.headers.set("Authorization", "Bearer " + text(body, "access_token"));
  side->spoil_token(call, "expire");
  EXPECT_EQ(get(kWho, text(body, "access_token")).response.status, 401);
  const auto again = json_of(exchange(refresh_fields(text(body, "refresh_token"))));
  call.headers.set("Authorization", "Bearer " + std::string(again.at("access_token").as_string()));
  side->spoil_token(call, "revoke");
  EXPECT_EQ(reason_of(exchange(refresh_fields(text(body, "refresh_token")))), "invalid_grant");
}

TEST_F(GoogleWhole, ControlsExpireTokensAndMakeForeignVideos) {
  const auto bearer = token();
  const auto made = json_of(control("foreign-upload", {{.name = "channel", .value = kBakery},
                                                       {.name = "title", .value = "By hand"}}));
  EXPECT_EQ(list_one(bearer, string_of(made.at("id")), "snippet")
                .at("items")
                .at(0)
                .at("snippet")
                .at("title"),
            "By hand");
  control("delete-video", {{.name = "id", .value = string_of(made.at("id"))}});
  EXPECT_EQ(rig.ledger.entries().back().event, "removed");
  control("expire-tokens", {});
  EXPECT_EQ(get(kWho, bearer).response.status, 401);
  EXPECT_EQ(control("unknown", {}).response.status, 404);
  EXPECT_EQ(control("next-outcome", {}).response.status, 400);
}

TEST_F(GoogleWhole, ScriptedAnswersAreTheRealOnes) {
  for (const auto& [name, status] :
       {std::pair{"YU-01", 401}, std::pair{"YU-02", 401}, std::pair{"YU-04", 403},
        std::pair{"YU-11", 403}, std::pair{"YU-12", 400}, std::pair{"YU-19", 503},
        std::pair{"YU-21", 404}, std::pair{"YO-08", 400}, std::pair{"IG-20", 0}})
    EXPECT_EQ(side->scripted(name, Call{}).status, status) << name;
  EXPECT_EQ(side->rate_limited(Call{}).status, 429);
}

TEST_F(GoogleWhole, AudienceWatchesWhatIsPublicAndProcessed) {
  const auto bearer = token();
  const auto id = upload(bearer, mp4());
  const auto hidden = upload(bearer, mp4(1000, 6), "private");
  const auto page = [&](const std::string& video) {
    return get("https://www.youtube.com/watch?v=" + video).response.body;
  };
  EXPECT_EQ(page(id).find("Bread at dawn"), std::string::npos) << "still processing";
  rig.clock.advance(seconds(8));
  EXPECT_NE(page(id).find("Bread at dawn"), std::string::npos);
  EXPECT_NE(page(id).find("/_sandbox/media/"), std::string::npos);
  EXPECT_NE(page(hidden).find("This video is private"), std::string::npos);
  EXPECT_EQ(get("https://www.youtube.com/watch?v=none").response.status, 404);
  EXPECT_EQ(header_of(get("https://youtu.be/" + id), "Location"),
            "https://www.youtube.com/watch?v=" + id);
}

}  // namespace herald::sandbox::google
