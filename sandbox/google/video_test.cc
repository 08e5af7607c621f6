#include "sandbox/google/video.h"

#include "sandbox/google/rig.h"

namespace herald::sandbox::google {

namespace json = boost::json;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr const char* kVideos = "https://www.googleapis.com/youtube/v3/videos";
const std::string kJpeg = std::string("\xFF\xD8\xFF\xC0\x00\x11\x08\x00\x5A\x00\x78\x03", 12) +
                          std::string(9, '\1') + "\xFF\xD9";

class GoogleVideo : public GoogleTest {
 protected:
  GoogleVideo() : bearer(token()) {}

  json::object status_of(const std::string& id) {
    return list_one(bearer, id).at("items").at(0).at("status").as_object();
  }
  Answer change(const std::string& id, const std::string& parts, const std::string& rest) {
    return post_json(std::string(kVideos) + "?part=" + parts,
                     R"({"id":")" + id + R"(",)" + rest + "}", bearer, "PUT");
  }
  Answer thumbnail(const std::string& id, const std::string& bytes,
                   const std::string& type = "image/jpeg") {
    return ask({.method = "POST",
                .url = "https://www.googleapis.com/upload/youtube/v3/thumbnails/set?videoId=" + id +
                       "&uploadType=media",
                .content_type = type,
                .body = bytes},
               bearer);
  }
  Answer comment(const std::string& body) {
    return post_json("https://www.googleapis.com/youtube/v3/commentThreads?part=snippet", body,
                     bearer);
  }
  static std::string thread(const std::string& video, const std::string& text) {
    return json::serialize(json::object{
        {"snippet",
         {{"videoId", video}, {"topLevelComment", {{"snippet", {{"textOriginal", text}}}}}}}});
  }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (const auto& entry : rig.ledger.entries())
      out.push_back(entry.event + " " + entry.audience);
    return out;
  }

  std::string bearer;
};

}  // namespace

TEST_F(GoogleVideo, ProcessingTakesItsTime) {
  const auto id = upload(bearer, mp4());
  EXPECT_EQ(status_of(id).at("uploadStatus"), "uploaded");
  rig.clock.advance(seconds(4));
  const auto half = list_one(bearer, id).at("items").at(0).at("processingDetails");
  EXPECT_EQ(half.at("processingStatus"), "processing");
  EXPECT_EQ(half.at("processingProgress").at("partsProcessed"), "500");
  EXPECT_EQ(half.at("processingProgress").at("timeLeftMs"), "4000");
  rig.clock.advance(seconds(4));
  EXPECT_EQ(status_of(id).at("uploadStatus"), "processed");
  const auto all =
      list_one(bearer, id, "snippet,contentDetails,statistics,processingDetails,fileDetails")
          .at("items")
          .at(0);
  EXPECT_EQ(all.at("processingDetails").at("processingStatus"), "succeeded");
  EXPECT_EQ(all.at("contentDetails").at("duration"), "PT5S");
  EXPECT_EQ(all.at("statistics").at("viewCount"), "0");
  EXPECT_EQ(all.at("fileDetails").at("fileSize"), "1000");
  EXPECT_EQ(all.at("snippet").at("channelId"), kBakery);
}

TEST_F(GoogleVideo, ProcessingTimeScales) {
  rig.settings.processing_scale = 0.5;
  const auto id = upload(bearer, mp4());
  rig.clock.advance(seconds(4));
  EXPECT_EQ(status_of(id).at("uploadStatus"), "processed");
}

TEST_F(GoogleVideo, YU25_ProcessingFails) {
  control("next-outcome", {{.name = "outcome", .value = "codec"}});
  const auto id = upload(bearer, mp4(), "private");
  rig.clock.advance(seconds(8));
  const auto list = list_one(bearer, id);
  EXPECT_EQ(list.at("kind"), "youtube#videoListResponse");
  const auto& video = list.at("items").at(0);
  EXPECT_EQ(string_of(video.at("id")), id);
  EXPECT_EQ(video.at("status").at("uploadStatus"), "failed");
  EXPECT_EQ(video.at("status").at("failureReason"), "codec");
  EXPECT_EQ(video.at("status").at("privacyStatus"), "private");
  EXPECT_EQ(video.at("processingDetails").at("processingStatus"), "failed");
  EXPECT_EQ(video.at("processingDetails").at("processingFailureReason"), "transcodeFailed");
  EXPECT_EQ(events(), (std::vector<std::string>{"post private", "removed private"}));
}

TEST_F(GoogleVideo, WhatIsNoVideoFailsInProcessing) {
  const auto id = upload(bearer, std::string(500, 'x'));
  EXPECT_EQ(status_of(id).at("uploadStatus"), "uploaded");
  rig.clock.advance(seconds(8));
  EXPECT_EQ(status_of(id).at("failureReason"), "invalidFile");
}

