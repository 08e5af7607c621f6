// The same runs on every store: one mishap at moments all over a scene. On MongoDB a run takes some
// seconds, so that there are few; HERALD_SIMULATION_RUNS=<any> plays every moment.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "simulation/trial.h"
#include "tests/store/mongo_rig.h"
#include "tests/store/store_test.h"

namespace herald::simulation {
namespace {

using Kind = Mishap::Kind;

// From one moment to the next that is played.
constexpr int kStep = 3;
constexpr int kMongoStep = 20;

constexpr Duration kTroubleFor = std::chrono::minutes(15);

const std::vector<Scene>& scenes() {
  static const std::vector<Scene> kScenes{
      {.name = "image with a comment",
       .posts = {{"instagram", "image", 1, true}},
       .trouble_for = kTroubleFor},
      {.name = "thread of two", .posts = {{"twitter", "image", 2}}, .trouble_for = kTroubleFor},
  };
  return kScenes;
}

class Stores : public ::testing::TestWithParam<StoreKind> {
 protected:
  Verdict on(const Scene& scene, Mishap mishap) {
    const TemporaryFolder folder;
    return play(scene, 1, {}, mishap, false, GetParam().open(folder.path()));
  }
};

INSTANTIATE_TEST_SUITE_P(All, Stores, ::testing::ValuesIn(store_kinds()), kind_name);

TEST(StoresOnMongo, HaveTheirServer) {
  if (mongo::test_server().empty()) GTEST_SKIP() << mongo::kNoTestServer;
  EXPECT_EQ(store_kinds().size(), 3u);
}

TEST_P(Stores, F01_MishapsAllOverASceneEndWell) {
  const bool campaign = std::getenv("HERALD_SIMULATION_RUNS") != nullptr;
  const int step = campaign ? 1 : GetParam().name == "Mongo" ? kMongoStep : kStep;
  int runs = 0;
  int published = 0;
  for (const Scene& scene : scenes()) {
    int from = 1;
    for (const Kind kind : {Kind::crash, Kind::store_fails, Kind::store_unsure}) {
      for (int moment = from++;; moment += step) {
        const Mishap mishap{.kind = kind, .moment = moment, .late = kind == Kind::crash};
        const Verdict verdict = on(scene, mishap);
        ++runs;
        published += static_cast<int>(verdict.ends.contains("published"));
        std::string told;
        for (const auto& complaint : verdict.complaints) told += "  " + complaint + "\n";
        ASSERT_EQ(told, "") << scene.name << ", mishap " << static_cast<int>(kind) << " at moment "
                            << moment;
        if (verdict.moments < moment) break;  // It ran to its end without.
      }
    }
  }
  std::printf("%s: %d runs, %d published\n", GetParam().name.c_str(), runs, published);
  EXPECT_GT(published, runs / 2);
}

}  // namespace
}  // namespace herald::simulation
