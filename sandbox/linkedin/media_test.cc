// Uploads and what posts carry (vectors L18 to L23, L27).
#include "sandbox/linkedin/rig.h"

namespace herald::sandbox::linkedin {

constexpr std::size_t kPart = 4'194'304;

std::string film(std::size_t bytes = 100'000, std::int64_t duration_ms = 12'000) {
  auto out = mp4_of({.duration_ms = duration_ms, .width = 1280, .height = 720});
  const auto filler = bytes - out.size();
  return out + box("free", std::string(filler - 8, 'f'));
}

std::string joined_ids(const std::vector<std::string>& ids) {
  boost::json::array out;
  for (const auto& id : ids) out.emplace_back(id);
  return boost::json::serialize(out);
}

std::string of_media(const std::string& urn, const std::string& more = {}) {
  return R"(,"content":{"media":{"id":")" + urn + "\"" + more + "}}";
}

std::string of_images(const std::vector<std::string>& urns) {
  std::string out;
  for (const auto& urn : urns) out += (out.empty() ? "" : ",") + (R"({"id":")" + urn) + "\"}";
  return R"(,"content":{"multiImage":{"images":[)" + out + "]}}";
}

class LinkedInMedia : public LinkedInTest {
 protected:
  struct Video {
    std::string urn;
    std::vector<std::string> etags;
  };

  boost::json::value begin(const std::string& token, std::size_t bytes,
                           const std::string& more = {}) {
    return json_of(initialize("videos", token, kMember,
                              R"(,"fileSizeBytes":)" + std::to_string(bytes) + more));
  }
  // All parts sent, nothing finalized.
  Video send_parts(const std::string& token, const std::string& bytes) {
    const auto value = begin(token, bytes.size());
    Video video{.urn = text_at(value, "/value/video")};
    for (const auto& part : value_at(value, "/value/uploadInstructions").as_array()) {
      const auto first = value_at(part, "/firstByte").to_number<std::size_t>();
      const auto last = value_at(part, "/lastByte").to_number<std::size_t>();
      const auto sent = put(text_at(part, "/uploadUrl"), bytes.substr(first, last - first + 1));
      EXPECT_EQ(sent.response.status, 200) << sent.response.body;
      video.etags.push_back(header_of(sent, "ETag"));
    }
    return video;
  }
  Answer finalize(const std::string& token, const Video& video, const std::string& echo = {}) {
    return send("/rest/videos?action=finalizeUpload",
                R"({"finalizeUploadRequest":{"video":")" + video.urn + R"(","uploadToken":")" +
                    echo + R"(","uploadedPartIds":)" + joined_ids(video.etags) + "}}",
                token);
  }
  std::string status(const std::string& resource, const std::string& urn,
                     const std::string& token) {
    return text_at(json_of(get(path_of(urn, resource), token)), "/status");
  }
};

TEST_F(LinkedInMedia, an_image_is_shown_once_it_is_processed) {
  const auto token = connect();
  const auto urn = image(token);
  EXPECT_TRUE(posted(token, body_of(kMember, "Rolls", of_media(urn, R"(,"altText":"Rolls")")))
                  .starts_with("urn:li:ugcPost:"));
  const auto entry = rig.ledger.entries().back();
  EXPECT_EQ(entry.kind, "image");
  ASSERT_EQ(entry.media.size(), 1U);
  EXPECT_EQ(entry.media.front().digest, sha256_hex(jpeg_of(640, 480)));
  EXPECT_EQ(entry.media.front().type, "image/jpeg");
}

