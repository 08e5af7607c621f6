#include "sandbox/google/captions.h"

#include "sandbox/google/rig.h"

namespace herald::sandbox::google {

namespace {

const std::string kInsert =
    "https://www.googleapis.com/upload/youtube/v3/captions?uploadType=resumable&part=snippet";
const std::string kList = "https://www.googleapis.com/youtube/v3/captions?part=snippet&videoId=";
const std::string kWords = "WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning\n";

class GoogleCaptions : public GoogleTest {
 protected:
  static std::string track(const std::string& video, const std::string& more = {}) {
    return R"({"snippet":{"videoId":")" + video + R"(","language":"en","name":"")" + more + "}}";
  }
  Answer insert(const std::string& bearer, const std::string& body,
                const std::string& bytes = kWords) {
    const auto started = post_json(kInsert, body, bearer);
    if (started.response.status != 200) return started;
    return put(bearer, header_of(started, "Location"), bytes);
  }
  boost::json::array tracks(const std::string& bearer, const std::string& video) {
    return json_of(get(kList + video, bearer)).at("items").as_array();
  }
};

TEST_F(GoogleCaptions, ATrackIsThereOnceForItsLanguageAndName) {
  const auto bearer = token();
  const auto video = upload(bearer, mp4());
  EXPECT_TRUE(tracks(bearer, video).empty());
  const auto done = insert(bearer, track(video));
  ASSERT_EQ(done.response.status, 200) << done.response.body;
  EXPECT_EQ(json_of(done).at("snippet").at("status"), "serving");
  EXPECT_EQ(reason_of(insert(bearer, track(video))), "captionExists");
  EXPECT_EQ(tracks(bearer, video).size(), 1u);
  EXPECT_EQ(
      insert(bearer, R"({"snippet":{"videoId":")" + video + R"(","language":"de","name":""}})")
          .response.status,
      200);
  EXPECT_EQ(tracks(bearer, video).size(), 2u);
  EXPECT_EQ(list_one(bearer, video, "contentDetails")
                .at("items")
                .at(0)
                .at("contentDetails")
                .at("caption"),
            "true");
}

TEST_F(GoogleCaptions, TwoSessionsForOneTrackMakeOne) {
  const auto bearer = token();
  const auto video = upload(bearer, mp4());
  const auto first = header_of(post_json(kInsert, track(video), bearer), "Location");
  const auto second = header_of(post_json(kInsert, track(video), bearer), "Location");
  EXPECT_EQ(put(bearer, first, kWords).response.status, 200);
  EXPECT_EQ(put(bearer, first, kWords).response.status, 200) << "the same answer again";
  EXPECT_EQ(reason_of(put(bearer, second, kWords)), "captionExists");
  EXPECT_EQ(tracks(bearer, video).size(), 1u);
}

TEST_F(GoogleCaptions, WhatIsWrongIsNamed) {
  const auto bearer = token();
  const auto video = upload(bearer, mp4());
  EXPECT_EQ(reason_of(insert(bearer, track("none"))), "videoNotFound");
  EXPECT_EQ(reason_of(insert(bearer, R"({"snippet":{"videoId":")" + video + "\"}}")),
            "invalidMetadata");
  EXPECT_EQ(reason_of(insert(token(kAllScopes, kBooks), track(video))), "forbidden");
  EXPECT_EQ(reason_of(insert(token(kScopePrefix + "youtube.upload"), track(video))),
            "insufficientPermissions");
  EXPECT_EQ(insert(bearer, track(video, R"(,"colour":"red")")).response.status, 400);
  ASSERT_TRUE(tracks(bearer, video).empty());
  EXPECT_EQ(insert(bearer, track(video), "no captions").response.status, 200);
  EXPECT_EQ(tracks(bearer, video).at(0).at("snippet").at("failureReason"), "unknownFormat");
}

TEST_F(GoogleCaptions, MetadataAndBytesMayComeTogether) {
  const auto bearer = token();
  const auto video = upload(bearer, mp4());
  const auto answer =
      ask({.method = "POST",
           .url = "https://www.googleapis.com/upload/youtube/v3/captions?part=snippet",
           .content_type = "multipart/related; boundary=cut",
           .body = "--cut\r\nContent-Type: application/json\r\n\r\n" + track(video) +
                   "\r\n--cut\r\nContent-Type: text/vtt\r\n\r\n" + kWords + "\r\n--cut--\r\n"},
          bearer);
  EXPECT_EQ(answer.response.status, 200) << answer.response.body;
  EXPECT_EQ(tracks(bearer, video).size(), 1u);
}

}  // namespace

}  // namespace herald::sandbox::google
