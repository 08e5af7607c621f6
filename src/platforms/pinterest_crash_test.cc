// Pins to a board through a world that fails in every way (testing/crash_play.h).
#include <boost/json.hpp>

#include <gtest/gtest.h>

#include "platforms/crash_claim_test.h"

namespace herald {
namespace {

using namespace crashes;

// Two equal calls make two pins; all show up late and in no order.
class BoardWorld final : public CrashWorld {
 public:
  explicit BoardWorld(std::mt19937_64& random) : random_(random) {}

  int visible() const override { return static_cast<int>(pins_.size()); }

  Answer serve(const Call& call, Time now) override {
    if (call.step == "publish") return create(call, now);
    if (call.step == "look at the board") {
      return json(200, R"({"id":"7","owner":{"username":"mara"}})");
    }
    if (call.step == "look through the board") return list(now);
    if (call.step == "ask where to upload") return lease();
    if (call.step == "look at the video") return status();
    return {.status = random_() % 12 == 0 ? 403 : 204};
  }

 private:
  struct Pin {
    boost::json::object shown;
    Time listed_at{};
  };

  Answer lease() {
    return json(201, R"({"media_id":")" + std::to_string(++files_) +
                         R"(","upload_url":"https://store.example/","upload_parameters":)"
                         R"({"key":"1"}})");
  }

  Answer status() {
    return json(200,
                random_() % 3 == 0 ? R"({"status":"processing"})" : R"({"status":"succeeded"})");
  }

  Answer create(const Call& call, Time now) {
    if (random_() % 6 == 0) return json(429, R"({"code":8,"message":""})");
    boost::json::object pin = boost::json::parse(std::get<JsonBody>(call.body).text).as_object();
    const std::string type(pin.at("media_source").at("source_type").as_string());
    const std::string id = std::to_string(100 + pins_.size());
    pin["id"] = id;
    pin["is_owner"] = true;
    pin["created_at"] = iso(now).substr(0, 19);
    pin["media"] = {{"media_type", type == "video_id" ? "video" : "image"}};
    pins_.push_back({std::move(pin), now + std::chrono::seconds(random_() % 200)});
    return json(201, R"({"id":")" + id + "\"}");
  }

  Answer list(Time now) {
    boost::json::array items{{{"id", "1"},
                              {"title", "Bread"},
                              {"description", "Rye"},
                              {"created_at", "2026-11-01T10:00:00"},
                              {"media", {{"media_type", "image"}}}}};
    for (const auto& pin : pins_) {
      if (pin.listed_at <= now) items.push_back(pin.shown);
    }
    std::ranges::shuffle(items, random_);
    return json(
        200, boost::json::serialize(boost::json::object{{"items", items}, {"bookmark", nullptr}}));
  }

  std::mt19937_64& random_;
  int files_ = 0;
  std::vector<Pin> pins_;
};

Input pin_of(const char* kind, MediumInput medium) {
  Input input;
  input.app.api_version = "v5";
  input.account.username = "mara";
  input.target_key = "7";
  input.kind = kind;
  input.text = "Rye";
  input.options = {{"title", std::string("Bread")}};
  input.media = {std::move(medium)};
  input.now = start();
  return input;
}

Input image() { return pin_of("image", {.id = MediaId("media_a")}); }

Input video() {
  MediumInput medium{.id = MediaId("media_v")};
  medium.original = {.type = MediaType::video, .content_type = "video/mp4", .size_bytes = 1000};
  return pin_of("video", std::move(medium));
}

// Nothing proves that a pin is not there, so that a person is asked more often than elsewhere:
// whenever the answer was lost and nothing was made.
void expect_one_pin(const Input& input, bool wrong_clock, int published_percent) {
  constexpr int kSeeds = 2000;
  int published = 0;
  for (int seed = 0; seed < kSeeds; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    BoardWorld world(random);
    const auto& pinterest = *find_platform(PlatformId("pinterest"));
    const auto result = play_crashes(pinterest, input, world, random, 5 * (seed % 12), wrong_clock);
    ASSERT_LE(world.visible(), 1) << "seed " << seed;
    ASSERT_NE(result.end, CrashEnd::unfinished) << "seed " << seed << ", " << result.calls;
    if (result.end == CrashEnd::published) {
      ASSERT_EQ(world.visible(), 1) << "seed " << seed;
      ++published;
    }
  }
  EXPECT_GT(published, kSeeds * published_percent / 100);
}

TEST(PinterestCrashes, an_image_is_pinned_once_whatever_happens) {
  expect_one_pin(image(), false, 80);
}

TEST(PinterestCrashes, a_video_is_pinned_once_whatever_happens) {
  expect_one_pin(video(), false, 80);
}

TEST(PinterestCrashes, an_image_is_pinned_once_whatever_our_clock_says) {
  expect_one_pin(image(), true, 60);
}

TEST(PinterestCrashes, a_video_is_pinned_once_whatever_our_clock_says) {
  expect_one_pin(video(), true, 60);
}

}  // namespace
}  // namespace herald
