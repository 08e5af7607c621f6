// Chunks of a file and their rules (vectors TT15 to TT20).
#include "sandbox/tiktok/rig.h"

namespace herald::sandbox::tiktok {

class TikTokUpload : public TikTokTest {
 protected:
  Answer begin(std::size_t size, std::size_t chunk, std::size_t count) {
    return post("/v2/post/publish/video/init/", token,
                "{" + post_info("SELF_ONLY") + "," + file_source(size, chunk, count) + "}");
  }
  std::string url_of(const Answer& begun) { return text_at(json_of(begun), "/data/upload_url"); }

  const std::string token = access();
  static constexpr std::size_t kChunk = 5'000'000;
  static constexpr std::size_t kWhole = 25'000'123;
};

TEST_F(TikTokUpload, TT15_the_chunk_rules_are_kept) {
  struct Case {
    std::size_t size, chunk, count;
  };
  const Case good[] = {{3'145'728, 3'145'728, 1},   {50'000'123, 10'000'000, 5},
                       {70'000'000, 32'000'000, 2}, {150'000'000, 64'000'000, 2},
                       {67'108'864, 67'108'864, 1}, {4'294'967'296, 64'000'000, 67}};
  const Case bad[] = {{50'000'123, 10'000'000, 6},     {50'000'123, 4'000'000, 12},
                      {70'000'000, 64'000'000, 1},     {150'000'000, 75'000'000, 2},
                      {4'294'967'297, 64'000'000, 67}, {0, 0, 0},
                      {3'145'728, 5'000'000, 0}};
  for (const auto& one : good) {
    EXPECT_EQ(begin(one.size, one.chunk, one.count).response.status, 200) << one.size;
    pass(std::chrono::seconds(11));
  }
  for (const auto& one : bad) {
    expect_refused(begin(one.size, one.chunk, one.count), 400, "invalid_param");
    pass(std::chrono::seconds(11));
  }
}

TEST_F(TikTokUpload, TT15_the_strict_reading_of_MB_narrows_them) {
  turn("chunk_sizes", "strict");
  expect_refused(begin(67'108'864, 67'108'864, 1), 400, "invalid_param");
  expect_refused(begin(25'000'000, 5'000'000, 5), 400, "invalid_param");
  EXPECT_EQ(begin(50'000'123, 10'000'000, 5).response.status, 200);
}

TEST_F(TikTokUpload, TT16_chunks_come_in_order) {
  const auto url = url_of(begin(kWhole, kChunk, 5));
  const auto early = put(url, std::string(kChunk, 'x'), kChunk, kWhole);
  EXPECT_EQ(early.response.status, 416);
  EXPECT_EQ(early.response.body, "");
  EXPECT_EQ(header_of(early, "Content-Range"), "bytes 0-0/25000123");
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), 0, kWhole).response.status, 206);
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), 0, kWhole).response.status, 416);
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), kChunk, kWhole).response.status, 206);
}

TEST_F(TikTokUpload, TT17_what_is_sent_must_be_what_is_said) {
  const auto url = url_of(begin(kWhole, kChunk, 5));
  RigRequest request{.method = "PUT",
                     .url = url,
                     .content_type = "video/mp4",
                     .body = std::string(kChunk - 1, 'x'),
                     .headers = {{"Content-Range", "bytes 0-4999999/25000123"}}};
  EXPECT_EQ(ask(request).response.status, 400);
  request.body += 'x';
  request.content_type = "application/octet-stream";
  EXPECT_EQ(ask(request).response.status, 400);
  request.content_type = "video/mp4";
  request.headers = {{"Content-Range", "bytes 0-4999999/25000124"}};
  EXPECT_EQ(ask(request).response.status, 400);
  request.headers = {};
  EXPECT_EQ(ask(request).response.status, 400);
  EXPECT_EQ(put(url, std::string(kChunk + 1, 'x'), 0, kWhole).response.status, 400)
      << "no chunk is larger than was said";
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), 0, kWhole).response.status, 206);
}

TEST_F(TikTokUpload, TT18_an_upload_url_lives_an_hour) {
  const auto url = url_of(begin(kWhole, kChunk, 5));
  pass(std::chrono::milliseconds(3'599'999));
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), 0, kWhole).response.status, 206);
  pass(std::chrono::milliseconds(1));
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), kChunk, kWhole).response.status, 403);
  pass(std::chrono::hours(2));
  EXPECT_TRUE(rig.ledger.entries().empty()) << "what is abandoned never posts";
}

