// What a container is refused for, and what the platform makes of the files it fetches.
#include <gmock/gmock.h>

#include "sandbox/meta/rig.h"

namespace herald::sandbox {

class InstagramContainer : public MetaRig {
 protected:
  InstagramContainer() : token(page_token()) {}

  Heard create_image(const std::string& bytes, std::vector<Field> more = {}) {
    rig.serve("https://media.test/this", bytes);
    more.push_back({.name = "image_url", .value = "https://media.test/this"});
    return create(token, more);
  }
  // The status_code and status of a reel of these bytes, once processed.
  Heard processed_reel(const std::string& bytes, std::vector<Field> more = {}) {
    rig.serve("https://media.test/film", bytes);
    more.push_back({.name = "media_type", .value = "REELS"});
    more.push_back({.name = "video_url", .value = "https://media.test/film"});
    const auto made = create(token, more);
    wait(9);
    return get("/" + made.text("id"), token, "fields=status_code,status");
  }

  std::string token;
};

TEST_F(InstagramContainer, IG02_AnImageOverEightMebibytesIsRefused) {
  constexpr std::size_t kLimit = 8 * 1024 * 1024;
  EXPECT_EQ(create_image(jpeg_of(1080, 1080, kLimit)).status, 200);
  expect_vector(create_image(jpeg_of(1080, 1080, kLimit + 1)), 400,
                R"({"error":{"message":"The image size is too large.","type":"OAuthException",)"
                R"("code":36000,"error_subcode":2207004,"is_transient":false,)"
                R"("error_user_title":"Image size too large","error_user_msg":"The image is too )"
                R"(large to download. It should be less than 8 MiB."}})");
}

TEST_F(InstagramContainer, IG03_APngIsRefusedInStrictMode) {
  expect_vector(create_image(png_of(1080, 1080)), 400,
                R"({"error":{"message":"The image format is not supported.",)"
                R"("type":"OAuthException","code":36001,"error_subcode":2207005,)"
                R"("is_transient":false,"error_user_title":"Unsupported image format",)"
                R"("error_user_msg":"The image format png is not supported."}})");
  rig.switches.set("meta.jpeg_only", "off");
  EXPECT_EQ(create_image(png_of(1080, 1080)).status, 200);
}

TEST_F(InstagramContainer, IG04_AFeedImageOfNineBySixteenIsRefusedAndAStoryIsNot) {
  expect_vector(create_image(jpeg_of(1080, 1920)), 400,
                R"({"error":{"message":"The aspect ratio is not supported.",)"
                R"("type":"OAuthException","code":36003,"error_subcode":2207009,)"
                R"("is_transient":false,"error_user_title":"Invalid aspect ratio",)"
                R"("error_user_msg":"The submitted image with aspect ratio ('1080/1920',) cannot )"
                R"(be published. Please submit an image with a valid aspect ratio."}})");
  EXPECT_EQ(create_image(jpeg_of(1080, 1920), {{.name = "media_type", .value = "STORIES"}}).status,
            200);
  EXPECT_EQ(create_image(jpeg_of(1080, 1350)).status, 200);
  EXPECT_EQ(create_image(jpeg_of(1910, 1000)).status, 200);
  EXPECT_EQ(create_image(jpeg_of(1911, 1000)).code(), 36003);
}

TEST_F(InstagramContainer, IG05_ACaptionMayHave2200CodePoints) {
  std::string longest;
  for (int i = 0; i < 2200; ++i) longest += "é";
  EXPECT_EQ(create_image(jpeg_of(1, 1), {{.name = "caption", .value = longest}}).status, 200);
  expect_vector(create_image(jpeg_of(1, 1), {{.name = "caption", .value = longest + "x"}}), 400,
                R"({"error":{"message":"The caption was too long.","type":"OAuthException",)"
                R"("code":36004,"error_subcode":2207010,"is_transient":false,)"
                R"("error_user_title":"Caption too long","error_user_msg":"The submitted image's )"
                R"(caption was 2201 characters long. The maximum number of characters permitted )"
                R"(for a caption is 2200."}})");
}

