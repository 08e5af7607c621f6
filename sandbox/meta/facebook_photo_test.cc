// Pages: photos, several photos, photo stories, by the vectors of the fact sheet.
#include <gmock/gmock.h>

#include "sandbox/meta/facebook_rig.h"

namespace herald::sandbox {

using ::testing::ElementsAre;

class FacebookPhotos : public FacebookRig {
 protected:
  Heard photo(std::vector<Field> fields = {}) {
    fields.push_back({.name = "url", .value = kPhoto});
    return on_page("/photos", std::move(fields));
  }
  Heard story(const std::string& photo_id) {
    return on_page("/photo_stories", {{.name = "photo_id", .value = photo_id}});
  }
};

TEST_F(FacebookPhotos, APhotoIsAPost) {
  const auto made = photo(
      {{.name = "caption", .value = "Loaves"}, {.name = "alt_text_custom", .value = "Six loaves"}});
  ASSERT_EQ(made.status, 200);
  EXPECT_TRUE(made.answer.publishes);
  const auto seen = rig.ledger.entries();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].kind, "image");
  EXPECT_EQ(seen[0].text, "Loaves");
  EXPECT_EQ(seen[0].id, made.text("post_id"));
  ASSERT_EQ(seen[0].media.size(), 1U);
  EXPECT_NE(rig.media.find(seen[0].media[0].digest), nullptr);
  EXPECT_EQ(get("/" + made.text("id"), token, "fields=alt_text_custom").text("alt_text_custom"),
            "Six loaves");
}

TEST_F(FacebookPhotos, APhotoMayComeAsAPart) {
  const auto jpeg = jpeg_of(800, 600);
  const std::string edge = "--x\r\nContent-Disposition: form-data; name=\"";
  const auto made =
      hear({.method = "POST",
            .url = kGraph + "/" + kPage + "/photos",
            .content_type = "multipart/form-data; boundary=x",
            .body = edge + "access_token\"\r\n\r\n" + token + "\r\n" + edge +
                    "source\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n" + jpeg +
                    "\r\n--x--\r\n"});
  ASSERT_EQ(made.status, 200) << made.answer.response.body;
  EXPECT_EQ(rig.media.find(rig.ledger.entries().at(0).media.at(0).digest)->view(), jpeg);
}

TEST_F(FacebookPhotos, SeveralPhotosAreOnePost) {
  const auto first = unpublished_photo();
  const auto second = unpublished_photo();
  EXPECT_EQ(posts_seen(), 0U);
  const auto made = photos_post({first, second});
  ASSERT_EQ(made.status, 200) << made.answer.response.body;
  const auto seen = rig.ledger.entries();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].kind, "images");
  EXPECT_EQ(seen[0].media.size(), 2U);
  const auto body = get("/" + made.text("id"), token, "fields=attachments").body;
  const auto& album = body.at("attachments").at("data").at(0);
  EXPECT_EQ(album.at("subattachments").at("data").as_array().size(), 2U);
}

TEST_F(FacebookPhotos, AttachedMediaMayBeAnArrayInJson) {
  const auto body = R"({"message":"Json","attached_media":[{"media_fbid":")" +
                    unpublished_photo(true) + R"("}],"access_token":")" + token + "\"}";
  const auto made = hear({.method = "POST",
                          .url = kGraph + "/" + kPage + "/feed",
                          .content_type = "application/json",
                          .body = body});
  EXPECT_EQ(made.status, 200) << made.answer.response.body;
}

