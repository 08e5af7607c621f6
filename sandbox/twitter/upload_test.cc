// Media (vectors X17 to X20, X31).
#include "sandbox/twitter/rig.h"

namespace herald::sandbox::twitter {

class TwitterUpload : public TwitterTest {
 protected:
  Answer post_media(const std::string& token, const std::string& id) {
    return post(token, R"({"media":{"media_ids":[")" + id + R"("]}})");
  }
  static std::string state_of(const Answer& answer) {
    return text_at(json_of(answer), "/data/processing_info/state");
  }
};

constexpr const char* kUnknownUpload =
    R"({"errors":[{"message":"BadRequest: Not found"}],"title":"Invalid Request",)"
    R"("detail":"One or more parameters to your request was invalid.",)"
    R"("type":"https://api.twitter.com/2/problems/invalid-request"})";

std::string gif_of(int frames) {
  std::string out("GIF89a\x10\0\x10\0\0\0\0", 13);
  for (int i = 0; i < frames; ++i) out += std::string("\x2C\0\0\0\0\x10\0\x10\0\0\x02\x01X\0", 14);
  return out + ";";
}

TEST_F(TwitterUpload, a_film_goes_up_in_segments_is_processed_and_posted) {
  const auto token = connect().access;
  const auto begun = json_of(initialize(token, "video/mp4", film().size(), "tweet_video"));
  const auto id = text_at(begun, "/data/id");
  EXPECT_EQ(text_at(begun, "/data/media_key"), "7_" + id);
  EXPECT_EQ(begun.at_pointer("/data/expires_after_secs"), 1'295'999);
  const auto appended = append(token, id, 0, film());
  EXPECT_EQ(appended.response.status, 200);
  EXPECT_TRUE(json_of(appended).at_pointer("/data/expires_at").is_int64());
  const auto done = finalize(token, id);
  EXPECT_EQ(state_of(done), "pending");
  EXPECT_EQ(json_of(done).at_pointer("/data/size"), film().size());
  EXPECT_EQ(json_of(done).at_pointer("/data/expires_after_secs"), 86'400);
  pass(std::chrono::seconds(2));
  const auto under_way = json_of(status(token, id));
  EXPECT_EQ(text_at(under_way, "/data/processing_info/state"), "in_progress");
  EXPECT_TRUE(under_way.at_pointer("/data/processing_info/progress_percent").is_int64());
  pass(std::chrono::seconds(10));
  EXPECT_EQ(state_of(get("/2/media/upload?media_id=" + id, token)), "succeeded");
  EXPECT_EQ(post_media(token, id).response.status, 201);
  const auto entry = rig.ledger.entries().front();
  EXPECT_EQ(entry.kind, "video");
  ASSERT_EQ(entry.media.size(), 1U);
  EXPECT_EQ(entry.media.front().digest, sha256_hex(film()));
}

TEST_F(TwitterUpload, X17_a_missing_segment_does_not_add_up) {
  const auto token = connect().access;
  const auto bytes = film();
  const auto id =
      text_at(json_of(initialize(token, "video/mp4", bytes.size(), "tweet_video")), "/data/id");
  append(token, id, 0, bytes.substr(0, 100));
  append(token, id, 2, bytes.substr(200));
  expect_invalid(finalize(token, id), "Segments do not add up to provided total file size.");
  append(token, id, 1, bytes.substr(100, 100));
  EXPECT_EQ(finalize(token, id).response.status, 200) << "it can still be sent";
  const auto unmeasured = text_at(
      json_of(post_json("/2/media/upload/initialize", R"({"media_type":"video/mp4"})", token)),
      "/data/id");
  append(token, unmeasured, 1, bytes);
  expect_invalid(finalize(token, unmeasured), "Segments do not add up");
}

TEST_F(TwitterUpload, X18_a_segment_index_ends_at_999) {
  const auto token = connect().access;
  const auto id = text_at(json_of(initialize(token, "video/mp4", 10, "tweet_video")), "/data/id");
  expect_invalid(append(token, id, 1000, "x"));
  expect_invalid(append(token, id, -1, "x"));
  EXPECT_EQ(append(token, id, 999, "x").response.status, 200);
}

TEST_F(TwitterUpload, X19_a_film_under_way_cannot_be_posted) {
  const auto token = connect().access;
  const auto id = upload(token, "video/mp4", film(), "tweet_video");
  expect_invalid(post_media(token, id), "Your media IDs are invalid.");
  pass(std::chrono::minutes(1));
  EXPECT_EQ(post_media(token, id).response.status, 201);
}

TEST_F(TwitterUpload, X20_the_status_of_an_unknown_id_is_a_bad_request) {
  const auto token = connect().access;
  expect_body(status(token, "1900000000000000010"), 400, kUnknownUpload);
  const auto theirs = upload(connect(kScopes, kBooks).access, "video/mp4", film(), "tweet_video");
  expect_body(status(token, theirs), 400, kUnknownUpload);
}

TEST_F(TwitterUpload, X31_an_upload_at_once_names_its_category_and_nothing_else) {
  const auto token = connect().access;
  const Part media{.name = "media", .value = jpeg_of(64, 64), .filename = "p.jpg"};
  const Part category{.name = "media_category", .value = "tweet_image"};
  expect_invalid(post_parts("/2/media/upload", {media}, token), "$.media_category");
  expect_invalid(
      post_parts("/2/media/upload",
                 {media, category, {.name = "media_type", .value = "image/jpeg"}}, token),
      "$.media_type");
  expect_invalid(post_parts("/2/media/upload",
                            {media, {.name = "media_category", .value = "amplify_video"}}, token),
                 "$.media_category");
  const auto done = post_parts("/2/media/upload", {media, category}, token);
  EXPECT_EQ(done.response.status, 200);
  EXPECT_EQ(state_of(done), "") << "a picture is ready at once";
  EXPECT_EQ(post_media(token, text_at(json_of(done), "/data/id")).response.status, 201);
}

TEST_F(TwitterUpload, bytes_may_come_in_base64) {
  const auto token = connect().access;
  const auto bytes = film();
  const auto id =
      text_at(json_of(initialize(token, "video/mp4", bytes.size(), "tweet_video")), "/data/id");
  const auto path = "/2/media/upload/" + id + "/append";
  const auto body = [&](const std::string& index) {
    return R"({"media":")" + base64(bytes) + R"(","segment_index":)" + index + "}";
  };
  expect_invalid(post_json(path, body("\"0\""), token), "$.segment_index");
  EXPECT_EQ(post_json(path, body("0"), token).response.status, 200);
  EXPECT_EQ(finalize(token, id).response.status, 200);
  const auto at_once = post_json(
      "/2/media/upload",
      R"({"media":")" + base64(jpeg_of(64, 64)) + R"(","media_category":"tweet_image"})", token);
  EXPECT_EQ(at_once.response.status, 200) << at_once.response.body;
}

TEST_F(TwitterUpload, initialize_knows_its_schema) {
  const auto token = connect().access;
  const auto begin = [&](const std::string& body) {
    return post_json("/2/media/upload/initialize", body, token);
  };
  expect_invalid(begin(R"({"media_type":"video/mp4","command":"INIT"})"), "$.command");
  expect_invalid(begin(R"({"media_type":"video/avi"})"), "$.media_type");
  expect_invalid(begin(R"({"media_type":"video/mp4","total_bytes":17179869185})"), "$.total_bytes");
  expect_invalid(begin(R"({"media_type":"video/mp4","media_category":"tweet_image"})"),
                 "$.media_category");
  expect_invalid(begin(R"({"media_type":"image/png","total_bytes":5242881})"),
                 "File size exceeds 5242880 bytes.");
  const auto assumed = begin(R"({"media_type":"image/gif","shared":false})");
  EXPECT_TRUE(text_at(json_of(assumed), "/data/media_key").starts_with("16_"));
}

TEST_F(TwitterUpload, a_failed_processing_says_why_unless_told_not_to) {
  const auto token = connect().access;
  control("next-processing", {{.name = "outcome", .value = "Unsupported video format"}});
  const auto id = upload(token, "video/mp4", film(), "tweet_video");
  pass(std::chrono::minutes(1));
  const auto failed = json_of(status(token, id));
  EXPECT_EQ(text_at(failed, "/data/processing_info/state"), "failed");
  EXPECT_EQ(text_at(failed, "/data/processing_info/error/message"), "Unsupported video format");
  expect_invalid(post_media(token, id), "Your media IDs are invalid.");
  turn("processing_error", "off");
  EXPECT_FALSE(
      json_of(status(token, id)).at_pointer("/data/processing_info").as_object().contains("error"));
}

TEST_F(TwitterUpload, what_a_film_is_decides_how_its_processing_ends) {
  const auto token = connect().access;
  const std::pair<FilmShape, const char*> cases[] = {
      {{.width = 720, .height = 720}, "succeeded"},
      {{.width = 1080, .height = 1920}, "failed"},
      {{.width = 1280, .height = 320}, "failed"},
      {{.duration_ms = 499, .width = 720, .height = 720}, "failed"},
      {{.width = 720, .height = 720, .codec = "hvc1"}, "failed"}};
  for (const auto& [shape, state] : cases) {
    const auto id = upload(token, "video/mp4", mp4_of(shape), "tweet_video");
    pass(std::chrono::minutes(1));
    EXPECT_EQ(state_of(status(token, id)), state) << shape.width << "x" << shape.height;
  }
  turn("video_size", "practice");
  const auto tall =
      upload(token, "video/mp4", mp4_of({.width = 1080, .height = 1920}), "tweet_video");
  pass(std::chrono::minutes(1));
  EXPECT_EQ(state_of(status(token, tall)), "succeeded");
}

TEST_F(TwitterUpload, a_long_film_wants_premium) {
  const auto token = connect().access;
  const auto id = upload(token, "video/mp4", film(141'000), "tweet_video");
  pass(std::chrono::minutes(2));
  const auto refused = post_media(token, id);
  EXPECT_EQ(refused.response.status, 403);
  EXPECT_EQ(text_at(json_of(refused), "/detail"),
            "This user is not allowed to post a video longer than 2 minutes");
  const auto books = connect(kScopes, kBooks).access;
  const auto theirs = upload(books, "video/mp4", film(141'000), "tweet_video");
  pass(std::chrono::minutes(2));
  EXPECT_EQ(post_media(books, theirs).response.status, 201);
}

TEST_F(TwitterUpload, a_gif_has_bounds_and_stands_alone) {
  const auto token = connect().access;
  const auto good = upload(token, "image/gif", gif_of(2), "tweet_gif");
  const auto long_one = upload(token, "image/gif", gif_of(351), "tweet_gif");
  pass(std::chrono::minutes(1));
  EXPECT_EQ(state_of(status(token, good)), "succeeded");
  EXPECT_EQ(state_of(status(token, long_one)), "failed");
  expect_invalid(
      post(token, R"({"media":{"media_ids":[")" + good + R"(",")" + photo(token) + R"("]}})"));
  EXPECT_EQ(post_media(token, good).response.status, 201);
  EXPECT_EQ(rig.ledger.entries().front().kind, "gif");
}

TEST_F(TwitterUpload, what_is_no_picture_is_refused_at_once) {
  const auto token = connect().access;
  expect_invalid(post_parts("/2/media/upload",
                            {{.name = "media", .value = "no picture", .filename = "p.jpg"},
                             {.name = "media_category", .value = "tweet_image"}},
                            token),
                 "media type unrecognized");
}

TEST_F(TwitterUpload, alt_text_stands_with_its_picture) {
  const auto token = connect().access;
  const auto id = photo(token);
  const auto describe = [&](const std::string& text) {
    return post_json("/2/media/metadata",
                     R"({"id":")" + id + R"(","metadata":{"alt_text":{"text":")" + text + R"("}}})",
                     token);
  };
  expect_invalid(describe(std::string(1001, 'a')), "$.metadata.alt_text.text");
  EXPECT_EQ(text_at(json_of(describe("Jar of starter")), "/data/associated_metadata/alt_text/text"),
            "Jar of starter");
  const auto posted_id = posted(token, R"({"media":{"media_ids":[")" + id + R"("]}})");
  const auto read = json_of(
      get("/2/tweets/" + posted_id + "?expansions=attachments.media_keys&media.fields=alt_text",
          token));
  EXPECT_EQ(text_at(read, "/includes/media/0/alt_text"), "Jar of starter");
  const auto page = ask({.url = "https://x.com/bluebakery/status/" + posted_id});
  EXPECT_NE(page.response.body.find("alt=\"Jar of starter\""), std::string::npos);
}

TEST_F(TwitterUpload, subtitles_join_a_film) {
  const auto token = connect().access;
  const auto id = upload(token, "video/mp4", film(), "tweet_video");
  const auto words =
      upload(token, "text/srt", "1\n00:00:01,000 --> 00:00:02,000\nBread\n", "subtitles");
  const auto body = [&](const std::string& category) {
    return R"({"id":")" + id + R"(","media_category":")" + category + R"(","subtitles":{"id":")" +
           words + R"(","language_code":"EN","display_name":"English"}})";
  };
  expect_invalid(post_json("/2/media/subtitles", body("tweet_video"), token), "$.media_category");
  EXPECT_EQ(post_json("/2/media/subtitles", body("TweetVideo"), token).response.status, 200);
}

TEST_F(TwitterUpload, an_upload_session_ends_after_fifteen_days) {
  const auto id =
      text_at(json_of(initialize(connect().access, "video/mp4", 10, "tweet_video")), "/data/id");
  pass(std::chrono::seconds(1'295'999));
  expect_body(append(connect().access, id, 0, "0123456789"), 400, kUnknownUpload);
}

TEST_F(TwitterUpload, order_and_answer_of_segments_are_switches) {
  const auto token = connect().access;
  const auto id = text_at(json_of(initialize(token, "video/mp4", 10, "tweet_video")), "/data/id");
  turn("segment_order", "strict");
  expect_invalid(append(token, id, 1, "56789"), "Segments must be sent in order.");
  turn("append_answer", "204");
  const auto quiet = append(token, id, 0, "01234");
  EXPECT_EQ(quiet.response.status, 204);
  EXPECT_EQ(quiet.response.body, "");
}

TEST_F(TwitterUpload, uploads_want_media_write) {
  const auto token = connect("tweet.read users.read tweet.write").access;
  EXPECT_EQ(initialize(token, "video/mp4", 10, "tweet_video").response.status, 403);
}

}  // namespace herald::sandbox::twitter