TEST_F(GoogleVideo, YU26_TheSameFileTwiceIsRejectedLater) {
  const auto first = upload(bearer, mp4());
  const auto second = upload(bearer, mp4());
  const auto other = upload(bearer, mp4(1000, 5, 640, 360, 'y'));
  EXPECT_EQ(status_of(second).at("uploadStatus"), "uploaded");
  rig.clock.advance(seconds(8));
  EXPECT_EQ(status_of(first).at("uploadStatus"), "processed");
  EXPECT_EQ(status_of(second).at("uploadStatus"), "rejected");
  EXPECT_EQ(status_of(second).at("rejectionReason"), "duplicate");
  EXPECT_EQ(status_of(other).at("uploadStatus"), "processed");
  EXPECT_EQ(events(), (std::vector<std::string>{"post public", "post public", "post public",
                                                "removed public"}));
}

TEST_F(GoogleVideo, YU27_ANewVideoMayBeListedLate) {
  rig.switches.set("google.list_delay", "2");
  const auto id = upload(bearer, mp4());
  EXPECT_TRUE(list_one(bearer, id).at("items").as_array().empty());
  EXPECT_TRUE(list_one(bearer, id).at("items").as_array().empty());
  EXPECT_EQ(list_one(bearer, id).at("items").as_array().size(), 1u);
}

TEST_F(GoogleVideo, LongVideosNeedAVerifiedChannel) {
  rig.switches.set("google.long_uploads", "disallowed");
  const auto id = upload(bearer, mp4(1000, 16 * 60));
  rig.clock.advance(seconds(8));
  EXPECT_EQ(status_of(id).at("rejectionReason"), "length");
}

TEST_F(GoogleVideo, PublishAtTakesEffectByTheClock) {
  const auto id = upload(bearer, mp4(), "private", R"(,"publishAt":"2026-11-22T14:00:00Z")");
  EXPECT_EQ(status_of(id).at("publishAt"), "2026-11-22T14:00:00Z");
  rig.clock.advance(hours(1) + minutes(59));
  bearer = token();
  EXPECT_EQ(status_of(id).at("privacyStatus"), "private");
  rig.clock.advance(minutes(1));
  bearer = token();
  EXPECT_EQ(status_of(id).at("privacyStatus"), "public");
  EXPECT_FALSE(status_of(id).contains("publishAt"));
  EXPECT_EQ(events(), (std::vector<std::string>{"post private", "changed public"}));
  EXPECT_EQ(
      upload(bearer, mp4(1000, 6), "private", R"(,"publishAt":"2026-11-22T13:00:00Z")").size(),
      11u);
  EXPECT_EQ(rig.ledger.entries().back().audience, "public") << "a past time publishes at once";
}

TEST_F(GoogleVideo, LedgerTellsShortsFromVideos) {
  upload(bearer, mp4(1000, 60, 720, 1280));
  upload(bearer, mp4(1000, 181, 720, 1280), "unlisted");
  const auto entries = rig.ledger.entries();
  EXPECT_EQ(entries[0].kind, "short");
  EXPECT_EQ(entries[0].account_name, "@bluebakery");
  EXPECT_EQ(entries[1].kind, "video");
  EXPECT_EQ(entries[1].audience, "unlisted");
}

TEST_F(GoogleVideo, UpdateReplacesTheSentParts) {
  const auto id = upload(bearer, mp4(), "private");
  EXPECT_EQ(reason_of(change(id, "snippet", R"("snippet":{"title":"New"})")),
            "invalidVideoMetadata");
  const auto answer =
      change(id, "snippet,status",
             R"("snippet":{"title":"New","categoryId":"26"},"status":{"privacyStatus":"public"})");
  EXPECT_EQ(answer.response.status, 200) << answer.response.body;
  EXPECT_TRUE(answer.publishes);
  const auto video = json_of(answer).at("snippet");
  EXPECT_EQ(video.at("title"), "New");
  EXPECT_EQ(video.at("description"), "") << "left out, so cleared";
  EXPECT_EQ(reason_of(change(id, "status",
                             R"("status":{"privacyStatus":"private",)"
                             R"("publishAt":"2026-12-01T08:00:00Z"})")),
            "invalidPublishAt")
      << "it has been public before";
  EXPECT_EQ(reason_of(change("none", "status", R"("status":{"privacyStatus":"private"})")),
            "videoNotFound");
}

