#include "sandbox/google/upload.h"

#include "sandbox/google/rig.h"

namespace herald::sandbox::google {

namespace json = boost::json;
using std::chrono::hours;

namespace {

constexpr std::size_t kChunk = 262144;

std::string metadata(const json::value& snippet, const json::value& status = json::object()) {
  return json::serialize(json::object{{"snippet", snippet}, {"status", status}});
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

class GoogleUpload : public GoogleTest {
 protected:
  GoogleUpload() : bearer(token()), file(mp4(3 * kChunk + 1000)) {}

  void expect_video_fault(const Answer& answer, int status, const std::string& reason,
                          const std::string& message, const std::string& location) {
    EXPECT_EQ(answer.response.status, status);
    EXPECT_EQ(json_of(answer), json::parse(json::serialize(json::object{
                                   {"error",
                                    {{"code", status},
                                     {"message", message},
                                     {"errors", json::array{{{"message", message},
                                                             {"domain", "youtube.video"},
                                                             {"reason", reason},
                                                             {"location", location},
                                                             {"locationType", "other"}}}}}}})));
  }
  std::string session() {
    return header_of(begin(bearer, metadata({{"title", "Bread"}}), file.size()), "Location");
  }
  // The bytes [first, last] of the file, as a chunk of it.
  Answer chunk(const std::string& to, std::size_t first, std::size_t last) {
    return put(bearer, to, file.substr(first, last - first + 1),
               "bytes " + std::to_string(first) + "-" + std::to_string(last) + "/" +
                   std::to_string(file.size()));
  }
  Answer question(const std::string& to) {
    return put(bearer, to, "", "bytes */" + std::to_string(file.size()));
  }
  void expect_stored(const Answer& answer, std::size_t bytes) {
    EXPECT_EQ(answer.response.status, 308);
    EXPECT_EQ(answer.response.body, "");
    EXPECT_EQ(header_of(answer, "Range"), bytes == 0 ? "" : "bytes=0-" + std::to_string(bytes - 1));
  }

  std::string bearer;
  std::string file;
};

}  // namespace

TEST_F(GoogleUpload, SessionAddressIsTheRealHostsAndNoVideoExistsYet) {
  const auto answer = begin(bearer, metadata({{"title", "Bread"}}), file.size());
  EXPECT_EQ(answer.response.status, 200);
  EXPECT_EQ(answer.response.body, "");
  EXPECT_TRUE(header_of(answer, "Location")
                  .starts_with("https://www.googleapis.com/upload/youtube/v3/videos?"));
  EXPECT_FALSE(query_of(header_of(answer, "Location"), "upload_id").empty());
  EXPECT_EQ(rig.ledger.size(), 0u);
}

TEST_F(GoogleUpload, YU05_Title) {
  const std::string long_title = repeated("ü", 101);
  for (const auto& title : {std::string(), std::string("  "), long_title, std::string("a < b")})
    expect_video_fault(begin(bearer, metadata({{"title", title}}), 10), 400, "invalidTitle",
                       "The request metadata specifies an invalid or empty video title.",
                       "body.snippet.title");
  EXPECT_EQ(begin(bearer, metadata({{"title", repeated("ü", 100)}}), 10).response.status, 200);
}

TEST_F(GoogleUpload, YU06_DescriptionCountsBytes) {
  const auto describe = [&](const std::string& text) {
    return begin(bearer, metadata({{"title", "a"}, {"description", text}}), 10);
  };
  for (const auto& text : {repeated("€", 1667), repeated("a", 5001), std::string("a > b")})
    expect_video_fault(describe(text), 400, "invalidDescription",
                       "The request metadata specifies an invalid video description.",
                       "body.snippet.description");
  EXPECT_EQ(describe(repeated("€", 1666)).response.status, 200);
  EXPECT_EQ(describe(repeated("a", 5000)).response.status, 200);
}

TEST_F(GoogleUpload, YU07_TagsCountQuotesAndCommas) {
  const auto tagged = [&](json::array tags) {
    return begin(bearer, metadata({{"title", "a"}, {"tags", std::move(tags)}}), 10);
  };
  // "Foo Baz" counts 9 and its comma 1: 490 are left.
  EXPECT_EQ(tagged({"Foo Baz", repeated("x", 490)}).response.status, 200);
  EXPECT_EQ(tagged({"Foo-Baz", repeated("x", 492)}).response.status, 200);
  EXPECT_EQ(tagged({repeated("x", 500)}).response.status, 200);
  for (auto& tags : {json::array{"Foo Baz", repeated("x", 491)},
                     json::array{"Foo-Baz", repeated("x", 493)}, json::array{repeated("x", 501)}})
    expect_video_fault(tagged(tags), 400, "invalidTags",
                       "The request metadata specifies invalid video keywords.",
                       "body.snippet.tags");
}

TEST_F(GoogleUpload, YU08_CategoryMustBeAssignable) {
  for (const auto* id : {"9999", "30", ""})
    expect_video_fault(begin(bearer, metadata({{"title", "a"}, {"categoryId", id}}), 10), 400,
                       "invalidCategoryId",
                       "The snippet.categoryId property specifies an invalid category ID. Use the "
                       "videoCategories.list method to retrieve supported categories.",
                       "body.snippet.categoryId");
  const auto as_number = begin(bearer, metadata({{"title", "a"}, {"categoryId", 22}}), 10);
  EXPECT_EQ(as_number.response.status, 400) << "an id is text";
}

TEST_F(GoogleUpload, YU09_PublishAtNeedsPrivateAndATime) {
  const auto scheduled = [&](const char* privacy, const char* at) {
    return begin(bearer,
                 metadata({{"title", "a"}}, {{"privacyStatus", privacy}, {"publishAt", at}}), 10);
  };
  for (const auto& [privacy, at] :
       {std::pair{"public", "2026-12-01T08:00:00Z"}, std::pair{"unlisted", "2026-12-01T08:00:00Z"},
        std::pair{"private", "tomorrow"}, std::pair{"private", "2026-12-01"}})
    expect_video_fault(scheduled(privacy, at), 400, "invalidPublishAt",
                       "The request metadata specifies an invalid scheduled publishing time.",
                       "body.status.publishAt");
  EXPECT_EQ(scheduled("private", "2026-12-01T08:00:00.5+02:00").response.status, 200);
}

TEST_F(GoogleUpload, YU10_UnknownPrivacy) {
  expect_video_fault(begin(bearer, metadata({{"title", "a"}}, {{"privacyStatus", "friends"}}), 10),
                     403, "forbiddenPrivacySetting",
                     "The request attempts to set an invalid privacy setting for the video.",
                     "body.status.privacyStatus");
}

TEST_F(GoogleUpload, UnknownMembersAndWrongTypesAreRefused) {
  EXPECT_EQ(begin(bearer, metadata({{"title", "a"}, {"titel", "b"}}), 10).response.status, 400);
  EXPECT_EQ(begin(bearer, metadata({{"title", 5}}), 10).response.status, 400);
  EXPECT_EQ(begin(bearer, R"({"snippet":)", 10).response.status, 400);
  EXPECT_EQ(reason_of(begin(bearer, metadata({{"title", "a"}}, {{"license", "mine"}}), 10)),
            "forbiddenLicenseSetting");
  const auto localized =
      begin(bearer, R"({"snippet":{"title":"a"},"localizations":{"de":{"title":"b"}}})", 10,
            "uploadType=resumable&part=snippet,localizations");
  EXPECT_EQ(reason_of(localized), "defaultLanguageNotSet");
}

TEST_F(GoogleUpload, YU11_TheHundredAndFirstInsertOfTheDay) {
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(begin(bearer, metadata({{"title", "a"}}), 10).response.status, 200);
  const auto answer = begin(bearer, metadata({{"title", "a"}}), 10);
  EXPECT_EQ(answer.response.status, 403);
  const std::string text =
      R"(The request cannot be completed because you have exceeded your \u003ca )"
      R"(href=\"/youtube/v3/getting-started#quota\"\u003equota\u003c/a\u003e.)";
  EXPECT_EQ(answer.response.body, R"({"error":{"code":403,"message":")" + text +
                                      R"(","errors":[{"message":")" + text +
                                      R"(","domain":"youtube.quota","reason":"quotaExceeded"}]}})");
  EXPECT_EQ(list_one(bearer, "x").at("kind"), "youtube#videoListResponse")
      << "other calls have a budget of their own";
}