TEST_F(FacebookPhotos, FB06_ABrokenAddressIsRefused) {
  constexpr const char* kBroken =
      R"({"error":{"message":"(#324) Missing or invalid image file","type":"OAuthException",)"
      R"("code":324}})";
  expect_vector(on_page("/photos", {{.name = "url", .value = "https://media.test/none.jpg"}}), 400,
                kBroken);
  rig.serve("https://media.test/text.jpg", "no picture");
  expect_vector(on_page("/photos", {{.name = "url", .value = "https://media.test/text.jpg"}}), 400,
                kBroken);
}

TEST_F(FacebookPhotos, FB07_APhotoHasALargestSize) {
  constexpr std::size_t kMiB = 1024 * 1024;
  constexpr const char* kTooLarge =
      R"({"error":{"message":"(#100) Photos should be smaller than 4 MB and saved as JPG, PNG.",)"
      R"("type":"OAuthException","code":100,"error_subcode":1366046,"is_transient":false}})";
  rig.serve(kPhoto, jpeg_of(1080, 1080, 10 * kMiB + 1));
  expect_vector(photo(), 400, kTooLarge);
  rig.serve(kPhoto, jpeg_of(1080, 1080, 5 * kMiB));
  EXPECT_EQ(photo().status, 200);
  rig.switches.set("meta.photo_mb", "4");
  expect_vector(photo(), 400, kTooLarge);
}

TEST_F(FacebookPhotos, FB08_OnlyAFreshPhotoOfThePageIsAttached) {
  const auto used = unpublished_photo();
  photos_post({used});
  expect_vector(photos_post({used}), 400, kInvalid);
  expect_vector(photos_post({"4711"}), 400, kInvalid);
  const auto old = unpublished_photo();
  wait(25 * 3600);
  expect_vector(photos_post({old}), 400, kInvalid);
  const std::string other = "112233445577";
  const auto theirs = get("/" + other, person, "fields=access_token").text("access_token");
  const auto foreign =
      post("/" + other + "/photos", theirs,
           {{.name = "url", .value = kPhoto}, {.name = "published", .value = "false"}})
          .text("id");
  ASSERT_NE(foreign, "");
  expect_vector(photos_post({foreign}), 400, kInvalid);
  EXPECT_EQ(posts_seen(), 1U);
}

TEST_F(FacebookPhotos, FB08_APhotoStandsInAPostOnce) {
  const auto id = unpublished_photo();
  expect_vector(photos_post({id, id}), 400, kInvalid);
  EXPECT_EQ(photos_post({id}).status, 200);
}

TEST_F(FacebookPhotos, FB09_ScheduledPhotosAreTemporaryAndSaidSo) {
  const auto later = [&](const std::string& id, bool said) {
    std::vector<Field> fields = {{.name = "published", .value = "false"},
                                 {.name = "scheduled_publish_time", .value = after(3600)}};
    if (said) fields.push_back({.name = "unpublished_content_type", .value = "SCHEDULED"});
    return photos_post({id}, fields);
  };
  expect_vector(later(unpublished_photo(false), true), 400, kInvalid);
  const auto temporary = unpublished_photo(true);
  expect_vector(later(temporary, false), 400, kInvalid);
  const auto made = later(temporary, true);
  ASSERT_EQ(made.status, 200);
  EXPECT_THAT(listed("/scheduled_posts"), ElementsAre(made.text("id")));
  wait(3600);
  side->settle();
  EXPECT_EQ(rig.ledger.entries().at(0).media.size(), 1U);
}

TEST_F(FacebookPhotos, OnePhotoMayBeScheduledByItself) {
  const auto made = photo({{.name = "published", .value = "false"},
                           {.name = "scheduled_publish_time", .value = after(3600)}});
  ASSERT_EQ(made.status, 200);
  EXPECT_THAT(listed("/scheduled_posts"), ElementsAre(made.text("post_id")));
  rig.switches.set("meta.scheduled_photo_names_post", "off");
  EXPECT_EQ(photo({{.name = "published", .value = "false"},
                   {.name = "scheduled_publish_time", .value = after(3600)}})
                .text("post_id"),
            "");
}

TEST_F(FacebookPhotos, FB21_AStoryTakesAPhotoThatNobodyHasSeen) {
  const auto seen = photo().text("id");
  expect_vector(story(seen), 400, kInvalid);
  const auto made = story(unpublished_photo());
  ASSERT_EQ(made.status, 200);
  EXPECT_TRUE(made.body.at("post_id").is_int64());
  EXPECT_GT(made.body.at("post_id").as_int64(), std::int64_t{1} << 53);
  EXPECT_EQ(rig.ledger.entries().at(1).kind, "story");
  rig.switches.set("meta.story_post_id", "text");
  EXPECT_TRUE(story(unpublished_photo()).body.at("post_id").is_string());
}

TEST_F(FacebookPhotos, FB21_AStorysPhotoIsLessThanADayOld) {
  const auto id = unpublished_photo();
  wait(24 * 3600);
  expect_vector(story(id), 400, kInvalid);
}

TEST_F(FacebookPhotos, FB31_AStoryTakesNoAddress) {
  expect_vector(on_page("/photo_stories", {{.name = "url", .value = kPhoto}}), 400, kInvalid);
  expect_vector(on_page("/video_stories", {{.name = "upload_phase", .value = "start"},
                                           {.name = "file_url", .value = kFilm}}),
                400, kInvalid);
}

TEST_F(FacebookPhotos, StoriesAreListedByTheirMediaAndArchivedAfterADay) {
  const auto id = unpublished_photo();
  const auto made = story(id);
  const auto row = get("/" + kPage + "/stories", token).body.at("data").as_array().at(0);
  EXPECT_EQ(row.at("media_id").as_string(), id);
  EXPECT_EQ(row.at("post_id").as_string(), made.text("post_id"));
  EXPECT_EQ(row.at("status").as_string(), "PUBLISHED");
  wait(86'400);
  const auto later = get("/" + kPage + "/stories", token, "status=ARCHIVED").body.at("data");
  EXPECT_EQ(later.as_array().size(), 1U);
}

}  // namespace herald::sandbox