TEST_F(LinkedInMedia, L18_an_image_that_is_not_there_yet_holds_the_post_back) {
  const auto token = connect();
  const auto value = json_of(initialize("images", token, kMember));
  const auto body = body_of(kMember, "Rolls", of_media(text_at(value, "/value/image")));
  constexpr const char* kWaiting = R"({"status":400,"code":"MEDIA_ASSET_WAITING_UPLOAD",)"
                                   R"("message":"Media asset is waiting upload"})";
  expect_body(post(token, body), 400, kWaiting);
  put(text_at(value, "/value/uploadUrl"), jpeg_of(640, 480), token);
  expect_body(post(token, body), 400, kWaiting);
  EXPECT_EQ(seen(), 0U);
  pass(std::chrono::seconds(5));
  posted(token, body);
}

TEST_F(LinkedInMedia, L19_several_images_are_two_to_twenty) {
  const auto token = connect();
  const auto one = image(token);
  const auto two = image(token);
  const auto count = [&](std::size_t images) {
    return post(token, body_of(kMember, "Rolls", of_images(std::vector<std::string>(images, one))));
  };
  expect_refused(count(1), 400, "INVALID_VALUE_FOR_FIELD");
  expect_refused(count(21), 400, "INVALID_VALUE_FOR_FIELD");
  posted(token, body_of(kMember, "Rolls", of_images({one, two})));
  EXPECT_EQ(rig.ledger.entries().back().media.size(), 2U);
}

TEST_F(LinkedInMedia, L20_a_poll_has_two_to_four_short_options) {
  const auto token = connect();
  const auto poll = [&](const std::string& options, const std::string& days = "THREE_DAYS") {
    return post(token, body_of(kMember, "Vote",
                               R"(,"content":{"poll":{"question":"Which bread?","options":)" +
                                   options + R"(,"settings":{"duration":")" + days + "\"}}}"));
  };
  expect_refused(poll(R"([{"text":"Rye"}])"), 400, "INVALID_VALUE_FOR_FIELD");
  expect_refused(poll(R"([{"text":"Rye"},{"text":")" + std::string(31, 'r') + "\"}]"), 400,
                 "FIELD_LENGTH_TOO_LONG");
  expect_refused(poll(R"([{"text":"Rye"},{"text":"Spelt"}])", "TWO_DAYS"), 400,
                 "INVALID_VALUE_FOR_FIELD");
  EXPECT_EQ(poll(R"([{"text":"Rye"},{"text":"Spelt"}])").response.status, 201);
  EXPECT_EQ(rig.ledger.entries().back().title, "Which bread?: Rye / Spelt");
}

TEST_F(LinkedInMedia, an_article_needs_its_title_and_takes_an_image_of_ours) {
  const auto token = connect();
  const auto article = [](const std::string& members) {
    return R"(,"content":{"article":{"source":"https://bakery.example/oven")" + members + "}}";
  };
  EXPECT_EQ(post(token, body_of(kMember, "Read", article(""))).response.status, 422);
  const auto thumbnail = image(token);
  posted(token, body_of(kMember, "Read",
                        article(R"(,"title":"The oven","thumbnail":")" + thumbnail + "\"")));
  EXPECT_EQ(rig.ledger.entries().back().kind, "article");
  EXPECT_EQ(rig.ledger.entries().back().title, "The oven (https://bakery.example/oven)");
  expect_refused(post(token, body_of(kMember, "Read",
                                     article(R"(,"title":")" + std::string(401, 't') + "\""))),
                 400, "FIELD_LENGTH_TOO_LONG");
}

TEST_F(LinkedInMedia, a_reshare_points_at_a_post_that_may_be_shared) {
  const auto token = connect();
  const auto urn = posted(token, body_of(kMember, "First"));
  const auto reshare = [&](const std::string& parent) {
    return post(token, body_of(kMember, "Again: " + parent.substr(0, 1),
                               R"(,"reshareContext":{"parent":")" + parent + "\"}"));
  };
  EXPECT_EQ(reshare(urn).response.status, 201);
  EXPECT_EQ(rig.ledger.entries().back().kind, "reshare");
  expect_refused(reshare("urn:li:share:7000000000000000001"), 400, "INVALID_URN_ID");
  expect_refused(reshare("urn:li:image:abc"), 400, "INVALID_URN_TYPE");
  const auto closed =
      posted(token, body_of(kMember, "Closed", R"(,"isReshareDisabledByAuthor":true)"));
  expect_refused(reshare(closed), 400, "INVALID_VALUE_FOR_FIELD");
}

