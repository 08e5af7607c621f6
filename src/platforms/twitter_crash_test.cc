// A thread with a picture: never a post of it twice, and none of it lost.
#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "platforms/crash_claim_test.h"

namespace herald {
namespace {

using namespace crashes;

// Three posts, each an answer to the one before, the first with a picture.
class ThreadWorld final : public CrashWorld {
 public:
  explicit ThreadWorld(std::mt19937_64& random) : random_(random) {}

  // 1 when all three are there once, 2 when one of them is there twice.
  int visible() const override {
    std::map<std::string, int> times;
    for (const auto& post : posts_) ++times[post.text];
    int most = 0;
    for (const auto& [_, count] : times) most = std::max(most, count);
    return most > 1 ? 2 : times.size() == 3 ? 1 : 0;
  }

  Answer serve(const Call& call, Time now) override {
    if (call.url.ends_with("/2/tweets")) return create(call, now);
    if (call.url.ends_with("/tweets")) return list(now);
    return json(200, R"({"data":{"id":"5","expires_after_secs":86400}})");
  }

 private:
  struct Post {
    std::string id;
    std::string text;
    std::string answers;
    bool picture = false;
    Time at{};
    Time listed_at{};
  };

  Answer create(const Call& call, Time now) {
    const auto body = boost::json::parse(std::get<JsonBody>(call.body).text).as_object();
    if (random_() % 15 == 0) {
      Answer full = json(429, R"({"title":"Too Many Requests","type":"about:blank"})");
      full.headers["x-rate-limit-reset"] = std::to_string(to_ms(now) / 1000 + 60);
      return full;
    }
    const std::string text(body.at("text").as_string());
    // X notices the same text most of the time; what it does not notice shows as two posts.
    const auto same = [&](const Post& post) { return post.text == text; };
    if (std::ranges::any_of(posts_, same) && random_() % 2 == 0) {
      return json(403, R"({"title":"Forbidden","type":"about:blank"})");
    }
    Post post{.id = std::to_string(100 + posts_.size()), .text = text, .at = now};
    post.listed_at = now + std::chrono::seconds(random_() % 200);
    post.picture = body.contains("media");
    if (const auto* reply = body.if_contains("reply")) {
      post.answers = std::string(reply->at("in_reply_to_tweet_id").as_string());
    }
    posts_.push_back(post);
    return json(201, R"({"data":{"id":")" + post.id + "\"}}");
  }

  Answer list(Time now) const {
    std::string items;
    int count = 0;
    for (const auto& post : posts_) {
      if (post.listed_at > now) continue;
      ++count;
      items += (items.empty() ? "" : ",") + ("{\"id\":\"" + post.id + "\",\"text\":\"" + post.text +
                                             "\",\"created_at\":\"" + iso(post.at) + "\"");
      if (post.picture) items += R"(,"attachments":{"media_keys":["3_5"]})";
      if (!post.answers.empty()) {
        items += R"(,"referenced_tweets":[{"type":"replied_to","id":")" + post.answers + "\"}]";
      }
      items += "}";
    }
    return json(200, "{\"data\":[" + items +
                         "],\"meta\":{\"result_count\":" + std::to_string(count) + "}}");
  }

  std::mt19937_64& random_;
  std::vector<Post> posts_;
};

Input thread() {
  Input input;
  input.app.api_version = "2";
  input.account.remote_id = "15";
  input.account.username = "marabakes";
  input.kind = "image";
  input.text = "One";
  input.options["thread"] = std::vector<std::string>{"Two", "Three"};
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {.content_type = "image/jpeg", .size_bytes = 1000};
  input.media = {medium};
  input.now = start();
  return input;
}

TEST(Crashes, a_thread_is_posted_once_whatever_happens) {
  expect_one_post<ThreadWorld>("twitter", thread());
}

// Once the look went by our clock alone: it found nothing where that had been ahead, and the thread
// was posted again.
TEST(Crashes, a_thread_is_posted_once_whatever_our_clock_says) {
  expect_one_post_by_a_wrong_clock<ThreadWorld>("twitter", thread());
}

}  // namespace
}  // namespace herald
