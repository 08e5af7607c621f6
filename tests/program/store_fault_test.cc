// The program on a MongoDB that stops, goes, stalls, steps down, or carries out what it then does
// not answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>

#include "store/mongo/documents.h"
#include "tests/program/house.h"
#include "tests/program/mongo_proxy.h"
#include "tests/program/person.h"
#include "tests/store/mongo_rig.h"

namespace herald::program {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Fault = MongoProxy::Fault;
using testing::HttpAnswer;

constexpr auto kRefusedWithin = 2s;
constexpr auto kResumedWithin = 5s;
constexpr int kRounds = 3;
constexpr int kSoon = 4;
constexpr auto kDueIn = 3s;

std::chrono::milliseconds since(Clock::time_point begun) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
}

struct Times {
  std::chrono::milliseconds refused{};    // The slowest of the refusals.
  std::chrono::milliseconds resumed{};    // From the end of the fault.
  std::chrono::milliseconds published{};  // As well.
  bool in_time() const {
    return published > 0ms && refused < kRefusedWithin && resumed < kResumedWithin &&
           published < kResumedWithin;
  }
};

struct Asked {
  json::value draft;
  std::string key;
  std::string id;  // Empty: not acknowledged yet.
  std::string text() const { return std::string(draft.at("text").as_string()); }
};

class StoreFault : public ::testing::Test {
 protected:
  void SetUp() override {
    if (mongo::test_server().empty()) GTEST_SKIP() << mongo::kNoTestServer;
    place_.emplace();
    proxy_.emplace(place_->uri());
    house_.variables["HERALD_MONGODB_URI"] = mongo::patient(place_->uri());
    ASSERT_EQ(house_.run({"migrate"}).code, 0);
    ASSERT_EQ(house_.add_user().code, 0);
    sandbox_ = house_.sandbox();
    house_.variables["HERALD_MONGODB_URI"] = proxy_->uri();
    herald_ = house_.serve();
    mia_.emplace(house_);
    account_ = mia_->connect("instagram");
    medium_ = mia_->upload_photo();
  }

  Asked asked(const std::string& text) {
    return {photo_draft(account_, medium_, text), "store-fault-" + text, ""};
  }
  // Whether it was acknowledged, or refused for the store's sake; throws if neither.
  bool create(Asked& one) {
    const auto answer = mia_->create(one.draft, one.key);
    if (answer.status == 503 && !answer.header("Retry-After").empty()) return false;
    const std::string id = id_of(answer);
    EXPECT_TRUE(one.id.empty() || one.id == id) << "one key, two posts";
    one.id = id;
    return true;
  }

  // Asks, looks at the answer, and keeps the time that it took.
  template <class Ask>
  void expect_refused(Times& times, Ask ask) {
    const auto begun = Clock::now();
    const HttpAnswer answer = ask();
    times.refused = std::max(times.refused, since(begun));
    EXPECT_EQ(answer.status, 503) << answer.body;
    EXPECT_NE(answer.header("Retry-After"), "") << answer.body;
  }
  void expect_refusals(Asked& one, Times& times) {
    const auto get = [&](const char* route) { return mia_->send("GET", route); };
    expect_refused(times, [&] { return get("/api/social-media/posts"); });
    expect_refused(times, [&] { return get("/api/social-media/accounts"); });
    expect_refused(times, [&] { return mia_->create(one.draft, one.key); });
    expect_refused(times, [&] {
      return house_.post(kEdge, "/api/auth/login", {{"email", kEmail}, {"password", kPassword}});
    });
    const auto begun = Clock::now();
    EXPECT_EQ(house_.get(kOperations, "/readyz").status, 503);
    times.refused = std::max(times.refused, since(begun));
  }

  // The store knows of what the audience sees: fenced, or by the answer that lowered the fence.
  void expect_fences() {
    const auto database = place_->open();
    for (const std::string& text : house_.seen()) {
      const auto rows = database->run([&](mongo::Act& act) -> Result<std::vector<mongo::Bson>> {
        const CustomerId bakery("bakery");
        HERALD_TRY(const auto posts,
                   mongo::Documents(act, "posts", bakery).find(mongo::document("text", text)));
        if (posts.size() != 1) return std::vector<mongo::Bson>();
        return mongo::Documents(act, "deliveries", bakery)
            .find(mongo::document("post_id", posts.front().at("id").bytes));
      });
      ASSERT_TRUE(rows.has_value());
      ASSERT_EQ(rows->size(), 1u) << text;
      const auto& row = rows->front();
      EXPECT_TRUE(row.at("state").bytes == "published" || row.at("visible_calls").integer > 0 ||
                  row.at("fence").type == mongo::Value::Type::document)
          << text << " is out without a fence";
    }
  }