TEST_F(LinkedInMedia, a_document_needs_a_title) {
  const auto token = connect();
  const auto urn = upload("documents", token, kMember, "%PDF-1.7\n/Type /Page\n");
  pass(std::chrono::seconds(5));
  EXPECT_EQ(post(token, body_of(kMember, "Guide", of_media(urn))).response.status, 422);
  posted(token, body_of(kMember, "Guide", of_media(urn, R"(,"title":"Guide.pdf")")));
  EXPECT_EQ(rig.ledger.entries().back().kind, "document");
  EXPECT_EQ(rig.ledger.entries().back().media.front().type, "application/pdf");
}

TEST_F(LinkedInMedia, what_cannot_be_processed_cannot_be_posted) {
  const auto token = connect(kAllScopes);
  const auto urn = upload("images", token, kMember, "no picture at all");
  pass(std::chrono::seconds(5));
  EXPECT_EQ(status("images", urn, token), "PROCESSING_FAILED");
  expect_refused(post(token, body_of(kMember, "Rolls", of_media(urn))), 400,
                 "MEDIA_ASSET_PROCESSING_FAILED");
}

TEST_F(LinkedInMedia, a_post_carries_only_its_own_authors_media) {
  const auto token = connect(kAllScopes);
  const auto urn = image(token, kBakery);
  expect_refused(post(token, body_of(kMember, "Rolls", of_media(urn))), 400,
                 "INVALID_VALUE_FOR_FIELD");
  posted(token, body_of(kBakery, "Rolls", of_media(urn)));
  expect_refused(initialize("images", token, kChoir), 403, "ACCESS_DENIED");
}

