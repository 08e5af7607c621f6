// Pages: videos, reels, video stories and their uploads, by the vectors of the fact sheet.
#include <gmock/gmock.h>

#include "sandbox/meta/facebook_rig.h"
#include "sandbox/meta/facebook_video_file.h"

namespace herald::sandbox {

using ::testing::ElementsAre;

class FacebookVideos : public FacebookRig {
 protected:
  Heard video(std::vector<Field> fields = {}) {
    fields.push_back({.name = "file_url", .value = kFilm});
    return on_page("/videos", std::move(fields));
  }
  Heard chunk(const std::string& session, const std::string& offset, const std::string& bytes) {
    const std::string edge = "--x\r\nContent-Disposition: form-data; name=\"";
    return hear({.method = "POST",
                 .url = kGraph + "/" + kPage + "/videos",
                 .content_type = "multipart/form-data; boundary=x",
                 .body = edge + "access_token\"\r\n\r\n" + token + "\r\n" + edge +
                         "upload_phase\"\r\n\r\ntransfer\r\n" + edge +
                         "upload_session_id\"\r\n\r\n" + session + "\r\n" + edge +
                         "start_offset\"\r\n\r\n" + offset + "\r\n" + edge +
                         "video_file_chunk\"; filename=\"c\"\r\nContent-Type: "
                         "application/octet-stream\r\n\r\n" +
                         bytes + "\r\n--x--\r\n"});
  }
  // Status of a reel of this film, processed.
  boost::json::value reel_of(const FilmShape& shape) {
    const auto id = start_video();
    EXPECT_EQ(upload_whole(id, mp4_of(shape)).status, 200);
    EXPECT_EQ(finish(id).text("success"), "true");
    wait(9);
    return status(id).at("status");
  }
  static std::int64_t fault_in(const boost::json::value& status) {
    return status.at("processing_phase").at("errors").at(0).at("code").as_int64();
  }
};

TEST_F(FacebookVideos, AVideoAppearsWhenItsProcessingEnds) {
  const auto made =
      video({{.name = "title", .value = "Oven"}, {.name = "description", .value = "At five"}});
  ASSERT_EQ(made.status, 200) << made.answer.response.body;
  EXPECT_EQ(posts_seen(), 0U);
  EXPECT_EQ(status(made.text("id")).at("status").at("video_status").as_string(), "processing");
  EXPECT_EQ(get("/" + made.text("id"), token, "fields=post_id").text("post_id"), "");
  wait(8);
  const auto read =
      get("/" + made.text("id"), token, "fields=status,post_id,permalink_url,published");
  EXPECT_EQ(read.body.at("status").at("video_status").as_string(), "ready");
  EXPECT_EQ(read.text("published"), "true");
  const auto seen = rig.ledger.entries();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].kind, "video");
  EXPECT_EQ(seen[0].title, "Oven");
  EXPECT_EQ(seen[0].id, read.text("post_id"));
  EXPECT_THAT(listed(), ElementsAre(read.text("post_id")));
}

TEST_F(FacebookVideos, AVerticalVideoMayEndAsADraft) {
  rig.switches.set("meta.vertical_video_draft", "on");
  const auto made = video();
  wait(60);
  EXPECT_EQ(status(made.text("id")).at("status").at("publishing_phase").at("publish_status"),
            "draft");
  EXPECT_EQ(posts_seen(), 0U);
}