TEST_F(TikTokUpload, TT19_an_unknown_task_is_not_found) {
  auto url = url_of(begin(kWhole, kChunk, 5));
  url.back() = url.back() == 'A' ? 'B' : 'A';
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), 0, kWhole).response.status, 404);
  EXPECT_EQ(
      ask({.method = "PUT", .url = "https://upload.us.tiktokapis.com/video/"}).response.status,
      404);
}

TEST_F(TikTokUpload, TT20_five_chunks_make_a_film) {
  const auto begun = begin(kWhole, kChunk, 5);
  const auto url = url_of(begun);
  ASSERT_LE(url.size(), 256U);
  const auto bytes = film(kWhole);
  for (std::size_t chunk = 0; chunk < 5; ++chunk) {
    const auto first = chunk * kChunk;
    const auto last = chunk == 4;
    const auto answer =
        put(url, bytes.substr(first, last ? std::string::npos : kChunk), first, kWhole);
    EXPECT_EQ(answer.response.status, last ? 201 : 206);
    const auto stored = last ? kWhole : first + kChunk;
    EXPECT_EQ(header_of(answer, "Content-Range"),
              "bytes 0-" + std::to_string(stored) + "/25000123");
    EXPECT_EQ(answer.publishes, last) << "with its last chunk a post is on its way";
  }
  const auto id = text_at(json_of(begun), "/data/publish_id");
  const auto body = json_of(status(token, id));
  EXPECT_EQ(body.at("data").at("uploaded_bytes"), 25'000'123);
  EXPECT_EQ(text_at(body, "/data/status"), "PROCESSING_UPLOAD");
  pass(std::chrono::seconds(8));
  EXPECT_EQ(state_of(token, id), "PUBLISH_COMPLETE");
  ASSERT_EQ(seen().size(), 1U);
  EXPECT_EQ(rig.media.find(seen().front().media.front().digest)->view(), bytes);
}

TEST_F(TikTokUpload, TT20_the_range_may_name_the_last_index_instead) {
  turn("content_range", "last");
  const auto url = url_of(begin(kWhole, kChunk, 5));
  EXPECT_EQ(header_of(put(url, std::string(kChunk, 'x'), 0, kWhole), "Content-Range"),
            "bytes 0-4999999/25000123");
}

TEST_F(TikTokUpload, what_is_no_film_fails_when_processing_ends) {
  struct Case {
    std::string bytes;
    const char* reason;
  };
  const Case cases[] = {{std::string(2000, 'x'), "file_format_check_failed"},
                        {film(0, {.codec = "mp4v"}), "file_format_check_failed"},
                        {film(0, {.width = 320, .height = 640}), "picture_size_check_failed"},
                        {film(0, {.duration_ms = 600'001}), "duration_check_failed"}};
  for (const auto& one : cases) {
    const auto begun = json_of(begin_film(token, one.bytes.size()));
    EXPECT_EQ(
        put(text_at(begun, "/data/upload_url"), one.bytes, 0, one.bytes.size()).response.status,
        201);
    const auto id = text_at(begun, "/data/publish_id");
    EXPECT_EQ(state_of(token, id), "PROCESSING_UPLOAD");
    pass(std::chrono::seconds(8));
    const auto body = json_of(status(token, id));
    EXPECT_EQ(text_at(body, "/data/status"), "FAILED");
    EXPECT_EQ(text_at(body, "/data/fail_reason"), one.reason);
    EXPECT_EQ(text_at(body, "/error/code"), "ok");
  }
  pass(std::chrono::hours(1));
  EXPECT_TRUE(rig.ledger.entries().empty());
}

TEST_F(TikTokUpload, an_upload_goes_on_after_a_restart) {
  const auto url = url_of(begin(kWhole, kChunk, 5));
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), 0, kWhole).response.status, 206);
  side->load(side->save());
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), 0, kWhole).response.status, 416);
  EXPECT_EQ(put(url, std::string(kChunk, 'x'), kChunk, kWhole).response.status, 206);
}

}  // namespace herald::sandbox::tiktok
