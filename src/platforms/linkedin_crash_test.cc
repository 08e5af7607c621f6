// Posts to LinkedIn through a world that fails in every way (testing/crash_play.h).
#include <gtest/gtest.h>

#include "platforms/crash_claim_test.h"

namespace herald {
namespace {

using namespace crashes;

// A page's posts can be listed, a member's cannot. The very same post again is refused, sometimes.
class PostWorld final : public CrashWorld {
 public:
  explicit PostWorld(std::mt19937_64& random) : random_(random) {}

  int visible() const override { return static_cast<int>(posts_.size()); }

  Answer serve(const Call& call, Time now) override {
    if (call.method == "PUT") return {.status = random_() % 12 == 0 ? 410 : 201};
    if (call.method == "GET") return list(now);
    if (call.url.ends_with("initializeUpload")) {
      return json(200, R"({"value":{"uploadUrl":"https://www.linkedin.com/dms-uploads/x","image":)"
                       R"("urn:li:image:)" +
                           std::to_string(++images_) + "\"}}");
    }
    return create(std::get<JsonBody>(call.body).text, now);
  }

 private:
  struct Post {
    Time at{};
    Time listed_at{};
    std::string image;
  };

  Answer create(const std::string& body, Time now) {
    if (random_() % 6 == 0) return json(400, R"({"code":"MEDIA_ASSET_WAITING_UPLOAD"})");
    const auto begins = body.find("urn:li:image:");
    const auto image = body.substr(begins, body.find('"', begins) - begins);
    for (std::size_t i = 0; i < posts_.size(); ++i) {
      if (posts_[i].image != image || random_() % 4 == 0) continue;
      return json(422, R"({"code":"DUPLICATE_POST","message":"Content is a duplicate of )" +
                           urn(i) + "\"}");
    }
    posts_.push_back({now, now + std::chrono::seconds(random_() % 200), image});
    Answer answer{.status = 201};
    if (random_() % 8 != 0) answer.headers["x-restli-id"] = urn(posts_.size() - 1);
    return answer;
  }

  Answer list(Time now) {
    std::string items;
    for (std::size_t i = 0; i < posts_.size(); ++i) {
      if (posts_[i].listed_at > now) continue;
      items += (items.empty() ? "" : ",") +
               ("{\"id\":\"" + urn(i) +
                "\",\"commentary\":\"Bread\",\"createdAt\":" + std::to_string(to_ms(posts_[i].at)) +
                ",\"content\":{\"media\":{\"id\":\"" + posts_[i].image + "\"}}}");
    }
    return json(200, "{\"elements\":[" + items + "]}");
  }

  static std::string urn(std::size_t i) { return "urn:li:share:" + std::to_string(7 + i); }

  std::mt19937_64& random_;
  int images_ = 0;
  std::vector<Post> posts_;
};

Input post_of(const char* author) {
  Input input;
  input.app.api_version = "202609";
  input.account.remote_id = author;
  input.kind = "image";
  input.text = "Bread";
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {.content_type = "image/jpeg", .size_bytes = 1000};
  input.media = {medium};
  input.now = start();
  return input;
}

TEST(LinkedInCrashes, a_pages_post_is_made_once_whatever_happens) {
  expect_one_post<PostWorld>("linkedin", post_of("urn:li:organization:1"));
}

// Nobody can look, so a person is asked; and what a person saw is not there is not doubled.
TEST(LinkedInCrashes, a_members_post_is_made_once_or_a_person_is_asked) {
  int published = 0;
  for (int seed = 0; seed < 1000; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    PostWorld world(random);
    const CrashResult result =
        play_crashes(*find_platform(PlatformId("linkedin")), post_of("urn:li:person:1"), world,
                     random, 5 * (seed % 12));
    ASSERT_LE(world.visible(), 1) << "seed " << seed;
    ASSERT_NE(result.end, CrashEnd::unfinished) << "seed " << seed;
    if (result.end != CrashEnd::published) continue;
    ASSERT_EQ(world.visible(), 1) << "seed " << seed;
    ++published;
  }
  EXPECT_GT(published, 300);
}

TEST(LinkedInCrashes, a_pages_post_is_made_once_whatever_our_clock_says) {
  expect_one_post_by_a_wrong_clock<PostWorld>("linkedin", post_of("urn:li:organization:1"));
}

}  // namespace
}  // namespace herald
