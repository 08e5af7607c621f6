// Two acts on one customer's rows at the same moment, by two processes' stores. Each pair decides
// by the same documents without changing the same one, or changes what the other has just read.

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>

#include "store/mongo/mongo_store.h"
#include "store/mongo/races.h"
#include "tests/store/mongo_kind.h"
#include "tests/store/mongo_rig.h"
#include "tests/store/store_test.h"

namespace herald {
namespace {

constexpr int kRounds = 12;  // Not every one meets in the middle.

class MongoPairs : public ::testing::Test {
 protected:
  MongoPairs() {
    if (!has_mongo()) return;
    const std::string uri = mongo_database_of(folder_.path());
    one_ = MongoStore::open(uri, 4).value();
    other_ = MongoStore::open(uri, 4).value();
  }
  void SetUp() override {
    if (!has_mongo()) GTEST_SKIP() << mongo::kNoTestServer;
  }

  template <class First, class Second>
  static void together(First first, Second second) {
    std::barrier start(2);
    std::thread beside([&] {
      start.arrive_and_wait();
      second();
    });
    start.arrive_and_wait();
    first();
    beside.join();
  }

  void connect(const std::string& id, const std::string& grant) {
    const Connection connection{.grant = sample_grant("acme", grant),
                                .accounts = {sample_account("acme", id, grant)}};
    EXPECT_DONE(one_->connect(acme_, connection));
  }
  Result<PostStore::Created> create(Store& store, const std::string& id,
                                    const std::vector<std::string>& accounts, Time due) {
    const Post post = sample_post("acme", id, accounts, due);
    return store.create_post(acme_, post, deliveries_for(post), {}, {});
  }
  std::vector<Delivery> claim(Time now, int max = 100) {
    return one_->claim_due(now, kLease, max).value();
  }
  static Result<Done> publish(Store& store, Delivery row) {
    row.state = DeliveryState::published;
    return store.save_delivery(row, row.lease, std::nullopt, {});
  }

