// Posts to Threads through a world that fails in every way (testing/crash_play.h).
#include <gtest/gtest.h>

#include <map>

#include "platforms/crash_claim_test.h"

namespace herald {
namespace {

using namespace crashes;

// A container that is published twice shows as two posts: what Threads does with it is not known.
class ProfileWorld final : public CrashWorld {
 public:
  explicit ProfileWorld(std::mt19937_64& random) : random_(random) {}

  int visible() const override { return static_cast<int>(posts_.size()); }

  Answer serve(const Call& call, Time now) override {
    const std::string path = call.url.substr(call.url.find("/v1.0/") + 6);
    if (path == "me/threads_publishing_limit") {
      return json(200, R"({"data":[{"quota_usage":1,"config":{"quota_total":250}}]})");
    }
    if (path == "me/threads_publish") return publish(call, now);
    if (path == "me/threads") return call.method == "POST" ? create(now) : list(now);
    if (containers_.contains(path)) return status(path, now);
    return json(200,
                "{\"id\":\"" + path + "\",\"permalink\":\"https://www.threads.com/@b/post/x\"}");
  }

 private:
  struct Container {
    Time made{};
    Time ready{};
    bool published = false;
  };
  struct Post {
    std::string id;
    Time at{};
    Time listed_at{};
  };

  static Answer error(int status, int code, int subcode) {
    return json(status, "{\"error\":{\"code\":" + std::to_string(code) +
                            ",\"error_subcode\":" + std::to_string(subcode) + "}}");
  }

  Answer create(Time now) {
    const std::string id = "c" + std::to_string(containers_.size());
    containers_[id] = {now, now + std::chrono::seconds(random_() % 20), false};
    return json(200, "{\"id\":\"" + id + "\"}");
  }

  Answer status(const std::string& id, Time now) {
    if (random_() % 12 == 0) return error(500, 100, 33);
    const Container& container = containers_.at(id);
    const char* code = container.published          ? "PUBLISHED"
                       : now - container.made > 24h ? "EXPIRED"
                       : now < container.ready      ? "IN_PROGRESS"
                                                    : "FINISHED";
    return json(200, std::string("{\"status\":\"") + code + "\"}");
  }

  Answer publish(const Call& call, Time now) {
    Container& container =
        containers_.at(value_of(std::get<FormBody>(call.body).fields, "creation_id"));
    const bool early = now < container.ready || now - container.made > 24h;
    if (early || random_() % 4 == 0) return error(400, 24, 4279009);
    if (random_() % 12 == 0) return error(400, 2, 0);
    container.published = true;
    posts_.push_back(
        {"p" + std::to_string(posts_.size()), now, now + std::chrono::seconds(random_() % 60)});
    // Refused, and yet it is live.
    if (random_() % 6 == 0) return error(500, 10, 0);
    return json(200, "{\"id\":\"" + posts_.back().id + "\"}");
  }

  Answer list(Time now) const {
    std::string rows = R"({"id":"p99","text":"Another tool's","media_type":"TEXT_POST",)"
                       R"("timestamp":")" +
                       iso(now) + "\"}";
    for (const auto& post : posts_) {
      if (post.listed_at > now) continue;
      rows += R"(,{"id":")" + post.id + R"(","text":"Bread","media_type":"TEXT_POST",)" +
              R"("timestamp":")" + iso(post.at) + "\"}";
    }
    return json(200, "{\"data\":[" + rows + "]}");
  }

  std::mt19937_64& random_;
  std::map<std::string, Container> containers_;
  std::vector<Post> posts_;
};

Input words() {
  Input input;
  input.app.api_version = "v1.0";
  input.account.remote_id = "1784";
  input.kind = "text";
  input.text = "Bread";
  input.now = start();
  return input;
}

TEST(Crashes, words_are_posted_to_threads_once_whatever_happens) {
  expect_one_post<ProfileWorld>("threads", words());
}

TEST(Crashes, words_are_posted_to_threads_once_whatever_our_clock_says) {
  expect_one_post_by_a_wrong_clock<ProfileWorld>("threads", words());
}

}  // namespace
}  // namespace herald
