// Posts to Mastodon through a world that fails in every way (testing/crash_play.h): never a post of
// the thread twice, and none of it lost.
#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "platforms/crash_claim_test.h"

namespace herald {
namespace {

using namespace crashes;

// Three posts, each an answer to the one before; with a picture, or with words alone. It knows no
// keys: what does not rely on them is safe on every release.
class InstanceWorld : public CrashWorld {
 public:
  explicit InstanceWorld(std::mt19937_64& random) : random_(random) {}

  // 1 when all three are there once, 2 when one of them is there twice.
  int visible() const override {
    std::map<std::string, int> times;
    for (const auto& post : posts_) ++times[post.text];
    int most = 0;
    for (const auto& [_, count] : times) most = std::max(most, count);
    return most > 1 ? 2 : times.size() == 3 ? 1 : 0;
  }

  Answer serve(const Call& call, Time now) override {
    const std::string path = call.url.substr(call.url.find("/api/") + 5);
    if (path == "v2/media") return upload();
    if (path.starts_with("v1/media/")) return poll(path.substr(9));
    if (path == "v1/statuses") return create(call, now);
    if (path.starts_with("v1/accounts/")) return list(call, now);
    const auto id = path.substr(12, path.find('/', 12) - 12);
    const auto found = std::ranges::find(posts_, id, &Post::id);
    if (found == posts_.end()) return json(404, R"({"error":"Record not found"})");
    if (!path.ends_with("/source")) return json(200, shown(*found));
    return json(200, R"({"id":")" + id + R"(","text":")" + found->text + R"(","spoiler_text":""})");
  }

 protected:
  struct Post {
    std::string id;
    std::string text;
    std::string answers;
    std::string medium;
    Time at{};
    Time listed_at{};
  };
  struct Medium {
    int polls = 0;
    bool attached = false;
  };

  virtual const Post* known(const Call&, Time) { return nullptr; }

  Answer upload() {
    const std::string id = "m" + std::to_string(media_.size());
    media_[id].polls = static_cast<int>(random_() % 3);
    return json(202, R"({"id":")" + id + R"(","url":null})");
  }

  Answer poll(const std::string& id) {
    Medium& medium = media_[id];
    if (medium.attached) return json(404, R"({"error":"Record not found"})");
    const bool done = medium.polls-- <= 0;
    return json(done ? 200 : 206, R"({"id":")" + id + R"(","url":null})");
  }

  Answer create(const Call& call, Time now) {
    const auto body = boost::json::parse(std::get<JsonBody>(call.body).text).as_object();
    if (random_() % 15 == 0) return json(429, R"({"error":"Too many requests"})");
    if (const Post* before = known(call, now)) {
      if (random_() % 3 == 0) return json(500, R"({"error":"Internal Server Error"})");
      return json(200, shown(*before));
    }
    Post post{.id = std::to_string(100 + posts_.size()), .at = now};
    post.text = std::string(body.at("status").as_string());
    post.listed_at = now + std::chrono::seconds(random_() % 50);
    if (const auto* above = body.if_contains("in_reply_to_id")) {
      post.answers = std::string(above->as_string());
    }
    if (const auto* media = body.if_contains("media_ids")) {
      post.medium = std::string(media->as_array().at(0).as_string());
      // Attached already, or removed: one answer for both.
      if (media_[post.medium].attached) return json(422, R"({"error":"not found or attached"})");
      media_[post.medium].attached = true;
    }
    posts_.push_back(post);
    return json(200, shown(posts_.back()));
  }

  static std::string shown(const Post& post) {
    std::string media = post.medium.empty() ? "" : R"({"id":")" + post.medium + "\"}";
    return R"({"id":")" + post.id + R"(","created_at":")" + iso(post.at) +
           R"(","url":"https://social.test/@b/)" + post.id + R"(","visibility":"public",)" +
           R"("in_reply_to_id":)" +
           (post.answers.empty() ? std::string("null") : "\"" + post.answers + "\"") +
           R"(,"media_attachments":[)" + media + "]}";
  }

  Answer list(const Call& call, Time now) const {
    if (!value_of(call.query, "max_id").empty()) return json(200, "[]");
    std::string items;
    for (auto post = posts_.rbegin(); post != posts_.rend(); ++post) {
      if (post->listed_at <= now) items += (items.empty() ? "" : ",") + shown(*post);
    }
    return json(200, "[" + items + "]");
  }

  std::mt19937_64& random_;
  std::vector<Post> posts_;
  std::map<std::string, Medium> media_;
};

// Knows a repeat by its key, as releases from 4.6.0 to 4.7.1 do: now and then it answers one of
// them with 500.
class KeyedWorld final : public InstanceWorld {
 public:
  using InstanceWorld::InstanceWorld;

 private:
  const Post* known(const Call& call, Time now) override {
    const std::string key = value_of(call.headers, "Idempotency-Key");
    const auto before = keys_.find(key);
    if (before != keys_.end() && now - posts_[before->second].at < 1h) {
      return &posts_[before->second];
    }
    keys_[key] = posts_.size();
    return nullptr;
  }

  std::map<std::string, std::size_t> keys_;
};

Input thread(bool with_picture) {
  Input input;
  input.app.api_version = "v1";
  input.app.instance = "social.test";
  input.account.remote_id = "5@social.test";
  input.kind = with_picture ? "image" : "text";
  input.text = "One";
  input.options["thread"] = std::vector<std::string>{"Two", "Three"};
  input.publish_key = "dlv_a/1";
  if (with_picture) {
    MediumInput medium{.id = MediaId("media_a")};
    medium.original = {.content_type = "image/jpeg", .size_bytes = 1000};
    input.media = {medium};
  }
  input.now = start();
  return input;
}

TEST(Crashes, a_thread_with_a_picture_is_on_mastodon_once_whatever_happens) {
  expect_one_post<InstanceWorld>("mastodon", thread(true));
}

TEST(Crashes, a_thread_is_on_mastodon_once_where_repeats_are_known) {
  expect_one_post<KeyedWorld>("mastodon", thread(false));
}

TEST(Crashes, a_thread_is_on_mastodon_once_whatever_our_clock_says) {
  expect_one_post_by_a_wrong_clock<InstanceWorld>("mastodon", thread(false));
}

}  // namespace
}  // namespace herald
