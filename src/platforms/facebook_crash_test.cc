// Posts to a Page through a world that fails in every way (testing/crash_play.h).
#include <gtest/gtest.h>

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

TEST(Crashes, a_photo_is_posted_to_a_page_once_whatever_happens) {
  expect_one_post<PageWorld>("facebook", photo());
}

}  // namespace
}  // namespace herald