TEST_F(InstagramContainer, IG06_HashtagsAndMentionsAreCounted) {
  const auto with = [&](const std::string& word, int count) {
    std::string caption;
    for (int i = 0; i < count; ++i) caption += word + std::to_string(i) + " ";
    return create_image(jpeg_of(1, 1), {{.name = "caption", .value = caption}});
  };
  EXPECT_EQ(with("#bread", 30).status, 200);
  EXPECT_EQ(with("@friend", 20).status, 200);
  EXPECT_EQ(with("mia@home", 21).status, 200) << "an address is no mention";
  for (const auto& heard : {with("#bread", 31), with("@friend", 21)})
    expect_vector(heard, 400,
                  R"({"error":{"message":"Invalid parameter","type":"OAuthException","code":100,)"
                  R"("error_subcode":2207040,"is_transient":false,)"
                  R"("error_user_title":"Too many tags",)"
                  R"("error_user_msg":"Cannot use more than 20 tags per media."}})");
}

TEST_F(InstagramContainer, IG07_AnUnreachableImageIsRefusedAndLaterTaken) {
  const std::string url = "https://media.test/missing.jpg";
  expect_vector(
      create(token, {{.name = "image_url", .value = url}}), 400,
      R"({"error":{"message":"Only photo or video can be accepted as media type.",)"
      R"("type":"OAuthException","code":9004,"error_subcode":2207052,"is_transient":false,)"
      R"("error_user_title":"Media download has failed. The media URI doesn't meet our )"
      R"(requirements.","error_user_msg":"The media could not be fetched from this URI: )"
      R"(https://media.test/missing.jpg. Please check the limitations"}})");
  rig.web[url] = {.outcome = Fetched::Outcome::ok,
                  .status = 404,
                  .body = std::make_shared<const Bytes>(jpeg_of(10, 10))};
  EXPECT_EQ(create(token, {{.name = "image_url", .value = url}}).code(), 9004);
  EXPECT_EQ(create_image("<html>sign in</html>").code(), 9004);
  rig.serve(url, jpeg_of(10, 10));
  EXPECT_EQ(create(token, {{.name = "image_url", .value = url}}).status, 200);
}

TEST_F(InstagramContainer, IG08_ASlowMediaHostIsATimeout) {
  rig.web["https://media.test/slow.jpg"] = {.outcome = Fetched::Outcome::timed_out};
  expect_vector(create(token, {{.name = "image_url", .value = "https://media.test/slow.jpg"}}), 400,
                R"({"error":{"message":"Timeout","type":"OAuthException","code":-2,)"
                R"("error_subcode":2207003,"is_transient":true,"error_user_title":"Timeout",)"
                R"("error_user_msg":"It takes too long to download the media."}})");
}

