// Killed at any moment: what was acknowledged stands, and the audience sees it once. On a store of
// its own, whose leases end with the next start, and on one that it shares, where they run out.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

#include "tests/program/house.h"
#include "tests/program/person.h"
#include "tests/store/mongo_rig.h"

namespace herald::program {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr int kWriters = 4;     // Each of another customer: one account publishes one by one.
constexpr int kPostsMax = 30;   // Of one writer in one life,
constexpr int kSoonByEach = 2;  // so many due at once: the platform takes 50 a day.

struct Tenant {
  std::string email;
  std::string account;
  std::string medium;
};

struct Asked {
  std::size_t tenant = 0;
  std::string text;
  std::string key;
  json::value draft;
  std::string id;  // Empty: it was killed before it answered.
  bool soon = false;
};

// As a client does that hears "not now", or nothing: it asks again under its key. What a killed
// process had under way on a shared store may be in the way until the store has given it up.
testing::HttpAnswer create_at_last(Person& person, const Asked& one) {
  testing::HttpAnswer answer;
  wait_until("an answer to " + one.text, [&] {
    try {
      answer = person.create(one.draft, one.key);
      return answer.status != 503;
    } catch (const std::runtime_error&) {
      return false;
    }
  });
  return answer;
}

class Writers {
 public:
  Writers(const House& house, const std::vector<Tenant>& tenants, int life) {
    for (std::size_t i = 0; i < tenants.size(); ++i) {
      threads_.emplace_back([&, i, life] { write_until_killed(house, tenants[i], life, i); });
    }
  }
  ~Writers() { over_ = true; }
  std::size_t acknowledged() const { return acknowledged_; }
  std::vector<Asked> end() {
    for (auto& thread : threads_) thread.join();
    return std::move(asked_);
  }

 private:
  void write_until_killed(const House& house, const Tenant& tenant, int life, std::size_t writer) {
    std::optional<Person> person;
    for (int k = 0; k < kPostsMax && !over_; ++k) {
      Asked one;
      one.tenant = writer;
      one.text = "life " + std::to_string(life) + ", writer " + std::to_string(writer) + ", " +
                 std::to_string(k);
      one.key =
          "kill-" + std::to_string(life) + "-" + std::to_string(writer) + "-" + std::to_string(k);
      one.soon = k % 2 == 0 && k / 2 < kSoonByEach;
      one.draft = photo_draft(tenant.account, tenant.medium, one.text);
      if (!one.soon) one.draft.as_object()["due_at"] = later_;
      bool alive = true;
      try {
        if (!person) person.emplace(house, tenant.email);
        auto answer = person->create(one.draft, one.key);
        while (answer.status == 503 && !over_) answer = person->create(one.draft, one.key);
        EXPECT_EQ(answer.status, 201) << answer.body;
        one.id = id_of(answer);
        ++acknowledged_;
      } catch (const std::runtime_error&) {
        alive = false;  // It was killed.
      }
      const std::lock_guard lock(mutex_);
      asked_.push_back(std::move(one));
      if (!alive) return;
    }
  }

  const std::string later_ = due_in(1h);  // One text, so that a draft can be sent again.
  std::atomic<bool> over_ = false;
  std::atomic<std::size_t> acknowledged_ = 0;
  std::mutex mutex_;
  std::vector<Asked> asked_;
  std::vector<std::jthread> threads_;  // Last: they end first.
};

std::vector<Tenant> make_tenants(House& house) {
  std::vector<Tenant> tenants;
  for (int i = 0; i < kWriters; ++i) {
    const std::string email = "mia@" + std::to_string(i) + ".test";
    EXPECT_EQ(house.add_user(email, "customer" + std::to_string(i)).code, 0);
    Person person(house, email);
    tenants.push_back({email, person.connect("instagram"), person.upload_photo()});
  }
  return tenants;
}

// Due while nothing runs, or soon after.
Asked scheduled_post(const House& house, const std::vector<Tenant>& tenants, int life) {
  Asked one;
  one.tenant = static_cast<std::size_t>(life);
  const Tenant& tenant = tenants[one.tenant];
  one.text = "scheduled in life " + std::to_string(life);
  one.key = "kill-scheduled-" + std::to_string(life);
  one.draft = photo_draft(tenant.account, tenant.medium, one.text);
  one.draft.as_object()["due_at"] = due_in(2s);
  one.soon = true;
  Person person(house, tenant.email);
  one.id = id_of(create_at_last(person, one));
  return one;
}

// Asks everything again, as a client does that heard no answer.
void expect_the_same_answers(std::vector<Asked>& asked, std::vector<Person>& people) {
  for (auto& one : asked) {
    const auto again = create_at_last(people[one.tenant], one);
    ASSERT_EQ(again.status, 201) << again.body;
    if (one.id.empty()) one.id = id_of(again);
    EXPECT_EQ(id_of(again), one.id) << one.text;
  }
}

class Kill : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(On, Kill, ::testing::Values("SQLite", "MongoDB"),
                         [](const auto& store) { return std::string(store.param); });

TEST_P(Kill, F01_loses_nothing_acknowledged_and_shows_nothing_twice) {
  std::optional<mongo::TestDatabase> place;
  House house;
  if (GetParam() == std::string("MongoDB")) {
    if (mongo::test_server().empty()) GTEST_SKIP() << mongo::kNoTestServer;
    place.emplace();
    house.variables["HERALD_MONGODB_URI"] = mongo::patient(place->uri());
    ASSERT_EQ(house.run({"migrate"}).code, 0);
  }
  const auto sandbox = house.sandbox();
  auto herald = house.serve();
  const auto tenants = make_tenants(house);
  std::vector<Asked> asked;
  // Each life ends at another moment: while posts are taken in, at the first that the audience
  // sees, and in the middle of publishing.
  for (int life = 0; life < 3; ++life) {
    asked.push_back(scheduled_post(house, tenants, life));
    const auto before = house.seen().size();
    Writers writers(house, tenants, life);
    wait_until("the moment", [&] {
      if (life == 0) return writers.acknowledged() >= 10;
      return house.seen().size() >= before + (life == 1 ? 1u : 5u);
    });
    EXPECT_EQ(herald->end(SIGKILL), -SIGKILL);
    for (auto& one : writers.end()) asked.push_back(std::move(one));
    herald = house.serve();
  }

  std::vector<Person> people;
  for (const auto& tenant : tenants) people.emplace_back(house, tenant.email);
  expect_the_same_answers(asked, people);
  for (const auto& one : asked) {
    people[one.tenant].wait_for_post(one.id, one.soon ? "published" : "scheduled");
  }
  const auto seen = house.seen();
  for (const auto& one : asked) {
    EXPECT_EQ(std::ranges::count(seen, one.text), one.soon ? 1 : 0) << one.text;
  }
  EXPECT_EQ(std::ssize(seen), std::ranges::count(asked, true, &Asked::soon));
  EXPECT_FALSE(herald->err().contains("Sanitizer")) << herald->err();
}

}  // namespace
}  // namespace herald::program