TEST_F(GoogleVideo, OnlyTheOwnerChangesAVideoOrSeesItWhilePrivate) {
  const auto open = upload(bearer, mp4());
  const auto closed = upload(bearer, mp4(1000, 7), "private");
  bearer = token(kAllScopes, kBooks);
  EXPECT_EQ(reason_of(change(open, "status", R"("status":{"privacyStatus":"private"})")),
            "forbidden");
  EXPECT_TRUE(list_one(bearer, closed, "status").at("items").as_array().empty());
  EXPECT_EQ(list_one(bearer, open, "status").at("items").as_array().size(), 1u);
  EXPECT_EQ(reason_of(get(std::string(kVideos) + "?part=processingDetails&id=" + open, bearer)),
            "forbidden");
  EXPECT_EQ(reason_of(post_json(std::string(kVideos) + "?id=" + open, "", bearer, "DELETE")),
            "forbidden");
}

TEST_F(GoogleVideo, DeletedVideosAreGone) {
  const auto id = upload(bearer, mp4());
  EXPECT_EQ(post_json(std::string(kVideos) + "?id=" + id, "", bearer, "DELETE").response.status,
            204);
  EXPECT_TRUE(list_one(bearer, id).at("items").as_array().empty());
  EXPECT_EQ(reason_of(post_json(std::string(kVideos) + "?id=" + id, "", bearer, "DELETE")),
            "videoNotFound");
  EXPECT_EQ(events(), (std::vector<std::string>{"post public", "removed public"}));
}

TEST_F(GoogleVideo, YU28_ThumbnailFaultsLeaveTheVideoAlone) {
  const auto id = upload(bearer, mp4());
  EXPECT_EQ(reason_of(thumbnail(id, "no image")), "invalidImage");
  EXPECT_EQ(reason_of(thumbnail(id, "")), "mediaBodyRequired");
  EXPECT_EQ(reason_of(thumbnail("none", kJpeg)), "videoNotFound");
  rig.switches.set("google.thumbnails", "forbidden");
  const auto forbidden = thumbnail(id, kJpeg);
  EXPECT_EQ(forbidden.response.status, 403);
  EXPECT_EQ(json_of(forbidden),
            json::parse(R"({"error":{"code":403,"message":"The authenticated user doesn't have )"
                        R"(permissions to upload and set custom video thumbnails.","errors":)"
                        R"([{"message":"The authenticated user doesn't have permissions to upload )"
                        R"(and set custom video thumbnails.","domain":"youtube.thumbnail",)"
                        R"("reason":"forbidden","location":"Authorization","locationType":)"
                        R"("header"}]}})"));
  rig.switches.set("google.thumbnails", "limited");
  EXPECT_EQ(thumbnail(id, kJpeg).response.status, 429);
  EXPECT_EQ(reason_of(thumbnail(id, kJpeg)), "uploadRateLimitExceeded");
  EXPECT_EQ(status_of(id).at("privacyStatus"), "public");
}

TEST_F(GoogleVideo, ThumbnailIsKeptAndServed) {
  const auto id = upload(bearer, mp4());
  const auto answer = thumbnail(id, kJpeg);
  EXPECT_EQ(answer.response.status, 200) << answer.response.body;
  EXPECT_EQ(json_of(answer).at("kind"), "youtube#thumbnailSetResponse");
  EXPECT_EQ(json_of(answer).at("items").at(0).at("default").at("url"),
            json::value("https://i.ytimg.com/vi/" + id + "/default.jpg"));
  EXPECT_EQ(get("https://i.ytimg.com/vi/" + id + "/default.jpg").response.status, 200);
}

