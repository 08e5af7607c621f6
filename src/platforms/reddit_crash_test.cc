// Posts to a subreddit through a world that fails in every way (testing/crash_play.h).
#include <boost/json.hpp>

#include <gtest/gtest.h>

#include "platforms/crash_claim_test.h"

namespace herald {
namespace {

using namespace crashes;

// Texts and links are answered with their name, pictures without one; all show up late.
class SubredditWorld final : public CrashWorld {
 public:
  explicit SubredditWorld(std::mt19937_64& random) : random_(random) {}

  int visible() const override { return static_cast<int>(posts_.size()); }

  Answer serve(const Call& call, Time now) override {
    if (call.url.ends_with("/api/submit")) return submit(std::get<FormBody>(call.body), now);
    if (call.url.ends_with("/submitted")) return list(now);
    if (call.url.ends_with("/info")) return json(200, R"({"data":{"children":[]}})");
    if (call.url.ends_with("asset.json")) return lease();
    return {.status = random_() % 12 == 0 ? 403 : 201};
  }

 private:
  struct Post {
    std::string kind;
    std::string url;
    Time at{};
    Time listed_at{};
  };

  static std::string name(std::size_t i) { return "t3_" + std::to_string(7 + i); }

  static Answer refused(const char* code) {
    return json(200, std::string(R"({"json":{"errors":[[")") + code + R"(","",null]]}})");
  }

  Answer lease() {
    const auto key = std::to_string(++files_);
    return json(200, R"({"args":{"action":"//reddit-uploaded-media.s3-accelerate.amazonaws.com",)"
                     R"("fields":[{"name":"key","value":")" +
                         key + R"("}]},"asset":{"asset_id":")" + key + "\"}}");
  }

  Answer submit(const FormBody& form, Time now) {
    if (random_() % 6 == 0) return refused("RATELIMIT");
    Post post{value_of(form.fields, "kind"), value_of(form.fields, "url"), now, {}};
    for (const auto& other : posts_) {
      if (post.kind == "link" && other.url == post.url) return refused("ALREADY_SUB");
    }
    post.listed_at = now + std::chrono::seconds(random_() % 200);
    posts_.push_back(post);
    if (post.kind == "image") {
      return json(200, R"({"json":{"errors":[],"data":{"websocket_url":null}}})");
    }
    return json(200, R"({"json":{"errors":[],"data":{"url":"https://www.reddit.com/x","name":")" +
                         name(posts_.size() - 1) + "\"}}}");
  }

  Answer list(Time now) {
    boost::json::array children;
    for (std::size_t i = posts_.size(); i-- > 0;) {
      const auto& post = posts_[i];
      if (post.listed_at > now) continue;
      const double seconds = static_cast<double>(to_ms(post.at)) / 1000;
      children.push_back(boost::json::object{{"data",
                                              {{"name", name(i)},
                                               {"title", "Bread"},
                                               {"subreddit", "BreadLab"},
                                               {"is_self", post.kind == "self"},
                                               {"selftext", post.kind == "self" ? "Rye" : ""},
                                               {"url", post.url},
                                               {"created_utc", seconds},
                                               {"permalink", "/r/BreadLab/comments/1/"}}}});
    }
    return json(200, boost::json::serialize(boost::json::object{
                         {"kind", "Listing"}, {"data", {{"children", children}}}}));
  }

  std::mt19937_64& random_;
  int files_ = 0;
  std::vector<Post> posts_;
};

Input post_of(const char* kind) {
  Input input;
  input.account.username = "mara_bakes";
  input.target_key = "breadlab";
  input.kind = kind;
  input.text = "Rye";
  input.options = {{"title", "Bread"}};
  input.now = start();
  return input;
}

TEST(RedditCrashes, a_text_is_posted_once_whatever_happens) {
  expect_one_post<SubredditWorld>("reddit", post_of("self"));
}

TEST(RedditCrashes, a_link_is_posted_once_whatever_happens) {
  Input input = post_of("link");
  input.options["link"] = "https://bread.example/rye";
  expect_one_post<SubredditWorld>("reddit", input);
}

TEST(RedditCrashes, a_picture_that_is_answered_without_an_id_is_posted_once) {
  Input input = post_of("image");
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {.content_type = "image/jpeg", .size_bytes = 1000};
  input.media = {medium};
  expect_one_post<SubredditWorld>("reddit", input);
}

TEST(RedditCrashes, a_text_is_posted_once_whatever_our_clock_says) {
  expect_one_post_by_a_wrong_clock<SubredditWorld>("reddit", post_of("self"));
}

TEST(RedditCrashes, a_picture_without_an_id_is_posted_once_whatever_our_clock_says) {
  Input input = post_of("image");
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {.content_type = "image/jpeg", .size_bytes = 1000};
  input.media = {medium};
  expect_one_post_by_a_wrong_clock<SubredditWorld>("reddit", input);
}

}  // namespace
}  // namespace herald