TEST_F(InstagramContainer, IG09_AnUnsupportedVideoFailsInProcessing) {
  const auto heard = processed_reel(mp4_of({.codec = "mp4v"}));
  expect_vector(heard, 200,
                R"({"status_code":"ERROR","status":"Error: Media upload has failed with error )"
                R"(code 2207026","id":"17889450000000001"})");
  EXPECT_EQ(publish(token, heard.text("id")).code(), 9007);
  EXPECT_EQ(processed_reel("no film at all").text("status_code"), "ERROR");
  EXPECT_EQ(processed_reel(mp4_of({.duration_ms = 2'000})).text("status_code"), "ERROR");
  EXPECT_EQ(processed_reel(mp4_of({.duration_ms = 901'000})).text("status_code"), "ERROR");
  EXPECT_EQ(processed_reel(mp4_of({.width = 1922})).text("status_code"), "ERROR");
  EXPECT_EQ(processed_reel(mp4_of({.codec = "hvc1"})).text("status_code"), "FINISHED");
  EXPECT_EQ(processed_reel(mp4_of({.moov_first = false})).text("status_code"), "FINISHED");
  rig.switches.set("meta.moov_first", "on");
  EXPECT_EQ(processed_reel(mp4_of({.moov_first = false})).text("status_code"), "ERROR");
}

TEST_F(InstagramContainer, IG12_ACarouselHasTwoToTenItems) {
  std::string ids;
  for (int i = 0; i < 11; ++i)
    ids += (i > 0 ? "," : "") +
           create_image(jpeg_of(9, 9), {{.name = "is_carousel_item", .value = "true"}}).text("id");
  wait(3);
  const auto carousel = [&](const std::string& children) {
    return create(token, {{.name = "media_type", .value = "CAROUSEL"},
                          {.name = "children", .value = children}});
  };
  for (const auto& children : {ids, ids.substr(0, 17), std::string()})
    expect_vector(carousel(children), 400,
                  R"({"error":{"message":"Invalid parameter","type":"OAuthException","code":100,)"
                  R"("error_subcode":2207028,"is_transient":false,)"
                  R"("error_user_title":"Carousel validation failed","error_user_msg":"Your post )"
                  R"(won't work as a carousel. It needs at least 2 and at most 10 photos and/or )"
                  R"(videos."}})");
  EXPECT_EQ(carousel(ids.substr(0, 35)).status, 200);
  EXPECT_EQ(carousel("[\"" + ids.substr(0, 17) + "\",\"" + ids.substr(18, 17) + "\"]").status, 200);
}

TEST_F(InstagramContainer, IG13_AChildMustBeAFinishedCarouselItem) {
  const auto child =
      create_image(jpeg_of(9, 9), {{.name = "is_carousel_item", .value = "true"}}).text("id");
  const auto alone = create_image(jpeg_of(9, 9)).text("id");
  const auto carousel = [&](const std::string& children) {
    return create(token, {{.name = "media_type", .value = "CAROUSEL"},
                          {.name = "children", .value = children}});
  };
  EXPECT_EQ(carousel(child + "," + child).code(), 9007);
  wait(3);
  EXPECT_EQ(carousel(child + "," + alone).subcode(), 2207028);
  expect_vector(create(token, {{.name = "video_url", .value = kFilm},
                               {.name = "is_carousel_item", .value = "true"}}),
                400,
                R"({"error":{"message":"The parameter image_url is required",)"
                R"("type":"IGApiException","code":100}})");
}

TEST_F(InstagramContainer, IG14_AChildTakesNoCaptionPlaceOrAiLabel) {
  for (const char* name : {"is_ai_generated", "caption", "location_id"}) {
    const auto heard = create_image(jpeg_of(9, 9), {{.name = "is_carousel_item", .value = "true"},
                                                    {.name = name, .value = "1"}});
    expect_vector(heard, 400,
                  R"({"error":{"message":"(#100) param )" + std::string(name) +
                      R"( is not allowed for carousel items","type":"OAuthException",)"
                      R"("code":100}})");
  }
  EXPECT_EQ(create_image(jpeg_of(9, 9), {{.name = "is_ai_generated", .value = "true"}}).status,
            200);
}

TEST_F(InstagramContainer, IG15_AnUnknownMediaTypeIsRefused) {
  expect_vector(create_image(jpeg_of(9, 9), {{.name = "media_type", .value = "CLIP"}}), 400,
                R"({"error":{"message":"Invalid parameter","type":"OAuthException","code":100,)"
                R"("error_subcode":2207023,"is_transient":false,)"
                R"("error_user_title":"Unknown media type",)"
                R"("error_user_msg":"The media type CLIP is unknown."}})");
  EXPECT_EQ(create_image(jpeg_of(9, 9), {{.name = "media_type", .value = "IMAGE"}}).status, 200);
}

TEST_F(InstagramContainer, IG17_AThumbnailOffsetBeyondTheVideoIsRefused) {
  const auto reel = [&](const char* offset) {
    return create(token, {{.name = "media_type", .value = "REELS"},
                          {.name = "video_url", .value = kFilm},
                          {.name = "thumb_offset", .value = offset}});
  };
  EXPECT_EQ(reel("11999").status, 200);
  expect_vector(reel("12000"), 400,
                R"({"error":{"message":"Invalid thumbnail offset","type":"OAuthException",)"
                R"("code":1,"error_subcode":2207057,"is_transient":false,)"
                R"("error_user_title":"Invalid thumbnail offset","error_user_msg":"Thumbnail )"
                R"(offset must be greater than or equal to 0 and less than video duration, i.e. )"
                R"(12000"}})");
}

TEST_F(InstagramContainer, AReelsCoverIsFetchedAndJudgedAsAnImage) {
  const auto reel = [&](const std::string& cover) {
    return create(token, {{.name = "media_type", .value = "REELS"},
                          {.name = "video_url", .value = kFilm},
                          {.name = "cover_url", .value = cover}});
  };
  EXPECT_EQ(reel("https://media.test/no-cover.jpg").code(), 9004);
  rig.serve("https://media.test/cover.png", png_of(10, 10));
  EXPECT_EQ(reel("https://media.test/cover.png").code(), 36001);
  rig.serve("https://media.test/cover.jpg", jpeg_of(1080, 1920));
  const auto made = reel("https://media.test/cover.jpg");
  wait(9);
  const auto id = publish(token, made.text("id")).text("id");
  EXPECT_NE(get("/" + id, token, "fields=thumbnail_url").text("thumbnail_url"), "");
}

TEST_F(InstagramContainer, UnknownParametersAreRefusedBeforeAnythingIsFetched) {
  const auto heard =
      hear(Rig::form(kGraph + "/" + kAccount + "/media", {{.name = "access_token", .value = token},
                                                          {.name = "image_url", .value = kPhoto},
                                                          {.name = "captoin", .value = "x"}}));
  EXPECT_EQ(heard.code(), 100);
  EXPECT_TRUE(heard.answer.fetch_first.empty());
}

TEST_F(InstagramContainer, ExtrasHaveTheirLimits) {
  const auto with = [&](const char* name, const std::string& value) {
    return create_image(jpeg_of(9, 9), {{.name = name, .value = value}}).status;
  };
  EXPECT_EQ(with("alt_text", std::string(1000, 'a')), 200);
  EXPECT_EQ(with("alt_text", std::string(1001, 'a')), 400);
  EXPECT_EQ(with("collaborators", R"(["a","b","c"])"), 200);
  EXPECT_EQ(with("collaborators", R"(["a","b","c","d"])"), 400);
  EXPECT_EQ(with("user_tags", R"([{"username":"ana","x":0.5,"y":1}])"), 200);
  EXPECT_EQ(with("user_tags", R"([{"username":"ana"}])"), 400);
  EXPECT_EQ(with("user_tags", R"([{"username":"ana","x":0.5,"y":1.1}])"), 400);
  EXPECT_EQ(with("location_id", "somewhere"), 400);
}

class InstagramUpload : public InstagramContainer {
 protected:
  InstagramUpload() {
    const auto made = create(token, {{.name = "media_type", .value = "REELS"},
                                     {.name = "upload_type", .value = "resumable"},
                                     {.name = "caption", .value = "Raw"}});
    container = made.text("id");
    uri = made.text("uri");
  }
  Heard upload(const std::string& bearer, const std::string& body,
               std::vector<http::Header> headers) {
    headers.push_back({"Authorization", "OAuth " + bearer});
    return hear({.method = "POST", .url = uri, .body = body, .headers = std::move(headers)});
  }

  std::string container;
  std::string uri;
};

TEST_F(InstagramUpload, RawBytesBecomeAReel) {
  EXPECT_EQ(uri, "https://rupload.facebook.com/ig-api-upload/v26.0/" + container);
  const auto film = mp4_of({});
  const auto sent =
      upload(token, film, {{"offset", "0"}, {"file_size", std::to_string(film.size())}});
  expect_vector(sent, 200, R"({"success":true,"message":"Upload successful."})");
  wait(9);
  EXPECT_EQ(publish(token, container).status, 200);
  EXPECT_EQ(rig.ledger.entries()[0].kind, "reel");
}

TEST_F(InstagramUpload, AnUploadGoesOnWhereVideoStatusSays) {
  const auto film = mp4_of({});
  const auto total = std::to_string(film.size());
  upload(token, film.substr(0, 100), {{"offset", "0"}, {"file_size", total}});
  const auto status = get("/" + container, token, "fields=video_status");
  EXPECT_EQ(status.body.at("video_status").at("uploading_phase").at("bytes_transferred"), 100);
  EXPECT_EQ(upload(token, film, {{"offset", "50"}, {"file_size", total}}).status, 400);
  EXPECT_EQ(upload(token, film.substr(100), {{"offset", "100"}, {"file_size", total}}).status, 200);
  wait(9);
  EXPECT_EQ(publish(token, container).status, 200);
}

TEST_F(InstagramUpload, FileUrlAloneIsFetched) {
  EXPECT_EQ(upload(token, "", {{"file_url", kFilm}}).status, 200);
  wait(9);
  EXPECT_EQ(publish(token, container).status, 200);
}

TEST_F(InstagramUpload, IG28_AWrongTokenIsRefused) {
  expect_vector(upload("wrong", "x", {{"offset", "0"}, {"file_size", "1"}}), 400,
                R"({"debug_info":{"retriable":false,"type":"ProcessingFailedError",)"
                R"("message":"{\"success\":false,\"error\":{\"message\":\"unauthorized user )"
                R"(request\"}}"}})");
}

TEST_F(InstagramUpload, IG29_RawBytesWithoutOffsetAreRefused) {
  constexpr std::string_view kMissing =
      R"({"debug_info":{"type":"ParameterValidationError","message":"HeaderValuePredicate: )"
      R"(Header Offset not convertable to unsigned long"}})";
  expect_vector(upload(token, "x", {{"file_size", "1"}}), 400, kMissing);
  rig.switches.set("meta.offset_with_file_url", "on");
  expect_vector(upload(token, "", {{"file_url", kFilm}}), 400, kMissing);
}

}  // namespace herald::sandbox
