#include "sandbox/mastodon/rig.h"

namespace herald::sandbox::mastodon {

namespace {

using MastodonVectors = MastodonTest;
using MastodonMedia = MastodonTest;

std::string gif_of(unsigned width, unsigned height, int frames) {
  const auto little = [](unsigned value) {
    return std::string{static_cast<char>(value & 0xFF), static_cast<char>(value >> 8 & 0xFF)};
  };
  std::string out = "GIF89a" + little(width) + little(height) + std::string("\0\0\0", 3);
  for (int i = 0; i < frames; ++i)
    out += "," + std::string(4, '\0') + little(width) + little(height) +
           std::string("\0\x02\x02\x44\x01\0", 6);
  return out + ";";
}

TEST_F(MastodonVectors, MA35_APictureIsReadyAtOnceWithItsAltTextAndFocus) {
  const auto answer = upload(
      jpeg_of(640, 480), "image/jpeg", connect(),
      {{.name = "description", .value = "A cake"}, {.name = "focus", .value = "-0.42,0.69"}});
  const auto body = json_of(answer);
  EXPECT_EQ(answer.response.status, 200);
  EXPECT_EQ(text_at(body, "/id"), "22348641");
  EXPECT_EQ(text_at(body, "/type"), "image");
  EXPECT_EQ(text_at(body, "/description"), "A cake");
  EXPECT_EQ(*at(body, "/meta"),
            boost::json::parse(R"({"focus":{"x":-0.42,"y":0.69},"original":{"width":640,)"
                               R"("height":480,"size":"640x480","aspect":1.3333333333333333}})"));
  EXPECT_TRUE(at(body, "/remote_url")->is_null());
  EXPECT_FALSE(text_at(body, "/blurhash").empty());
  const auto file = ask({.url = text_at(body, "/url")});
  EXPECT_EQ(file.response.status, 200);
}

TEST_F(MastodonVectors, MA36_AFilmIsAcceptedAndReadyLater) {
  const auto token = connect();
  const auto answer = upload(mp4_of({}), "video/mp4", token);
  EXPECT_EQ(answer.response.status, 202);
  EXPECT_EQ(text_at(json_of(answer), "/type"), "video");
  EXPECT_TRUE(at(json_of(answer), "/url")->is_null());
  const auto path = "/api/v1/media/" + text_at(json_of(answer), "/id");
  EXPECT_EQ(get(path, token).response.status, 206);
  pass(std::chrono::milliseconds(7999));
  EXPECT_EQ(get(path, token).response.status, 206);
  pass(std::chrono::milliseconds(1));
  const auto done = get(path, token);
  EXPECT_EQ(done.response.status, 200);
  EXPECT_FALSE(text_at(json_of(done), "/url").empty());
}

TEST_F(MastodonVectors, MA37_AFilmIsAttachedWhenItIsReady) {
  const auto token = connect();
  const auto id = film(token);
  expect_body(create(with_media({id}), token, "k1"), 422,
              error_body("Cannot attach files that have not finished processing. Try again in a "
                         "moment!"));
  pass(std::chrono::seconds(8));
  const auto done = create(with_media({id}), token, "k1");
  EXPECT_EQ(text_at(json_of(done), "/media_attachments/0/id"), id);
  EXPECT_EQ(rig.ledger.entries().back().kind, "video");
}

TEST_F(MastodonVectors, MA38_ProcessingMayFailOrNeverEnd) {
  const auto token = connect();
  control("next-media", {{.name = "outcome", .value = "fails"}});
  control("next-media", {{.name = "outcome", .value = "stuck"}});
  const auto failing = film(token);
  const auto stuck = film(token);
  pass(std::chrono::hours(1));
  expect_body(get("/api/v1/media/" + failing, token), 422,
              error_body("Error processing thumbnail for uploaded media"));
  turn("failed_media", "validation");
  expect_body(get("/api/v1/media/" + failing, token), 422,
              error_body("Validation failed: File is invalid"));
  EXPECT_EQ(get("/api/v1/media/" + stuck, token).response.status, 206);
  EXPECT_EQ(create(with_media({failing}), token).response.status, 422);
  control("next-media", {{.name = "outcome", .value = "fails"}});
  expect_body(upload(jpeg_of(640, 480), "image/jpeg", token), 500,
              error_body("Error processing thumbnail for uploaded media"));
}

TEST_F(MastodonVectors, MA39_FilesAreWhatTheySayAndNotTooLarge) {
  const auto token = connect();
  const auto no = error_body("Validation failed: File content type is invalid, File is invalid");
  expect_body(upload("Just words", "image/png", token), 422, no);
  expect_body(upload(png_of(10, 10), "image/jpeg", token), 422, no);
  expect_body(upload(jpeg_of(100, 100, 17UL * 1024 * 1024), "image/jpeg", token), 422,
              error_body("Validation failed: File file size must be less than 16 MB, File must be "
                         "less than 16 MB"));
  expect_body(upload(jpeg_of(7681, 4321), "image/jpeg", token), 422,
              error_body("7681x4321 images are not supported"));
  expect_body(upload(gif_of(1281, 720, 1), "image/gif", token), 422,
              error_body("1281x720 GIF files are not supported"));
  expect_body(upload(mp4_of({.width = 4096, .height = 2160}), "video/mp4", token), 422,
              error_body("4096x2160 videos are not supported"));
  expect_body(upload(mp4_of({.frames_per_second = 150}), "video/mp4", token), 422,
              error_body("150fps videos are not supported"));
  EXPECT_EQ(upload(jpeg_of(7680, 4320), "image/jpeg", token).response.status, 200);
  EXPECT_EQ(upload(gif_of(1280, 720, 1), "image/gif", token).response.status, 200);
}

TEST_F(MastodonVectors, MA40_AnAltTextHasItsLimitInLetters) {
  const auto token = connect();
  const auto described = [&](std::size_t letters, const std::string& letter) {
    std::string text;
    while (letters-- > 0) text += letter;
    return upload(jpeg_of(64, 48), "image/jpeg", token, {{.name = "description", .value = text}});
  };
  expect_body(described(1501, "a"), 422,
              error_body("Validation failed: Description is too long (maximum is 1500 "
                         "characters)"));
  EXPECT_EQ(described(1500, "\u00e9").response.status, 200);
  turn("profile", "4.7.4");
  EXPECT_EQ(described(10000, "a").response.status, 200);
  EXPECT_EQ(described(10001, "a").response.status, 422);
}

TEST_F(MastodonVectors, MA41_FourPicturesOrOneFilmOrAPoll) {
  const auto token = connect();
  std::vector<std::string> pictures;
  for (int i = 0; i < 5; ++i) pictures.push_back(picture(token));
  const auto most = error_body("Cannot attach more than 4 files");
  expect_body(create(with_media(pictures), token), 422, most);
  auto polled = with_media({pictures[0]});
  polled.push_back({.name = "poll[options][]", .value = "A"});
  polled.push_back({.name = "poll[options][]", .value = "B"});
  polled.push_back({.name = "poll[expires_in]", .value = "3600"});
  expect_body(create(polled, token), 422, most);
  const auto moving = film(token);
  pass(std::chrono::seconds(8));
  expect_body(create(with_media({pictures[0], moving}), token), 422,
              error_body("Cannot attach a video to a post that already contains images"));
  const auto four =
      json_of(create(with_media({pictures[3], pictures[1], pictures[0], pictures[2]}), token));
  EXPECT_EQ(text_at(four, "/media_attachments/0/id"), pictures[3]);
  EXPECT_EQ(text_at(four, "/media_attachments/3/id"), pictures[2]);
  EXPECT_EQ(rig.ledger.entries().back().media.size(), 4U);
}

TEST_F(MastodonVectors, MA42_MediaOfOthersOrAttachedOrOldAreNotThere) {
  const auto token = connect();
  const auto expect_gone = [&](const std::string& id) {
    expect_body(create(with_media({id}), token), 422,
                error_body("Media " + id + " not found or already attached to another post"));
    expect_body(get("/api/v1/media/" + id, token), 404, error_body("Record not found"));
  };
  expect_gone(picture(connect(kScopes, kBooks)));
  const auto attached = picture(token);
  posted(with_media({attached}), token);
  expect_gone(attached);
  const auto old = picture(token);
  pass(std::chrono::hours(25));
  expect_gone(old);
  expect_body(create(with_media({"1", "2"}), token), 422,
              error_body("Media 1, 2 not found or already attached to another post"));
}

TEST_F(MastodonMedia, AnAnimatedGifIsAFilmThatMayTakeItsTime) {
  const auto token = connect();
  const auto later = upload(gif_of(100, 100, 3), "image/gif", token);
  EXPECT_EQ(later.response.status, 202);
  EXPECT_EQ(text_at(json_of(later), "/type"), "gifv");
  turn("gif_answer", "200");
  const auto first = uploaded(gif_of(100, 100, 3), "image/gif", token);
  const auto second = uploaded(gif_of(100, 100, 4), "image/gif", token);
  turn("several_gifs", "refused");
  EXPECT_EQ(create(with_media({first, second}), token).response.status, 422);
  turn("several_gifs", "accepted");
  EXPECT_EQ(create(with_media({first, second}), token).response.status, 200);
}

TEST_F(MastodonMedia, ASoundIsProcessedAndTakesAPictureWithIt) {
  const auto token = connect();
  const auto answer = upload(
      "ID3" + std::string(100, 'x'), "audio/mpeg", token,
      {{.name = "thumbnail", .value = jpeg_of(10, 10), .filename = "t.jpg", .type = "image/jpeg"}});
  EXPECT_EQ(answer.response.status, 202);
  pass(std::chrono::seconds(4));
  EXPECT_EQ(get("/api/v1/media/" + text_at(json_of(answer), "/id"), token).response.status, 200);
  EXPECT_EQ(upload(jpeg_of(10, 10), "image/jpeg", token,
                   {{.name = "thumbnail", .value = "x", .filename = "t", .type = "image/png"}})
                .response.status,
            400);
}

TEST_F(MastodonMedia, HeicIsTakenUntilItIsNot) {
  const auto token = connect();
  const auto heic = std::string("\0\0\0\x18", 4) + "ftypheic" + std::string(40, '\0');
  EXPECT_EQ(upload(heic, "image/heic", token).response.status, 200);
  turn("profile", "4.7.4");
  EXPECT_EQ(upload(heic, "image/heic", token).response.status, 422);
}

TEST_F(MastodonMedia, DetailsChangeAndFilesGoOnlyWhileNothingHasThem) {
  const auto token = connect();
  const auto id = picture(token);
  const auto path = "/api/v1/media/" + id;
  const auto change = [&](const std::string& name, const std::string& value) {
    return ask(Rig::form(kRoot + path, {{.name = name, .value = value}}, "PUT"), token);
  };
  EXPECT_EQ(text_at(json_of(change("description", "A roll")), "/description"), "A roll");
  EXPECT_EQ(change("focus", "2,0").response.status, 400);
  posted(with_media({id}), token);
  EXPECT_EQ(change("description", "Late").response.status, 404);
  EXPECT_EQ(remove(path, token).response.status, 422);
  const auto other = "/api/v1/media/" + picture(token);
  EXPECT_EQ(remove(other, token).response.status, 200);
  EXPECT_EQ(get(other, token).response.status, 404);
}

TEST_F(MastodonMedia, TheOldUploadWaitsAndAnEmptyOneIsRefused) {
  const auto token = connect();
  const auto old = ask(
      multipart("/api/v1/media",
                {{.name = "file", .value = mp4_of({}), .filename = "a.mp4", .type = "video/mp4"}}),
      token);
  EXPECT_EQ(old.response.status, 200);
  EXPECT_FALSE(text_at(json_of(old), "/url").empty());
  EXPECT_EQ(ask(multipart("/api/v2/media", {{.name = "description", .value = "x"}}), token)
                .response.status,
            422);
  EXPECT_EQ(get("/api/v1/media/1", connect("read")).response.status, 403);
}

TEST_F(MastodonMedia, ADeletedPostsPictureCanBePostedAgainUnlessItWentToo) {
  const auto token = connect();
  const auto id = picture(token);
  remove("/api/v1/statuses/" + posted(with_media({id}), token), token);
  const auto again = posted(with_media({id}), token);
  remove("/api/v1/statuses/" + again + "?delete_media=true", token);
  EXPECT_EQ(create(with_media({id}), token).response.status, 422);
}

}  // namespace

}  // namespace herald::sandbox::mastodon
