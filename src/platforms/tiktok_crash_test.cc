// TikTok as small as it can be: whatever is lost, late or false, and wherever it crashes, never two
// posts, never a lost one.
#include <gtest/gtest.h>

#include <map>

#include "platforms/crash_claim_test.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kTotal = 35'000'000;
constexpr std::uint64_t kChunk = 10'000'000;

Answer said(const std::string& data) {
  return {.status = 200, .body = R"({"data":)" + data + R"(,"error":{"code":"ok"}})"};
}

class TikTokWorld final : public CrashWorld {
 public:
  explicit TikTokWorld(std::mt19937_64& random) : random_(random) {}

  int visible() const override { return visible_; }

  Answer serve(const Call& call, Time now) override {
    if (call.method == "PUT") return put(call, now);
    if (call.url.ends_with("/video/init/")) return init(call, now);
    if (call.url.ends_with("/status/fetch/")) return status(call, now);
    if (call.url.ends_with("/video/list/")) return list();
    return {.status = 404};
  }

 private:
  struct Task {
    Time begun{};
    std::uint64_t stored = 0;
    bool pulled = false;
    Time posted{};  // Time{}: not posted.
  };

  Answer init(const Call& call, Time now) {
    const std::string id = "p" + std::to_string(tasks_.size());
    Task& task = tasks_[id];
    task.begun = now;
    if (call.effect == Effect::publish) {
      task.pulled = true;
      post(task, now);
    }
    return said(R"({"publish_id":")" + id +
                R"(","upload_url":"https://upload.us.tiktokapis.com/u?id=)" + id + "\"}");
  }

  void post(Task& task, Time now) {
    task.posted = now;
    ++visible_;
  }

  Answer put(const Call& call, Time now) {
    Task& task = tasks_.at(call.url.substr(call.url.rfind('=') + 1));
    if (now - task.begun > 1h) return {.status = 403};
    // Forgotten once it is posted, and now and then before.
    if (random_() % (task.posted == Time{} ? 60 : 3) == 0) return {.status = 404};
    const auto& bytes = std::get<MediaBytes>(call.body);
    if (bytes.offset != task.stored) return ranged(416, task);
    task.stored += bytes.length;
    if (task.stored < kTotal) return ranged(206, task);
    if (random_() % 10 == 0) {
      task.posted = Time{} + 1ms;  // Refused by the moderation.
    } else {
      post(task, now);
    }
    return ranged(201, task);
  }

  // Sometimes a count, sometimes an index, sometimes nothing.
  Answer ranged(int status, const Task& task) {
    Answer answer{.status = status};
    const auto way = random_() % 3;
    if (way == 0 || task.stored == 0) return answer;
    answer.headers["content-range"] =
        "bytes 0-" + std::to_string(task.stored - (way - 1)) + "/" + std::to_string(kTotal);
    return answer;
  }

  Answer status(const Call& call, Time now) {
    const std::string& body = std::get<JsonBody>(call.body).text;
    const auto begin = body.find(":\"") + 2;
    const Task& task = tasks_.at(body.substr(begin, body.find('"', begin) - begin));
    const std::string bytes = ",\"uploaded_bytes\":" + std::to_string(task.stored);
    if (task.posted == Time{}) return said(R"({"status":"PROCESSING_UPLOAD")" + bytes + "}");
    if (task.posted == Time{} + 1ms) {
      return said(R"({"status":"FAILED","fail_reason":"internal"})");
    }
    if (now - task.posted < 20s) {
      const bool pulled = task.pulled;
      return said(pulled ? R"({"status":"PROCESSING_DOWNLOAD"})"
                         : R"({"status":"PROCESSING_UPLOAD")" + bytes + "}");
    }
    const bool moderated = now - task.posted > 2min;
    return said(std::string(R"({"status":"PUBLISH_COMPLETE","publicaly_available_post_id":[)") +
                (moderated ? "7300000000000000123" : "") + "]}");
  }

  // The account's other video has other words.
  Answer list() const {
    std::string videos = R"({"id":"1","video_description":"Cake","create_time":1795341600})";
    for (const auto& [id, task] : tasks_) {
      if (task.posted <= Time{} + 1ms) continue;
      videos += R"(,{"id":"7","video_description":"Rye","create_time":)" +
                std::to_string(to_ms(task.posted) / 1000) + "}";
    }
    return said(R"({"videos":[)" + videos + R"(],"has_more":false})");
  }

  std::mt19937_64& random_;
  std::map<std::string, Task> tasks_;
  int visible_ = 0;
};

Input video(const char* transfer) {
  Input input;
  input.app.api_version = "v2";
  input.account.remote_id = "open-id";
  input.account.username = "marabakes";
  input.kind = "video";
  input.text = "Rye";
  input.options = {{"privacy", std::string("PUBLIC_TO_EVERYONE")},
                   {"transfer", std::string(transfer)}};
  MediumInput medium{.id = MediaId("media_v")};
  medium.original = {.type = MediaType::video, .content_type = "video/mp4", .size_bytes = kTotal};
  input.media = {medium};
  input.now = from_ms(1'795'341'600'000);
  return input;
}

TEST(TikTokCrashes, a_video_is_uploaded_once_whatever_happens) {
  static_assert(kTotal / kChunk == 3);  // Chunks, of which the last is the visible one.
  crashes::expect_one_post<TikTokWorld>("tiktok", video("upload"));
}

// A lost init is found among the public videos, or a person is asked: absence is never proved.
TEST(TikTokCrashes, a_video_that_tiktok_fetches_is_never_asked_for_twice) {
  int published = 0;
  for (int seed = 0; seed < 1000; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    TikTokWorld world(random);
    const CrashResult result = play_crashes(*find_platform(PlatformId("tiktok")), video("pull"),
                                            world, random, 5 * (seed % 12));
    ASSERT_LE(world.visible(), 1) << "seed " << seed;
    ASSERT_NE(result.end, CrashEnd::unfinished) << "seed " << seed;
    if (result.end == CrashEnd::published) {
      ASSERT_EQ(world.visible(), 1) << "seed " << seed;
      ++published;
    }
  }
  EXPECT_GT(published, 700);
}

TEST(TikTokCrashes, a_video_is_uploaded_once_whatever_our_clock_says) {
  crashes::expect_one_post_by_a_wrong_clock<TikTokWorld>("tiktok", video("upload"));
}

}  // namespace
}  // namespace herald