  static constexpr Duration kLease{1'000};
  const CustomerScope acme_ = scope("acme");
  TemporaryFolder folder_;
  std::unique_ptr<MongoStore> one_, other_;
};

TEST_F(MongoPairs, APostWhoseTwoDeliveriesEndAtOnceIsListedAsPublished) {
  connect("a", "g");
  connect("b", "g");
  for (int i = 0; i < kRounds; ++i) {
    const std::string id = "p" + std::to_string(i);
    EXPECT_DONE(create(*one_, id, {"a", "b"}, at(i)));
    const auto rows = claim(at(i));
    ASSERT_EQ(rows.size(), 2u);
    together([&] { EXPECT_DONE(publish(*one_, rows[0])); },
             [&] { EXPECT_DONE(publish(*other_, rows[1])); });
    const PostFilter published{.user = {}, .account = {}, .status = PostStatus::published};
    const auto listed = one_->list_posts(acme_, published, {.limit = 100, .before = {}}).value();
    EXPECT_EQ(std::ranges::count(listed.rows, PostId(id), &Post::id), 1) << id;
  }
}

TEST_F(MongoPairs, AnEarlierPostThatComesAsOneEndsGoesBeforeTheLaterOnes) {
  connect("a", "g");
  for (int i = 0; i < kRounds; ++i) {
    const std::string number = std::to_string(i);
    EXPECT_DONE(create(*one_, "first" + number, {"a"}, at(10)));
    EXPECT_DONE(create(*one_, "last" + number, {"a"}, at(30)));
    const auto first = claim(at(100), 1);
    ASSERT_EQ(first.size(), 1u);
    together([&] { EXPECT_DONE(publish(*one_, first[0])); },
             [&] { EXPECT_DONE(create(*other_, "second" + number, {"a"}, at(20))); });
    for (const char* next : {"second", "last"}) {
      const auto rows = claim(at(100));
      ASSERT_EQ(rows.size(), 1u);
      EXPECT_EQ(rows[0].post.value, next + number);
      EXPECT_DONE(publish(*one_, rows[0]));
    }
  }
}

TEST_F(MongoPairs, OfTheLastTwoAccountsOfAGrantRemovedAtOnceOneIsTheLast) {
  for (int i = 0; i < kRounds; ++i) {
    Connection both{.grant = sample_grant("acme", "g" + std::to_string(i)), .accounts = {}};
    for (const char* id : {"a", "b"}) {
      both.accounts.push_back(sample_account("acme", id, both.grant.id.value));
    }
    EXPECT_DONE(one_->connect(acme_, both));
    std::atomic<int> last = 0;
    const auto remove = [&](Store& store, const char* id) {
      const auto removed = store.remove_account(acme_, AccountId(id), at(i));
      EXPECT_DONE(removed);
      if (removed && removed->last) ++last;
    };
    together([&] { remove(*one_, "a"); }, [&] { remove(*other_, "b"); });
    EXPECT_EQ(last, 1);
    EXPECT_EQ(one_->find_grant(acme_, both.grant.id)->state, GrantState::revoked);
  }
}

TEST_F(MongoPairs, APostToAnAccountThatGoesIsRefusedOrCancelled) {
  for (int i = 0; i < kRounds; ++i) {
    connect("a", "g" + std::to_string(i));
    const std::string id = "p" + std::to_string(i);
    bool is_created = false;
    together([&] { EXPECT_DONE(one_->remove_account(acme_, AccountId("a"), at(i))); },
             [&] { is_created = create(*other_, id, {"a"}, at(i)).has_value(); });
    if (!is_created) continue;
    const auto rows = one_->deliveries_of(acme_, PostId(id)).value();
    EXPECT_EQ(rows.front().state, DeliveryState::cancelled) << id;
  }
  EXPECT_EQ(show(claim(at(1000))), "");
}

TEST_F(MongoPairs, OneRequestSentTwiceAtOnceMakesOnePost) {
  connect("a", "g");
  for (int i = 0; i < kRounds; ++i) {
    const IdempotencyKey key{"key" + std::to_string(i), "same"};
    const auto send = [&](Store& store, const std::string& id) {
      const Post post = sample_post("acme", id + std::to_string(i), {"a"}, at(1));
      return store.create_post(acme_, post, deliveries_for(post), key, {});
    };
    Result<PostStore::Created> first, second;
    together([&] { first = send(*one_, "p"); }, [&] { second = send(*other_, "q"); });
    ASSERT_TRUE(first && second) << show(first) << show(second);
    EXPECT_EQ(first->id, second->id);
    EXPECT_NE(first->replayed, second->replayed);
  }
}

// A worker that was slow, and finds its lease given to another one.
TEST_F(MongoPairs, ALateSaveOrRenewalNeverTurnsARowBack) {
  connect("a", "g");
  EXPECT_DONE(create(*one_, "p", {"a"}, at(0)));
  Delivery row = claim(at(0)).at(0);
  for (int i = 1; i <= 4 * kRounds; ++i) {
    const Delivery late = row;
    together(
        [&] {
          const auto rows = claim(late.lease_until);
          if (!rows.empty()) row = rows.front();
        },
        [&] {
          // Until it hears of it.
          for (int calls = 0; calls < 500; ++calls) {
            if (!other_->renew_lease(late.customer, late.id, late.lease, late.lease_until) ||
                !other_->save_delivery(late, late.lease, std::nullopt, {})) {
              break;
            }
          }
        });
    ASSERT_GT(row.lease, late.lease);
    const auto stored = one_->find_delivery(acme_, row.id).value();
    ASSERT_EQ(show(stored), show(row)) << "after " << i << " leases";
  }
}

// A worker renews its lease beside the conversation, which stores the fence and makes the call.
TEST_F(MongoPairs, ALeaseThatIsRenewedTakesNoFenceAway) {
  connect("a", "g");
  EXPECT_DONE(create(*one_, "p", {"a"}, at(0)));
  Delivery row = claim(at(0)).at(0);
  constexpr int kFences = 20 * kRounds;
  together(
      [&] {
        for (int i = 1; i <= kFences; ++i) {
          row.visible_calls = i;
          row.fence = Fence{.call = i, .attempt = 0, .begun_at = at(i)};
          ASSERT_TRUE(one_->save_delivery(row, row.lease, std::nullopt, {}).has_value());
          const auto stored = one_->find_delivery(acme_, row.id).value();
          ASSERT_TRUE(stored.fence && stored.visible_calls == i) << "fence " << i << " is gone";
          ASSERT_EQ(stored.fence->call, i);
        }
      },
      [&] {
        for (int i = 1; i <= 100 * kFences; ++i) {
          const auto renewed = other_->renew_lease(row.customer, row.id, row.lease, at(1'000 + i));
          ASSERT_TRUE(renewed.has_value()) << show(renewed.error());
          if (one_->find_delivery(acme_, row.id)->visible_calls == kFences) break;
        }
      });
}

TEST_F(MongoPairs, AFollowUpIsLeasedToOneOnly) {
  connect("a", "g");
  EXPECT_DONE(create(*one_, "p", {"a"}, at(0)));
  const Delivery row = claim(at(0)).at(0);
  std::vector<FollowUp> follow_ups;
  for (int i = 0; i < kRounds; ++i) {
    follow_ups.push_back(sample_follow_up(row, "comment" + std::to_string(i), at(0)));
  }
  EXPECT_DONE(one_->save_delivery(row, row.lease, std::nullopt, follow_ups));
  std::atomic<int> claimed = 0;
  const auto take = [&](Store& store) {
    for (int i = 0; i < kRounds; ++i) {
      const auto rows = store.claim_follow_ups(at(1), kLease, 1).value();
      claimed += static_cast<int>(rows.size());
    }
  };
  together([&] { take(*one_); }, [&] { take(*other_); });
  EXPECT_EQ(claimed, kRounds);
}

// Of a worker that was slow: what it was told is stored is seen by whoever takes over.
TEST_F(MongoPairs, TheFenceOfAFollowUpIsKeptByWhoeverTakesItOver) {
  connect("a", "g");
  EXPECT_DONE(create(*one_, "p", {"a"}, at(0)));
  const Delivery of = claim(at(0)).at(0);
  for (int i = 0; i < 5 * kRounds; ++i) {
    const FollowUp fresh = sample_follow_up(of, "comment" + std::to_string(i), at(i));
    EXPECT_DONE(one_->save_delivery(of, of.lease, std::nullopt, {fresh}));
    FollowUp slow = one_->claim_follow_ups(at(i), Duration(1), 1).value().at(0);
    slow.fence = Fence{.call = 1, .attempt = 0, .begun_at = at(i)};
    Result<Done> saved;
    together([&] { saved = one_->save_follow_up(slow, slow.lease, std::nullopt); },
             [&] { EXPECT_DONE(other_->claim_follow_ups(at(i + 2), kLease, 0)); });
    const auto rows = one_->follow_ups_of(acme_, of.post).value();
    const auto stored = std::ranges::find(rows, slow.kind, &FollowUp::kind);
    ASSERT_NE(stored, rows.end());
    EXPECT_EQ(stored->fence.has_value(), saved.has_value()) << slow.kind;
    EXPECT_DONE(other_->claim_follow_ups(at(i + 2), kLease, 1));
  }
}

// As when a worker was killed in the middle of an act: the server gives that up only later.
TEST_F(MongoPairs, OneRowThatOthersAreAtIsLeftForLater) {
  const auto database =
      mongo::Database::open(mongo_database_of(folder_.path()), 1, {.answer_ms = 60'000}).value();
  int tries = 0;
  const auto lose = [&](mongo::Act& act) -> Result<std::optional<Delivery>> {
    ++tries;
    act.try_again();
    return fail(ErrorKind::conflict, "Somebody else was quicker.");
  };
  const auto row = mongo::try_as_one(*database, lose);
  ASSERT_TRUE(row.has_value()) << row.error().message;
  EXPECT_FALSE(row->has_value());
  EXPECT_GT(tries, 1);
  const auto act = database->run_as_one(lose, 2);
  ASSERT_FALSE(act.has_value()) << "what is no claim is told so";
  EXPECT_EQ(act.error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace herald
