// Media in an object store, seen from outside the program.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>

#include "testing/object_store.h"
#include "tests/program/house.h"
#include "tests/program/person.h"

namespace herald::program {
namespace {

using testing::HttpAnswer;
using testing::HttpClient;
using testing::HttpHeaders;
using testing::ObjectStore;

constexpr const char* kMedia = "/api/social-media/media";

// A real video, made large by a box that players pass over.
std::string large_video(std::size_t extra) {
  std::string bytes = file_text(HERALD_SOURCE_DIR "/samples/video.mp4");
  const auto size = static_cast<std::uint32_t>(extra);
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift);
  bytes += "free";
  return bytes + std::string(extra - 8, '\x5A');
}

HttpHeaders tus(std::size_t offset) {
  return {{"Tus-Resumable", "1.0.0"},
          {"Upload-Offset", std::to_string(offset)},
          {"Content-Type", "application/offset+octet-stream"}};
}

class Bucket : public ::testing::Test {
 protected:
  Bucket() {
    house_.variables["HERALD_S3_ENDPOINT"] = store_.url();
    house_.variables["HERALD_S3_BUCKET"] = testing::kStoreBucket;
    house_.variables["HERALD_S3_REGION"] = testing::kStoreRegion;
    house_.variables["HERALD_S3_ACCESS_KEY"] = testing::kStoreAccessKey;
    house_.variables["HERALD_S3_SECRET_KEY"] = testing::kStoreSecretKey;
  }
  // Where the upload stands.
  static std::size_t offset(Person& person, const std::string& id) {
    const auto answer = person.send("HEAD", kMedia + ("/" + id), {}, {{"Tus-Resumable", "1.0.0"}});
    EXPECT_EQ(answer.status, 200);
    return std::stoull("0" + answer.header("upload-offset"));
  }
  // Begins a piece that is never ended.
  void hang(const Person& person, const std::string& id, std::size_t offset,
            const std::string& announced, std::size_t sent) {
    std::string head = "PATCH " + std::string(kMedia) + "/" + id + " HTTP/1.1\r\nHost: h\r\n" +
                       "Authorization: Bearer " + person.token() +
                       "\r\nContent-Length: " + std::to_string(announced.size()) + "\r\n";
    for (const auto& [name, value] : tus(offset)) head += name + ": " + value + "\r\n";
    hanging_ = std::make_unique<HttpClient>(house_.port(kEdge));
    hanging_->send(head + "\r\n");
    hanging_->send(std::string_view(announced).substr(0, sent));
  }

  ObjectStore store_{HERALD_SOURCE_DIR "/tests/s3/serve"};
  House house_;
  std::unique_ptr<HttpClient> hanging_;
};

TEST_F(Bucket, F01_an_upload_goes_on_after_a_kill_and_is_published_from_the_bucket) {
  const auto sandbox = house_.sandbox();
  ASSERT_EQ(house_.add_user().code, 0);
  auto herald = house_.serve();
  const std::string video = large_video(27u << 20);
  const std::size_t acknowledged = (9u << 20) + 5;
  std::string id;
  {
    Person mia(house_);
    const auto begun =
        mia.send("POST", kMedia, {},
                 {{"Tus-Resumable", "1.0.0"},
                  {"Upload-Length", std::to_string(video.size())},
                  {"Upload-Metadata", "filename dmlkZW8ubXA0,filetype dmlkZW8vbXA0"}});
    ASSERT_EQ(begun.status, 201) << begun.body;
    id = begun.header("location").substr(begun.header("location").rfind('/') + 1);
    const auto first =
        mia.send("PATCH", kMedia + ("/" + id), video.substr(0, acknowledged), tus(0));
    ASSERT_EQ(first.status, 204) << first.body;
    (void)store_.asked();
    hang(mia, id, acknowledged, video.substr(acknowledged), 12u << 20);
    // The second part is there, the third is being gathered.
    wait_until("a part that nobody acknowledges", [&] {
      return std::ranges::any_of(store_.asked(), [](const std::string& line) {
        return line.contains("partNumber=") && line.ends_with(" 200");
      });
    });
  }
  EXPECT_EQ(herald->end(SIGKILL), -SIGKILL);

  herald = house_.serve();
  Person mia(house_);
  const auto stands = offset(mia, id);
  ASSERT_GE(stands, acknowledged);
  ASSERT_LT(stands, video.size());
  const auto rest = mia.send("PATCH", kMedia + ("/" + id), video.substr(stands), tus(stands));
  ASSERT_EQ(rest.status, 204) << rest.body;
  mia.wait_for_medium(id);
  EXPECT_EQ(mia.ask("GET", "media/" + id).at("size_bytes").to_number<std::size_t>(), video.size());

  const auto account = mia.connect("youtube");
  const auto post = id_of(mia.create(video_draft(account, id, "From the bucket")));
  EXPECT_EQ(state_of(mia.wait_for_post(post)), "published");

  (void)store_.asked();
  mia.send("DELETE", kMedia + ("/" + id));
  const auto asked = store_.asked();
  EXPECT_TRUE(std::ranges::any_of(asked, [](const std::string& line) {
    return line.starts_with("DELETE ") && line.contains("/original 204");
  }));
  EXPECT_FALSE(house_.said().contains(testing::kStoreSecretKey));
}

TEST_F(Bucket, one_that_cannot_be_used_is_named_at_the_start) {
  house_.variables["HERALD_S3_SECRET_KEY"] = "another";
  const auto ended = house_.run({"serve"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_TRUE(ended.err.contains("/herald-media cannot be used")) << ended.err;
  const auto asked = house_.run({"doctor"});
  EXPECT_EQ(asked.code, 1);
  EXPECT_TRUE(asked.err.contains("/herald-media cannot be used")) << asked.err;
}

TEST_F(Bucket, a_wrong_setting_ends_it_with_all_faults) {
  house_.variables["HERALD_S3_BUCKET"] = "No Bucket";
  house_.variables["HERALD_S3_ACCESS_KEY"] = "";
  const auto ended = house_.run({"serve"});
  EXPECT_EQ(ended.code, 78);
  EXPECT_TRUE(ended.err.contains("HERALD_S3_BUCKET") && ended.err.contains("HERALD_S3_ACCESS_KEY"))
      << ended.err;
}

}  // namespace
}  // namespace herald::program