  // The fault is over: how long until what was refused is acknowledged, and a due post is out.
  void expect_resumed(Asked& refused, std::size_t seen_before, Times& times) {
    proxy_->be(Fault::none);
    const auto begun = Clock::now();
    wait_until("an answer again", [&] { return create(refused); });
    wait_until("readiness", [&] { return house_.ready(); });
    times.resumed = since(begun);
    wait_until("a due post to be out", [&] { return house_.seen().size() > seen_before; });
    times.published = since(begun);
  }

  void expect_everything_once(const std::vector<Asked>& all) {
    for (const auto& one : all) mia_->wait_for_post(one.id, "published");
    const auto seen = house_.seen();
    EXPECT_EQ(seen.size(), all.size());
    for (const auto& one : all) EXPECT_EQ(std::ranges::count(seen, one.text()), 1) << one.text();
    EXPECT_FALSE(herald_->err().contains("Sanitizer")) << herald_->err();
  }

  // A post is acknowledged and falls due in the fault.
  Times meet_once(Fault fault, const std::string& round) {
    Times times;
    const auto seen_before = met_.size();
    Asked due = asked("due-meanwhile-" + round);
    due.draft.as_object()["due_at"] = due_in(kDueIn);
    EXPECT_TRUE(create(due));
    const auto due_at = Clock::now() + kDueIn;
    proxy_->be(fault);
    Asked meanwhile = asked("meanwhile-" + round);
    expect_refusals(meanwhile, times);
    wait_until("the post to be due", [&] { return Clock::now() > due_at; });
    EXPECT_EQ(house_.seen().size(), seen_before) << "out without a store";
    expect_resumed(meanwhile, seen_before, times);
    met_.insert(met_.end(), {due, meanwhile});
    expect_everything_once(met_);
    return times;
  }

  // A busy machine takes time of its own: one round of some has to be in time.
  void meet(Fault fault) {
    Times times;
    for (int round = 1; round <= kRounds && !times.in_time(); ++round) {
      times = meet_once(fault, std::to_string(round));
      std::printf("refused in at most %lld ms, resumed in %lld ms, publishing in %lld ms\n",
                  static_cast<long long>(times.refused.count()),
                  static_cast<long long>(times.resumed.count()),
                  static_cast<long long>(times.published.count()));
    }
    EXPECT_TRUE(times.in_time()) << "in none of " << kRounds << " rounds";
  }

  std::optional<mongo::TestDatabase> place_;
  std::optional<MongoProxy> proxy_;
  House house_;
  std::unique_ptr<Process> sandbox_;
  std::unique_ptr<Process> herald_;
  std::optional<Person> mia_;
  std::string account_;
  std::string medium_;
  std::vector<Asked> met_;
};

// What it was fenced for has to be over before it can be looked up: this takes some minutes.
TEST_F(StoreFault, InTheMiddleOfPublishingNothingGoesOutUnfencedOrTwice) {
  std::vector<Asked> all;
  for (int i = 0; i < kSoon; ++i) {
    all.push_back(asked("soon-" + std::to_string(i)));
    ASSERT_TRUE(create(all.back()));
  }
  wait_until("the first to be out", [&] { return !house_.seen().empty(); });
  proxy_->be(Fault::gone);
  expect_fences();
  proxy_->be(Fault::none);
  expect_everything_once(all);
}

TEST_F(StoreFault, OneThatStandsStillRefusesInTimeAndLosesNothing) { meet(Fault::stopped); }
TEST_F(StoreFault, OneThatIsGoneRefusesInTimeAndLosesNothing) { meet(Fault::gone); }
TEST_F(StoreFault, OneThatStepsDownRefusesInTimeAndLosesNothing) { meet(Fault::not_primary); }

TEST_F(StoreFault, WhatIsCarriedOutButNotAnsweredIsDoneOnce) {
  std::vector<Asked> all;
  proxy_->be(Fault::cut);
  for (int i = 0; i < kSoon; ++i) {
    all.push_back(asked("cut-" + std::to_string(i)));
    (void)create(all.back());
  }
  EXPECT_GT(proxy_->met(), 0);
  expect_fences();
  proxy_->be(Fault::none);
  for (auto& one : all) wait_until("an answer again", [&] { return create(one); });
  expect_everything_once(all);
}

TEST_F(StoreFault, OneThatIsSlowLosesNothing) {
  std::vector<Asked> all;
  proxy_->be(Fault::slow);
  for (int i = 0; i < kSoon; ++i) {
    all.push_back(asked("slow-" + std::to_string(i)));
    (void)create(all.back());
  }
  EXPECT_GT(proxy_->met(), 0);
  expect_fences();
  proxy_->be(Fault::none);
  for (auto& one : all) wait_until("an answer again", [&] { return create(one); });
  expect_everything_once(all);
}

}  // namespace
}  // namespace herald::program