TEST_F(GoogleVideo, YU30_CommentsWantTheirScopeAndTheirShape) {
  const auto id = upload(bearer, mp4());
  const auto answer = comment(thread(id, "Recipe in the link"));
  EXPECT_EQ(answer.response.status, 200) << answer.response.body;
  EXPECT_TRUE(answer.publishes);
  EXPECT_EQ(rig.ledger.entries().back().event, "comment");
  EXPECT_EQ(rig.ledger.entries().back().parent, id);
  const std::string text =
      "The API server failed to successfully process the request. While this can be a transient "
      "error, it usually indicates that the request's input is invalid. Check the structure of the "
      "<code>commentThread</code> resource in the request body to ensure that it is valid.";
  const auto expected = json::value{{"error",
                                     {{"code", 400},
                                      {"message", text},
                                      {"errors", json::array{{{"message", text},
                                                              {"domain", "youtube.commentThread"},
                                                              {"reason", "processingFailure"},
                                                              {"location", "body"},
                                                              {"locationType", "other"}}}}}}};
  EXPECT_EQ(json_of(comment("{}")), json::parse(json::serialize(expected)));
  EXPECT_EQ(reason_of(comment(R"({"snippet":{"videoId":"x","topLevelComment":"hello"}})")),
            "processingFailure");
  EXPECT_EQ(reason_of(comment(thread(id, " "))), "commentTextRequired");
  EXPECT_EQ(reason_of(comment(thread(id, std::string(10'001, 'a')))), "commentTextTooLong");
  EXPECT_EQ(reason_of(comment(thread("none", "a"))), "videoNotFound");
  bearer = token(kScopePrefix + "youtube.upload " + kScopePrefix + "youtube.readonly " +
                 kScopePrefix + "youtube");
  EXPECT_EQ(reason_of(comment(thread(id, "a"))), "insufficientPermissions");
}

TEST_F(GoogleVideo, NoCommentsOnPrivateVideosAndThoseForKids) {
  const auto closed = upload(bearer, mp4(), "private");
  const auto kids = upload(bearer, mp4(1000, 9), "public", R"(,"selfDeclaredMadeForKids":true)");
  EXPECT_EQ(reason_of(comment(thread(closed, "a"))), "forbidden");
  EXPECT_EQ(reason_of(comment(thread(kids, "a"))), "commentsDisabled");
}

TEST_F(GoogleVideo, ThreadsListRepliesAndEscapeForDisplay) {
  const auto id = upload(bearer, mp4());
  const auto top = json_of(comment(thread(id, "a < b"))).at("id");
  const auto reply = post_json(
      "https://www.googleapis.com/youtube/v3/comments?part=snippet",
      json::serialize(json::object{{"snippet", {{"parentId", top}, {"textOriginal", "yes"}}}}),
      bearer);
  EXPECT_EQ(reply.response.status, 200) << reply.response.body;
  const auto list = json_of(
      get("https://www.googleapis.com/youtube/v3/commentThreads?part=snippet,replies&videoId=" + id,
          bearer));
  ASSERT_EQ(list.at("items").as_array().size(), 1u);
  const auto& item = list.at("items").at(0);
  EXPECT_EQ(item.at("snippet").at("topLevelComment").at("snippet").at("textDisplay"), "a &lt; b");
  EXPECT_EQ(item.at("snippet").at("topLevelComment").at("snippet").at("textOriginal"), "a < b");
  EXPECT_EQ(item.at("replies").at("comments").at(0).at("snippet").at("parentId"), top);
}

TEST_F(GoogleVideo, UploadsPlaylistListsNewestFirstInPages) {
  const auto old = upload(bearer, mp4());
  rig.clock.advance(seconds(1));
  const auto fresh = upload(bearer, mp4(1000, 6), "private");
  const std::string url =
      "https://www.googleapis.com/youtube/v3/playlistItems?part=snippet,contentDetails"
      "&playlistId=UUexampleChannel0000001&maxResults=1";
  const auto first = json_of(get(url, bearer));
  EXPECT_EQ(first.at("items").at(0).at("contentDetails").at("videoId"), json::value(fresh));
  EXPECT_EQ(first.at("pageInfo").at("totalResults"), 2);
  const auto second =
      json_of(get(url + "&pageToken=" + string_of(first.at("nextPageToken")), bearer));
  EXPECT_EQ(second.at("items").at(0).at("contentDetails").at("videoId"), json::value(old));
  EXPECT_FALSE(second.as_object().contains("nextPageToken"));
}

TEST_F(GoogleVideo, PlaylistsTakeVideosAgainAndAgain) {
  const auto id = upload(bearer, mp4());
  const auto list = json_of(
      post_json("https://www.googleapis.com/youtube/v3/playlists?part=snippet,status",
                R"({"snippet":{"title":"Bread"},"status":{"privacyStatus":"public"}})", bearer));
  const auto add = [&](const json::value& playlist, const std::string& video) {
    return post_json("https://www.googleapis.com/youtube/v3/playlistItems?part=snippet",
                     json::serialize(json::object{
                         {"snippet",
                          {{"playlistId", playlist},
                           {"resourceId", {{"kind", "youtube#video"}, {"videoId", video}}}}}}),
                     bearer);
  };
  EXPECT_EQ(json_of(add(list.at("id"), id)).at("snippet").at("position"), 0);
  EXPECT_EQ(json_of(add(list.at("id"), id)).at("snippet").at("position"), 1)
      << "a playlist does not look for doubles";
  const auto found =
      json_of(get("https://www.googleapis.com/youtube/v3/playlistItems?part=id&playlistId=" +
                      string_of(list.at("id")) + "&videoId=" + id + "&maxResults=1",
                  bearer));
  EXPECT_EQ(found.at("pageInfo").at("totalResults"), 2);
  EXPECT_EQ(reason_of(add(list.at("id"), "none")), "videoNotFound");
  EXPECT_EQ(reason_of(add("PLnone", id)), "playlistNotFound");
  bearer = token(kAllScopes, kBooks);
  EXPECT_EQ(reason_of(add(list.at("id"), id)), "playlistItemsNotAccessible");
}

}  // namespace herald::sandbox::google