TEST_F(LinkedInMedia, a_video_in_parts_becomes_available_and_visible) {
  const auto token = connect();
  const auto bytes = film(kPart + 90'000);
  const auto video = send_parts(token, bytes);
  ASSERT_EQ(video.etags.size(), 2U);
  EXPECT_TRUE(video.etags.front().starts_with('"'));
  const auto done = finalize(token, video);
  EXPECT_EQ(done.response.status, 200) << done.response.body;
  EXPECT_TRUE(done.response.body.empty());
  EXPECT_EQ(status("videos", video.urn, token), "PROCESSING");
  pass(std::chrono::seconds(10));
  EXPECT_EQ(status("videos", video.urn, token), "AVAILABLE");
  posted(token, body_of(kMember, "Watch", of_media(video.urn, R"(,"title":"Rolls")")));
  EXPECT_EQ(rig.ledger.entries().back().media.front().digest, sha256_hex(bytes));
}

TEST_F(LinkedInMedia, L21_parts_are_finalized_in_order_with_their_own_etags) {
  const auto token = connect();
  const auto video = send_parts(token, film(kPart + 90'000));
  auto other = video;
  std::swap(other.etags[0], other.etags[1]);
  expect_refused(finalize(token, other), 400, "UPDATING_ASSET_FAILED");
  other.etags = {video.etags[0]};
  expect_refused(finalize(token, other), 400, "UPDATING_ASSET_FAILED");
  other.etags = {video.etags[0], "another"};
  expect_refused(finalize(token, other), 400, "UPDATING_ASSET_FAILED");
  expect_refused(finalize(token, video, "token"), 400, "UPDATING_ASSET_FAILED");
  other.etags = video.etags;
  for (auto& etag : other.etags) etag = etag.substr(1, etag.size() - 2);
  EXPECT_EQ(finalize(token, other).response.status, 200) << "without their quotes";
  EXPECT_EQ(finalize(token, video).response.status, 200) << "and again, with them";
}

TEST_F(LinkedInMedia, an_etag_may_be_a_long_token_and_the_upload_token_filled) {
  turn("etag_form", "token");
  turn("upload_token", "filled");
  const auto token = connect();
  const auto bytes = film();
  const auto value = begin(token, bytes.size());
  const auto sent = put(text_at(value, "/value/uploadInstructions/0/uploadUrl"), bytes);
  const Video video{.urn = text_at(value, "/value/video"), .etags = {header_of(sent, "ETag")}};
  EXPECT_TRUE(video.etags.front().starts_with("/ambry-video/"));
  expect_refused(finalize(token, video), 400, "UPDATING_ASSET_FAILED");
  EXPECT_EQ(finalize(token, video, text_at(value, "/value/uploadToken")).response.status, 200);
}

TEST_F(LinkedInMedia, a_part_must_have_the_size_it_was_given) {
  const auto token = connect();
  const auto value = begin(token, 100'000);
  const auto url = text_at(value, "/value/uploadInstructions/0/uploadUrl");
  expect_refused(put(url, film(99'999)), 400, "UPDATING_ASSET_FAILED");
  expect_refused(initialize("videos", token, kMember, R"(,"fileSizeBytes":1000)"), 400,
                 "INVALID_VALUE_FOR_FIELD");
}

TEST_F(LinkedInMedia, L22_an_unknown_video_is_invalid) {
  const auto token = connect();
  expect_body(finalize(token, {.urn = "urn:li:video:C5505AQnobody", .etags = {"a"}}), 400,
              R"({"status":400,"code":"INVALID_VIDEO_ID","message":"This Video ID is invalid"})");
}

TEST_F(LinkedInMedia, L23_an_upload_address_expires_and_is_used_once) {
  const auto token = connect();
  const auto late = json_of(initialize("images", token, kMember));
  const auto expires = value_at(late, "/value/uploadUrlExpiresAt").to_number<std::int64_t>();
  pass(std::chrono::milliseconds(expires - to_ms(rig.wall)));
  expect_refused(put(text_at(late, "/value/uploadUrl"), jpeg_of(9, 9), token), 400,
                 "EXPIRED_UPLOAD_URL");
  const auto prompt = text_at(json_of(initialize("images", token, kMember)), "/value/uploadUrl");
  expect_refused(put(prompt, jpeg_of(9, 9)), 401, "EMPTY_ACCESS_TOKEN");
  EXPECT_EQ(put(prompt, jpeg_of(9, 9), token).response.status, 201);
  expect_refused(put(prompt, jpeg_of(9, 9), token), 400, "EXPIRED_UPLOAD_URL");
}

TEST_F(LinkedInMedia, L27_a_member_token_may_not_read_an_image) {
  const auto token = connect();
  const auto urn = image(token);
  expect_refused(get(path_of(urn, "images"), token), 403, "ACCESS_DENIED");
  const auto wide = connect(kAllScopes);
  EXPECT_EQ(status("images", urn, wide), "AVAILABLE");
  const auto video = send_parts(wide, film());
  EXPECT_EQ(status("videos", video.urn, wide), "WAITING_UPLOAD");
  turn("member_video_get", "denied");
  expect_refused(get(path_of(video.urn, "videos"), connect()), 403, "ACCESS_DENIED");
}

TEST_F(LinkedInMedia, the_next_processing_can_be_made_to_fail) {
  control("next-processing", {{.name = "outcome", .value = "Broken track"}});
  const auto token = connect();
  const auto video = send_parts(token, film());
  finalize(token, video);
  pass(std::chrono::seconds(10));
  const auto body = json_of(get(path_of(video.urn, "videos"), token));
  EXPECT_EQ(text_at(body, "/status"), "PROCESSING_FAILED");
  EXPECT_EQ(text_at(body, "/processingFailureReason"), "Broken track");
}

}  // namespace herald::sandbox::linkedin