TEST_F(GoogleUpload, YU12_TheChannelsOwnCap) {
  rig.switches.set("google.channel_uploads", "1");
  EXPECT_EQ(begin(bearer, metadata({{"title", "a"}}), 10).response.status, 200);
  const auto answer = begin(bearer, metadata({{"title", "a"}}), 10);
  EXPECT_EQ(answer.response.status, 400);
  EXPECT_EQ(json_of(answer),
            json::parse(R"({"error":{"errors":[{"domain":"youtube.video","reason":)"
                        R"("uploadLimitExceeded","message":"The user has exceeded the number of )"
                        R"(videos they may upload."}],"code":400,"message":"The user has exceeded )"
                        R"(the number of videos they may upload."}})"));
}

TEST_F(GoogleUpload, YU13_ChunkBelowTheMinimumOrNotAMultiple) {
  const auto refusal = [](const std::string& size) {
    return "Invalid request. The number of bytes uploaded is required to be equal or greater than "
           "262144, except for the final request (it's recommended to be the exact multiple of "
           "262144). The received request contained " +
           size + " bytes, which does not meet this requirement.";
  };
  const auto to = session();
  const auto small = chunk(to, 0, 8191);
  EXPECT_EQ(small.response.status, 400);
  EXPECT_TRUE(header_of(small, "Content-Type").starts_with("text/plain"));
  EXPECT_EQ(small.response.body, refusal("8192"));
  const auto odd = chunk(to, 0, 299'999);
  EXPECT_EQ(odd.response.status, 400);
  EXPECT_EQ(odd.response.body, refusal("300000"));
  expect_stored(question(to), 0);
  rig.switches.set("google.strict_chunks", "off");
  expect_stored(chunk(to, 0, 299'999), kChunk);
  EXPECT_EQ(chunk(to, kChunk, file.size() - 1).response.status, 200);
}

TEST_F(GoogleUpload, YU14_ChunksAreStoredAndTheLastMakesTheVideo) {
  const auto to = session();
  expect_stored(chunk(to, 0, kChunk - 1), kChunk);
  expect_stored(chunk(to, kChunk, 3 * kChunk - 1), 3 * kChunk);
  EXPECT_EQ(rig.ledger.size(), 0u);
  const auto done = chunk(to, 3 * kChunk, file.size() - 1);
  EXPECT_EQ(done.response.status, 200);
  EXPECT_TRUE(done.publishes);
  const auto video = json_of(done);
  EXPECT_EQ(video.at("kind"), "youtube#video");
  EXPECT_EQ(video.at("snippet").at("title"), "Bread");
  EXPECT_EQ(video.at("status").at("uploadStatus"), "uploaded");
  ASSERT_EQ(rig.ledger.size(), 1u);
  EXPECT_EQ(rig.media.find(rig.ledger.entries()[0].media[0].digest)->view(), file);
}

TEST_F(GoogleUpload, YU15_QuestionWithNothingStored) { expect_stored(question(session()), 0); }

TEST_F(GoogleUpload, YU16_GapsAndOverlapsStoreNothing) {
  const auto to = session();
  chunk(to, 0, kChunk - 1);
  expect_stored(chunk(to, 2 * kChunk, 3 * kChunk - 1), kChunk);
  expect_stored(chunk(to, 0, 2 * kChunk - 1), kChunk);
  expect_stored(chunk(to, 0, file.size() - 1), kChunk);
  expect_stored(question(to), kChunk);
}

TEST_F(GoogleUpload, YU17_MalformedContentRange) {
  const auto to = session();
  for (const auto* range : {"bytes 0-9", "0-9/10", "bytes 9-0/10", "bytes 0-9/9", "bytes a-b/10",
                            "bytes 0-262143/999", "bytes 0-9/786433000"}) {
    const auto answer = put(bearer, to, file.substr(0, 10), range);
    EXPECT_EQ(answer.response.status, 400) << range;
    EXPECT_EQ(answer.response.body, "Failed to parse Content-Range header.") << range;
  }
  EXPECT_EQ(put(bearer, to, "", "bytes */12").response.status, 400);
  expect_stored(question(to), 0);
}

TEST_F(GoogleUpload, YU18_HalfAChunkIsStored) {
  const auto to = session();
  control("store-half", {});
  expect_stored(chunk(to, 0, 2 * kChunk - 1), kChunk);
  expect_stored(chunk(to, kChunk, 3 * kChunk - 1), 3 * kChunk);
  control("store-half", {});
  expect_stored(chunk(to, 3 * kChunk, file.size() - 1), 3 * kChunk);
  EXPECT_EQ(chunk(to, 3 * kChunk, file.size() - 1).response.status, 200);
  EXPECT_EQ(rig.media.find(rig.ledger.entries()[0].media[0].digest)->view(), file);
}

TEST_F(GoogleUpload, YU19_BytesOfAnAnswerThatWasLostAreFoundByTheQuestion) {
  const auto to = session();
  chunk(to, 0, kChunk - 1);  // Its answer is taken to be the scripted one.
  const auto failed = side->scripted("YU-19", Call{});
  EXPECT_EQ(failed.status, 503);
  EXPECT_EQ(json::parse(failed.body),
            json::parse(R"({"error":{"code":503,"message":"Backend Error","errors":[{"message":)"
                        R"("Backend Error","domain":"global","reason":"backendError"}]}})"));
  expect_stored(question(to), kChunk);
}

TEST_F(GoogleUpload, YU20_QuestionAfterTheLastByteFindsTheOneVideo) {
  const auto to = session();
  const auto done = put(bearer, to, file);
  EXPECT_EQ(done.response.status, 200);
  for (const auto& again : {question(to), put(bearer, to, file), chunk(to, 0, kChunk - 1)}) {
    EXPECT_EQ(again.response.status, 200);
    EXPECT_EQ(json_of(again).at("id"), json_of(done).at("id"));
  }
  EXPECT_EQ(rig.ledger.size(), 1u);
}

TEST_F(GoogleUpload, YU21_UnknownOrExpiredSession) {
  const std::string unknown =
      "https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&upload_id=none";
  EXPECT_EQ(question(unknown).response.status, 404);
  rig.switches.set("google.gone_status", "410");
  EXPECT_EQ(question(unknown).response.status, 410);
  const auto to = session();
  rig.clock.advance(hours(7 * 24) - hours(1));
  bearer = token();
  expect_stored(question(to), 0);
  rig.clock.advance(hours(1));
  EXPECT_EQ(put("", to, "", "bytes */" + std::to_string(file.size())).response.status, 410);
}

TEST_F(GoogleUpload, YU22_TokenThatExpiresBetweenChunks) {
  const auto to = session();
  chunk(to, 0, kChunk - 1);
  rig.clock.advance(hours(1));
  const auto refused = chunk(to, kChunk, 2 * kChunk - 1);
  EXPECT_EQ(refused.response.status, 401);
  EXPECT_EQ(reason_of(refused), "authError");
  bearer = token();
  expect_stored(question(to), kChunk);
  EXPECT_EQ(chunk(to, kChunk, file.size() - 1).response.status, 200);
}

TEST_F(GoogleUpload, TheSessionsAddressIsACredentialByItself) {
  const auto to = session();
  EXPECT_EQ(put("", to, file).response.status, 200);
}

TEST_F(GoogleUpload, YU23_NoBytes) {
  const auto no_media = json::parse(
      R"({"error":{"code":400,"message":"The request does not include the video content.",)"
      R"("errors":[{"message":"The request does not include the video content.","domain":)"
      R"("youtube.video","reason":"mediaBodyRequired"}]}})");
  const auto body = metadata({{"title", "a"}});
  EXPECT_EQ(json_of(begin(bearer, body, 0)), no_media);
  EXPECT_EQ(
      json_of(post_json("https://www.googleapis.com/youtube/v3/videos?part=snippet", body, bearer)),
      no_media);
  RigRequest undeclared{
      .method = "POST",
      .url =
          "https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=snippet",
      .content_type = "application/json",
      .body = body};
  const auto to = header_of(ask(undeclared, bearer), "Location");
  EXPECT_EQ(json_of(put(bearer, to, "")), no_media);
}

TEST_F(GoogleUpload, YU24_WithoutTheAuditEveryVideoStaysPrivate) {
  rig.switches.set("google.audited", "off");
  const auto id = upload(bearer, file, "public");
  EXPECT_EQ(list_one(bearer, id).at("items").at(0).at("status").at("privacyStatus"), "private");
  ASSERT_EQ(rig.ledger.size(), 1u);
  EXPECT_EQ(rig.ledger.entries()[0].audience, "private");
  const auto changed =
      post_json("https://www.googleapis.com/youtube/v3/videos?part=status",
                R"({"id":")" + id + R"(","status":{"privacyStatus":"public"}})", bearer, "PUT");
  EXPECT_EQ(json_of(changed).at("status").at("privacyStatus"), "private");
}

TEST_F(GoogleUpload, SizeNeedNotBeKnownBeforehand) {
  RigRequest start{
      .method = "POST",
      .url =
          "https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=snippet",
      .content_type = "application/json",
      .body = metadata({{"title", "a"}})};
  const auto to = header_of(ask(start, bearer), "Location");
  const auto first = put(bearer, to, file.substr(0, kChunk), "bytes 0-262143/*");
  expect_stored(first, kChunk);
  expect_stored(put(bearer, to, "", "bytes */*"), kChunk);
  EXPECT_EQ(chunk(to, kChunk, file.size() - 1).response.status, 200);
}

TEST_F(GoogleUpload, WhatIsNoVideoTypeOrTooLargeIsRefusedAtOnce) {
  RigRequest start{
      .method = "POST",
      .url =
          "https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=snippet",
      .content_type = "application/json",
      .body = metadata({{"title", "a"}}),
      .headers = {{"X-Upload-Content-Type", "image/png"}}};
  EXPECT_EQ(reason_of(ask(start, bearer)), "badContent");
  start.headers = {{"X-Upload-Content-Length", "274877906945"}};
  EXPECT_EQ(ask(start, bearer).response.status, 413);
  start.headers = {{"X-Upload-Content-Length", "274877906944"}};
  EXPECT_EQ(ask(start, bearer).response.status, 200);
}

TEST_F(GoogleUpload, MultipartUploadMakesTheVideoAtOnce) {
  for (const std::string line : {"\r\n", "\n"}) {
    file.back() = line.size() == 1 ? 'a' : 'b';
    const auto body = "--b0" + line + "content-type: application/json" + line + line +
                      metadata({{"title", "Bread"}}, {{"privacyStatus", "unlisted"}}) + line +
                      "--b0" + line + "content-type: video/mp4" + line + line + file + line +
                      "--b0--";
    const auto answer = ask(
        {.method = "POST",
         .url = "https://youtube.googleapis.com/upload/youtube/v3/videos?part=snippet&part=status"
                "&uploadType=multipart",
         .content_type = "multipart/related; boundary=b0",
         .body = body},
        bearer);
    ASSERT_EQ(answer.response.status, 200) << answer.response.body;
    EXPECT_EQ(json_of(answer).at("status").at("privacyStatus"), "unlisted");
    EXPECT_EQ(rig.media.find(rig.ledger.entries().back().media[0].digest)->view(), file);
  }
}

TEST_F(GoogleUpload, SimpleUploadTakesTheTitleFromTheSlug) {
  const auto answer = ask({.method = "POST",
                           .url = "https://www.googleapis.com/upload/youtube/v3/videos?part=snippet"
                                  "&uploadType=media",
                           .content_type = "video/mp4",
                           .body = file,
                           .headers = {{"Slug", "bread.mp4"}}},
                          bearer);
  EXPECT_EQ(json_of(answer).at("snippet").at("title"), "bread.mp4");
}

}  // namespace herald::sandbox::google
