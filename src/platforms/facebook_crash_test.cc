// Posts to a Page through a world that fails in every way (testing/crash_play.h).
#include <gtest/gtest.h>

#include <map>

#include "platforms/crash_claim_test.h"

namespace herald {
namespace {

using namespace crashes;

// Unpublished photos are good for one post, mostly; the same words again are refused, mostly. What
// is let through shows as two posts.
class PageWorld final : public CrashWorld {
 public:
  explicit PageWorld(std::mt19937_64& random) : random_(random) {}

  int visible() const override { return static_cast<int>(posts_.size()); }

  Answer serve(const Call& call, Time now) override {
    if (call.url.ends_with("/photos")) {
      return json(200, "{\"id\":\"" + std::to_string(500 + photos_++) + "\"}");
    }
    if (call.url.ends_with("/feed")) return post(call, now);
    if (call.url.ends_with("/published_posts")) return list(now);
    return json(200, R"({"id":"1","permalink_url":"https://www.facebook.com/1122/posts/1"})");
  }

 private:
  struct Post {
    std::string id;
    Time at{};
    Time listed_at{};
  };

  static Answer error(int code) {
    return json(400, "{\"error\":{\"code\":" + std::to_string(code) + "}}");
  }

  Answer post(const Call& call, Time now) {
    if (random_() % 12 == 0) return error(80001);
    if (value_of(std::get<FormBody>(call.body).fields, "attached_media[0]").empty()) {
      return error(100);
    }
    const bool same = !posts_.empty() && random_() % 4 != 0;
    if (same) return error(random_() % 2 == 0 ? 506 : 100);
    posts_.push_back({"1122_" + std::to_string(posts_.size()), now,
                      now + std::chrono::seconds(random_() % 100)});
    return json(200, "{\"id\":\"" + posts_.back().id + "\"}");
  }

  Answer list(Time now) const {
    std::string rows = R"({"id":"1122_99","message":"Another's","created_time":")" + iso(now) +
                       R"(","application":{"id":"9"}})";
    for (const auto& post : posts_) {
      if (post.listed_at > now) continue;
      rows += R"(,{"id":")" + post.id + R"(","message":"Bread","created_time":")" + iso(post.at) +
              R"(","application":{"id":"7"}})";
    }
    return json(200, "{\"data\":[" + rows + "]}");
  }

  std::mt19937_64& random_;
  std::vector<Post> posts_;
  int photos_ = 0;
};

// A reel is made visible by a call that may come twice, early or late, for one video id.
class ReelWorld final : public CrashWorld {
 public:
  explicit ReelWorld(std::mt19937_64& random) : random_(random) {}

  int visible() const override { return visible_; }

  Answer serve(const Call& call, Time now) override {
    if (call.method == "GET") return status(call.url.substr(call.url.rfind('/') + 1), now);
    if (call.url.starts_with("https://rupload.")) return take(call);
    const auto& form = std::get<FormBody>(call.body).fields;
    if (value_of(form, "upload_phase") == "start") return begin();
    return finish(reels_.at(value_of(form, "video_id")), now);
  }

 private:
  struct Reel {
    std::uint64_t stored = 0;
    Time shown_at{};
    bool finished = false;
  };

  Answer begin() {
    const std::string id = std::to_string(10 + reels_.size());
    reels_[id] = {};
    return json(200, "{\"video_id\":\"" + id + "\",\"upload_url\":\"https://rupload.facebook.com/" +
                         id + "\"}");
  }

  Answer take(const Call& call) {
    Reel& reel = reels_.at(call.url.substr(call.url.rfind('/') + 1));
    const auto& bytes = std::get<MediaBytes>(call.body);
    if (bytes.offset != reel.stored) {
      return json(400, R"({"debug_info":{"type":"OffsetInvalidError"}})");
    }
    const bool breaks_off = random_() % 10 == 0;
    reel.stored += breaks_off ? bytes.length / 2 : bytes.length;
    if (breaks_off) return json(400, R"({"debug_info":{"type":"PartialRequestError"}})");
    return json(200, R"({"success":true})");
  }

  Answer finish(Reel& reel, Time now) {
    if (random_() % 12 == 0) return json(400, R"({"error":{"code":80001}})");
    if (reel.stored != kSize) return json(400, R"({"error":{"code":6000}})");
    if (reel.finished) return json(400, R"({"error":{"code":100}})");
    reel.finished = true;
    reel.shown_at = now + std::chrono::seconds(random_() % 200);
    ++visible_;
    return json(200, random_() % 8 == 0 ? R"({"success":false})" : R"({"success":true})");
  }

  Answer status(const std::string& id, Time now) const {
    const Reel& reel = reels_.at(id);
    const std::string upload = reel.stored == kSize ? "complete" : "in_progress";
    const std::string publishing = !reel.finished        ? R"("status":"not_started")"
                                   : now < reel.shown_at ? R"("status":"in_progress")"
                                                         : R"("publish_status":"published")";
    return json(200, R"({"status":{"video_status":"processing","uploading_phase":{"status":")" +
                         upload + R"(","bytes_transferred":)" + std::to_string(reel.stored) +
                         R"(},"publishing_phase":{)" + publishing + "}}}");
  }

  static constexpr std::uint64_t kSize = 1000;

  std::mt19937_64& random_;
  std::map<std::string, Reel> reels_;
  int visible_ = 0;
};

Input photo() {
  Input input;
  input.app = {.client_id = "7", .api_version = "v25.0"};
  input.account.remote_id = "1122";
  input.kind = "photo";
  input.text = "Bread";
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {.content_type = "image/jpeg", .size_bytes = 1000};
  input.media = {medium};
  input.now = start();
  return input;
}

Input reel() {
  Input input = photo();
  input.kind = "reel";
  input.media[0].original = {
      .type = MediaType::video, .content_type = "video/mp4", .size_bytes = 1000};
  return input;
}

TEST(Crashes, a_reel_is_shown_once_whatever_happens) {
  expect_one_post<ReelWorld>("facebook", reel());
}

TEST(Crashes, a_photo_is_posted_to_a_page_once_whatever_happens) {
  expect_one_post<PageWorld>("facebook", photo());
}

TEST(Crashes, a_photo_is_posted_to_a_page_once_whatever_our_clock_says) {
  expect_one_post_by_a_wrong_clock<PageWorld>("facebook", photo());
}

}  // namespace
}  // namespace herald
