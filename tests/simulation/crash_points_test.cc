// Small scenes, and one mishap at every single moment of each: before and after every store act,
// before and after every request leaves, before every answer is heard. A scene of each platform
// that has one written meets every mishap in every build; HERALD_SIMULATION_RUNS=<any> lets all of
// them do so. HERALD_SIMULATION_SCENE="X, thread" plays those with this in their name alone.
// HERALD_SIMULATION_QUIRKS="<side>.<switch>=<value> ..." turns the sandbox's switches.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "simulation/plain_posts.h"

namespace herald::simulation {
namespace {

using namespace std::chrono_literals;
using Kind = Mishap::Kind;

struct Way {
  std::string name;
  Mishap mishap;
  int workers = 2;
  bool always = false;  // Also for scenes that only a campaign plays in every way.
};

const std::vector<Way>& ways() {
  static const std::vector<Way> kWays{
      {"crash, the other worker goes on", {.kind = Kind::crash}, 2, true},
      {"crash, its request arrives late", {.kind = Kind::crash, .late = true}},
      {"crash, back at once, its request arrives late",
       {.kind = Kind::crash, .late = true, .restart = true},
       1},
      {"frozen for its lease", {.kind = Kind::freeze, .frozen_for = kFrozenBriefly}},
      {"frozen past its lease", {.kind = Kind::freeze, .frozen_for = kFrozen}},
      {"frozen until all is over", {.kind = Kind::freeze, .frozen_for = kFrozenLong}},
      {"cut off from the store", {.kind = Kind::cut_off}},
      {"the store fails", {.kind = Kind::store_fails}, 1},
      {"the store does it and says it failed", {.kind = Kind::store_unsure}, 1},
      {"the answer is lost", {.kind = Kind::lost}},
      {"another worker renews the tokens", {.kind = Kind::renew}},
      {"cancelled", {.kind = Kind::cancel}},
      {"edited", {.kind = Kind::edit}},
  };
  return kWays;
}

std::vector<Scene> written() {
  return {
      {.name = "image with a comment", .posts = {{"instagram", "image", 1, true}}},
      {.name = "carousel", .posts = {{"instagram", "carousel"}}, .thorough = false},
      {.name = "video in three chunks with a comment", .posts = {{"youtube", "video", 1, true}}},
      {.name = "thread of three", .posts = {{"quill", "thread", 3}}},
      // The later post works with whatever tokens were kept.
      {.name = "posts with a token about to end",
       .posts = {{"quill", "thread"}, {"quill", "thread", 1, false, 40min}},
       .idle = 119min},
      // Alone in seeing an answer of a renewal that is saved over a newer one.
      {.name = "posts with a token about to end that may be spent twice",
       .posts = {{"quill", "thread"}, {"quill", "thread", 1, false, 40min}},
       .forgives = true,
       .idle = 119min},
      {.name = "post with a token long over", .posts = {{"quill", "thread"}}, .idle = 5h},
      {.name = "X, thread of three with a picture", .posts = {{"twitter", "image", 3}}},
      // A refresh token that comes back ends all that came of it.
      {.name = "X, posts with a token about to end",
       .posts = {{"twitter", "text"}, {"twitter", "text", 1, false, 40min}},
       .idle = 119min},
      {.name = "X, video in two segments",
       .posts = {{.platform = "twitter", .kind = "video", .video_bytes = 4'300'000}},
       .thorough = false},
      {.name = "LinkedIn, image of a page with a comment",
       .posts = {{"linkedin", "image", 1, true}},
       .as_page = true},
      // What a member posted cannot be looked up.
      {.name = "LinkedIn, video of a member in two parts",
       .posts = {{.platform = "linkedin", .kind = "video", .video_bytes = 4'300'000}},
       .thorough = false},
      {.name = "TikTok, video that it fetches",
       .posts = {{.platform = "tiktok",
                  .kind = "video",
                  .options = {{"transfer", std::string("pull")}},
                  .video_bytes = 1000}}},
      {.name = "Facebook, photos with a comment", .posts = {{"facebook", "photos", 1, true}}},
      {.name = "Facebook, video in chunks",
       .posts = {{.platform = "facebook", .kind = "video"}},
       .thorough = false},
      {.name = "Reddit, text in two subreddits", .posts = {{"reddit", "self", 2}}},
      {.name = "Reddit, picture that is answered without an id",
       .posts = {{"reddit", "image"}},
       .thorough = false},
      {.name = "Reddit, gallery", .posts = {{"reddit", "gallery"}}, .thorough = false},
      {.name = "Pinterest, image on a board",
       .posts = {{.platform = "pinterest", .kind = "image", .place = "549755885175"}},
       .thorough = false},
      {.name = "Pinterest, carousel",
       .posts = {{.platform = "pinterest", .kind = "carousel", .place = "549755885176"}},
       .thorough = false},
      {.name = "TikTok, video in two chunks",
       .posts = {{.platform = "tiktok", .kind = "video", .video_bytes = 20'000'000}},
       .thorough = false},
  };
}

std::vector<Scene::Post> posts_in(const std::vector<Scene>& scenes) {
  std::vector<Scene::Post> posts;
  for (const auto& scene : scenes) {
    posts.insert(posts.end(), scene.posts.begin(), scene.posts.end());
  }
  return posts;
}

// Who has no scene written for it plays its plainest posts.
std::vector<Scene> scenes() {
  std::vector<Scene> all = written();
  for (const Platform* platform : platforms_without(posts_in(all))) {
    for (const auto& post : plain_posts(*platform)) {
      const std::string kind = kind_of(*platform, post.kind).label;
      all.push_back(
          {.name = platform->spec->name + ", " + kind, .posts = {post}, .thorough = false});
    }
  }
  return all;
}

std::string told(const Scene& scene, const Way& way, int moment, const Verdict& verdict) {
  std::string text = scene.name + ", " + way.name + " at moment " + std::to_string(moment) + ":\n";
  for (const auto& complaint : verdict.complaints) text += "  " + complaint + "\n";
  return text;
}

std::string traced(const Scene& scene, Mishap mishap) {
  std::string text;
  for (const auto& line : play(scene, 1, {}, mishap, true).trace) text += "    " + line + "\n";
  return text;
}

TEST(CrashPoints, F01_OneMishapAtEveryMomentOfEveryScene) {
  std::map<std::string, int> ends;
  int runs = 0;
  const bool campaign = std::getenv("HERALD_SIMULATION_RUNS") != nullptr;
  const char* only = std::getenv("HERALD_SIMULATION_SCENE");
  for (Scene scene : scenes()) {
    if (only != nullptr && !scene.name.contains(only)) continue;
    for (const Way& way : ways()) {
      if (!scene.thorough && !way.always && !campaign) continue;
      scene.workers = way.workers;
      for (int moment = 1;; ++moment) {
        Mishap mishap = way.mishap;
        mishap.moment = moment;
        const Verdict verdict = play(scene, 1, {}, mishap);
        ++runs;
        for (const auto& [end, count] : verdict.ends) ends[end] += count;
        ASSERT_TRUE(verdict.complaints.empty())
            << told(scene, way, moment, verdict) << traced(scene, mishap);
        if (verdict.moments < moment) break;  // It ran to its end without.
      }
    }
    std::printf("%s: %d runs so far\n", scene.name.c_str(), runs);
    std::fflush(stdout);
  }
  std::printf("crash points: %d runs", runs);
  for (const auto& [end, count] : ends) std::printf(", %s %d", end.c_str(), count);
  std::printf("\n");
  EXPECT_GT(ends["published"], runs / 2);
}

int deliveries_of(const Scene& scene) {
  int count = 0;
  for (const auto& post : scene.posts) count += post.platform == "reddit" ? post.parts : 1;
  return count;
}

TEST(CrashPoints, EveryPlatformPlays) {
  for (const Platform* platform : platforms_without(posts_in(scenes()))) {
    ADD_FAILURE() << platform->spec->name << " has no plain kind of post: write a scene for it";
  }
}

TEST(CrashPoints, InFairWeatherEverythingIsPublishedWithoutADoubt) {
  for (const Scene& scene : scenes()) {
    Verdict verdict = play(scene, 1, {}, {}, true);
    std::string trace;
    for (const auto& line : verdict.trace) trace += line + "\n";
    EXPECT_TRUE(verdict.complaints.empty()) << told(scene, {}, 0, verdict) << trace;
    EXPECT_EQ(verdict.ends["published"], deliveries_of(scene)) << scene.name << "\n" << trace;
  }
}

}  // namespace
}  // namespace herald::simulation