TEST_F(FacebookVideos, AVideoIsScheduledUpToSixMonthsAhead) {
  const auto made = video({{.name = "published", .value = "false"},
                           {.name = "scheduled_publish_time", .value = after(100 * 86'400)}});
  ASSERT_EQ(made.status, 200);
  wait(60);
  EXPECT_EQ(listed("/scheduled_posts").size(), 1U);
  EXPECT_EQ(status(made.text("id")).at("status").at("publishing_phase").at("publish_status"),
            "scheduled");
  wait(100 * 86'400);
  side->settle();
  EXPECT_EQ(posts_seen(), 1U);
  EXPECT_EQ(video({{.name = "published", .value = "false"},
                   {.name = "scheduled_publish_time", .value = after(190 * 86'400)}})
                .code(),
            100);
}

TEST_F(FacebookVideos, AnUploadsHandlePublishes) {
  const auto film = mp4_of({});
  const auto opened = post("/1234567890/uploads", person,
                           {{.name = "file_name", .value = "oven.mp4"},
                            {.name = "file_length", .value = std::to_string(film.size())},
                            {.name = "file_type", .value = "video/mp4"}});
  const auto session = opened.text("id");
  ASSERT_THAT(session, ::testing::StartsWith("upload:"));
  const auto send = [&](const std::string& method, const std::string& body, const char* offset) {
    return hear({.method = method,
                 .url = kGraph + "/" + session,
                 .body = body,
                 .headers = {{"Authorization", "OAuth " + person}, {"file_offset", offset}}});
  };
  EXPECT_EQ(send("POST", film.substr(0, 100), "0").code(), 6001);
  EXPECT_EQ(send("GET", "", "0").text("file_offset"), "100");
  const auto handle = send("POST", film.substr(100), "100").text("h");
  const auto made = hear(Rig::form("https://graph-video.facebook.com/v26.0/" + kPage + "/videos",
                                   {{.name = "fbuploader_video_file_chunk", .value = handle},
                                    {.name = "access_token", .value = token}}));
  ASSERT_EQ(made.status, 200) << made.answer.response.body;
  wait(8);
  side->settle();
  EXPECT_EQ(posts_seen(), 1U);
}

TEST_F(FacebookVideos, FB10_AReelNamesItsPhase) {
  expect_vector(on_page("/video_reels", {}), 400,
                R"({"error":{"message":"(#100) Missing parameter: upload_phase",)"
                R"("type":"OAuthException","code":100}})");
}

TEST_F(FacebookVideos, FB11_AReelIsNotFinishedBeforeItsBytesArrived) {
  expect_vector(finish(start_video()), 400,
                R"({"error":{"message":"Video Upload Is Missing","type":"OAuthException",)"
                R"("code":6000,"is_transient":false}})");
}

TEST_F(FacebookVideos, FB12_AnUploadGoesOnWhereItStands) {
  expect_vector(upload(start_video(), "abc", {{"offset", "5"}, {"file_size", "8"}}), 400,
                R"({"debug_info":{"retriable":true,"type":"OffsetInvalidError",)"
                R"("message":"Request starting offset is invalid"}})");
}

TEST_F(FacebookVideos, AnUploadNamesItsTokenInTheWordsOfOAuth) {
  const auto heard =
      hear({.method = "POST",
            .url = "https://rupload.facebook.com/video-upload/v26.0/" + start_video(),
            .body = "abc",
            .headers = {{"Authorization", "Token " + token}, {"offset", "0"}, {"file_size", "8"}}});
  EXPECT_EQ(heard.body.at("debug_info").at("type").as_string(), "ProcessingFailedError");
}

TEST_F(FacebookVideos, FB13_AShortUploadIsResumed) {
  const auto id = start_video();
  const auto film = mp4_of({});
  const auto size = std::to_string(film.size());
  expect_vector(upload(id, film.substr(0, 300), {{"offset", "0"}, {"file_size", size}}), 400,
                R"-({"debug_info":{"retriable":true,"type":"PartialRequestError",)-"
                R"-("message":"Partial request (did not match length of file)"}})-");
  const auto phase = status(id).at("status").at("uploading_phase");
  EXPECT_EQ(phase.at("status").as_string(), "in_progress");
  EXPECT_EQ(phase.at("bytes_transferred").as_int64(), 300);
  EXPECT_EQ(upload(id, film.substr(300), {{"offset", "300"}, {"file_size", size}}).status, 200);
  EXPECT_EQ(finish(id).status, 200);
}

TEST_F(FacebookVideos, FB14_AReelThatIsTooLongFailsAfterItsFinish) {
  const auto id = start_video();
  upload_whole(id, mp4_of({.duration_ms = 95'000, .size = 1000}));
  EXPECT_EQ(finish(id).text("success"), "true");
  wait(9);
  auto body = status(id);
  body.as_object()["id"] = "5566";
  EXPECT_EQ(body, boost::json::parse(
                      R"({"status":{"video_status":"error","uploading_phase":{"status":"complete",)"
                      R"("bytes_transferred":1000},"processing_phase":{"status":"error","errors":)"
                      R"([{"code":1363128,"message":"The video you tried to upload has a duration )"
                      R"(that isn't supported on Facebook for this product. Please try uploading )"
                      R"(a video with a supported duration."}]},"publishing_phase":{"status":)"
                      R"("not_started"}},"id":"5566"})"));
  EXPECT_EQ(posts_seen(), 0U);
}

TEST_F(FacebookVideos, FB15_ANarrowReelFails) {
  EXPECT_EQ(fault_in(reel_of({.width = 406, .height = 720})), 1363127);
}

TEST_F(FacebookVideos, FB16_ASlowReelFails) {
  EXPECT_EQ(fault_in(reel_of({.frames_per_second = 20})), 1363129);
  EXPECT_EQ(reel_of({.frames_per_second = 24}).at("video_status").as_string(), "ready");
}

TEST_F(FacebookVideos, FB17_AWideReelFails) {
  EXPECT_EQ(fault_in(reel_of({.width = 1920, .height = 768})), 1363040);
}

TEST_F(FacebookVideos, AReelAppearsWhenItsProcessingEnds) {
  const auto id = start_video();
  upload_whole(id, mp4_of({}));
  EXPECT_EQ(status(id).at("status").at("video_status").as_string(), "upload_complete");
  EXPECT_TRUE(
      finish(id, "PUBLISHED", {{.name = "description", .value = "Knead"}}).answer.publishes);
  EXPECT_EQ(finish(id).code(), 100);
  wait(8);
  side->settle();
  const auto seen = rig.ledger.entries();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].kind, "reel");
  EXPECT_EQ(seen[0].text, "Knead");
  EXPECT_EQ(seen[0].link, "https://www.facebook.com/reel/" + id);
  EXPECT_THAT(listed("/video_reels"), ElementsAre(id));
  const auto phase = status(id).at("status").at("publishing_phase");
  EXPECT_EQ(phase.at("publish_status").as_string(), "published");
}

TEST_F(FacebookVideos, AReelIsADraftUntilItIsFinishedAsPublished) {
  const auto id = start_video();
  upload_whole(id, mp4_of({}));
  EXPECT_EQ(finish(id, "DRAFT").status, 200);
  wait(60);
  side->settle();
  EXPECT_EQ(posts_seen(), 0U);
  EXPECT_EQ(finish(id, "PUBLISHED").status, 200);
  EXPECT_EQ(posts_seen(), 1U);
}

TEST_F(FacebookVideos, FB03_AReelIsScheduledUpToTwentyNineDaysAhead) {
  const auto id = start_video();
  upload_whole(id, mp4_of({}));
  const auto at = [&](std::int64_t days) {
    return finish(id, "SCHEDULED",
                  {{.name = "scheduled_publish_time", .value = after(days * 86'400)}});
  };
  EXPECT_EQ(at(30).code(), 100);
  EXPECT_EQ(at(28).status, 200);
  EXPECT_EQ(posts_seen(), 0U);
  wait(28 * 86'400);
  side->settle();
  EXPECT_EQ(posts_seen(), 1U);
}

TEST_F(FacebookVideos, FB18_ThirtyReelsADay) {
  for (int i = 0; i < 30; ++i) {
    const auto id = start_video();
    upload_whole(id, mp4_of({}));
    ASSERT_EQ(finish(id).status, 200);
  }
  expect_vector(on_page("/video_reels", {{.name = "upload_phase", .value = "start"}}), 400,
                R"({"error":{"message":"(#4) Application request limit reached",)"
                R"("type":"OAuthException","code":4}})");
  wait(86'400);
  EXPECT_NE(start_video(), "");
}

TEST_F(FacebookVideos, FB19_ACrawlerThatIsShutOutReadsNothing) {
  constexpr const char* kUnread =
      R"({"error":{"message":"(#389) Unable to fetch video file from URL.",)"
      R"("type":"OAuthException","code":389}})";
  rig.serve("https://media.test/robots.txt", "User-agent: facebookexternalhit\nDisallow: /\n");
  expect_vector(video(), 400, kUnread);
  expect_vector(upload(start_video(), "", {{"file_url", kFilm}}), 400, kUnread);
  rig.serve("https://media.test/robots.txt", "User-agent: *\nDisallow: /private\n");
  EXPECT_EQ(video().status, 200);
  EXPECT_EQ(upload(start_video(), "", {{"file_url", kFilm}}).text("success"), "true");
}

TEST(Crawler, ObeysTheGroupThatNamesIt) {
  EXPECT_TRUE(meta::crawler_may_read("", "/a"));
  EXPECT_FALSE(meta::crawler_may_read("User-agent: *\nDisallow: /\n", "/a"));
  EXPECT_TRUE(meta::crawler_may_read(
      "User-agent: *\nDisallow: /\n\nUser-agent: facebookexternalhit\nDisallow:\n", "/a"));
  EXPECT_FALSE(meta::crawler_may_read("User-agent: FacebookExternalHit/1.1\nDisallow: /a", "/a/b"));
  EXPECT_TRUE(meta::crawler_may_read("User-agent: other\nDisallow: /\n", "/a"));
}

TEST_F(FacebookVideos, FB20_AnAddressAndAPhaseDoNotGoTogether) {
  expect_vector(video({{.name = "upload_phase", .value = "start"}}), 400, kInvalid);
}

TEST_F(FacebookVideos, FB34_AChunkIsExactlyWhatWasAskedFor) {
  const auto film = mp4_of({.size = (1 << 20) + 500});
  const auto started =
      on_page("/videos", {{.name = "upload_phase", .value = "start"},
                          {.name = "file_size", .value = std::to_string(film.size())}});
  EXPECT_EQ(started.body.at("end_offset").as_string(), "1048576");
  const auto session = started.text("upload_session_id");
  EXPECT_EQ(chunk(session, "0", film.substr(0, 1000)).code(), 6001);
  EXPECT_EQ(chunk(session, "0", film).code(), 6001);
  const auto next = chunk(session, "0", film.substr(0, 1 << 20));
  ASSERT_EQ(next.status, 200) << next.answer.response.body;
  EXPECT_EQ(next.body.at("start_offset").as_string(), "1048576");
  rig.switches.set("meta.offsets", "number");
  const auto last = chunk(session, "1048576", film.substr(1 << 20));
  EXPECT_EQ(last.body.at("start_offset").as_int64(), last.body.at("end_offset").as_int64());
  EXPECT_EQ(on_page("/videos", {{.name = "upload_phase", .value = "finish"},
                                {.name = "upload_session_id", .value = session},
                                {.name = "title", .value = "Oven"}})
                .text("success"),
            "true");
  wait(8);
  side->settle();
  EXPECT_EQ(rig.ledger.entries().at(0).title, "Oven");
}

TEST_F(FacebookVideos, FB34_AChunkBeginsWhereTheOneBeforeEnded) {
  const auto film = mp4_of({.size = 2 << 20});
  const auto started =
      on_page("/videos", {{.name = "upload_phase", .value = "start"},
                          {.name = "file_size", .value = std::to_string(film.size())}});
  const auto session = started.text("upload_session_id");
  ASSERT_EQ(chunk(session, "0", film.substr(0, 1 << 20)).status, 200);
  EXPECT_EQ(chunk(session, "0", film.substr(1 << 20)).code(), 6001);
  EXPECT_EQ(chunk(session, "1048576", film.substr(1 << 20)).status, 200);
}

TEST_F(FacebookVideos, AVideoStoryIsFoundByItsMedia) {
  const auto id = start_video("/video_stories");
  const auto end = [&] {
    return on_page("/video_stories", {{.name = "upload_phase", .value = "finish"},
                                      {.name = "video_id", .value = id}});
  };
  EXPECT_EQ(end().code(), 6000);
  upload_whole(id, mp4_of({}));
  const auto made = end();
  ASSERT_EQ(made.status, 200) << made.answer.response.body;
  wait(8);
  const auto row = get("/" + kPage + "/stories", token).body.at("data").as_array().at(0);
  EXPECT_EQ(row.at("media_id").as_string(), id);
  EXPECT_EQ(row.at("post_id").as_string(), made.text("post_id"));
  EXPECT_EQ(rig.ledger.entries().at(0).kind, "story");
}

TEST_F(FacebookVideos, AVideoStoryLastsAMinuteAtMost) {
  const auto id = start_video("/video_stories");
  upload_whole(id, mp4_of({.duration_ms = 70'000}));
  on_page("/video_stories",
          {{.name = "upload_phase", .value = "finish"}, {.name = "video_id", .value = id}});
  wait(9);
  EXPECT_EQ(fault_in(status(id).at("status")), 1363128);
  EXPECT_EQ(posts_seen(), 0U);
}

TEST_F(FacebookVideos, AReelTakesACoverAndTheGuidesSpelling) {
  const auto id = start_video();
  upload_whole(id, mp4_of({.duration_ms = 95'000}));
  const std::string edge = "--x\r\nContent-Disposition: form-data; name=\"";
  const auto cover =
      hear({.method = "POST",
            .url = kGraph + "/" + id + "/thumbnails?access_token=" + token,
            .content_type = "multipart/form-data; boundary=x",
            .body = edge + "is_preferred\"\r\n\r\ntrue\r\n" + edge +
                    "source\"; filename=\"a.jpg\"\r\n\r\n" + jpeg_of(540, 960) + "\r\n--x--\r\n"});
  EXPECT_EQ(cover.text("success"), "true") << cover.answer.response.body;
  finish(id);
  wait(9);
  rig.switches.set("meta.video_status_words", "guide");
  const auto told = status(id).at("status");
  EXPECT_EQ(told.at("processing_phase").at("error").at("code").as_int64(), 1363128);
  EXPECT_GT(told.at("uploading_phase").at("bytes_transfered").as_int64(), 0);
}

}  // namespace herald::sandbox
