// Two processes' stores and several workers on the same rows of one database at once.

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "store/mongo/mongo_store.h"
#include "tests/store/actor.h"
#include "tests/store/mongo_kind.h"
#include "tests/store/mongo_rig.h"
#include "tests/store/store_test.h"

namespace herald {
namespace {

constexpr int kPosts = 8;
constexpr int kAccounts = 3;
constexpr int kWorkers = 3;  // Of each store.
constexpr int kSteps = 50;
constexpr Duration kShortLease{20};  // In acts of all workers: many are outlived.

const std::vector<std::string>& customers() {
  static const std::vector<std::string> all{"acme", "bolt"};
  return all;
}

// What was acknowledged to whom.
class Ledger {
 public:
  void claimed(const Delivery& row) {
    const std::scoped_lock lock(mutex_);
    const bool first = leases_.insert({row.customer.value, row.id.value, row.lease}).second;
    EXPECT_TRUE(first) << row.customer.value << " " << row.id.value << " was leased twice as "
                       << row.lease;
  }
  void saved(const Delivery& row, const Attempt& attempt) {
    const std::scoped_lock lock(mutex_);
    attempts_.insert({row.customer.value, attempt.id});
    if (row.state != DeliveryState::published) return;
    const bool first = published_.emplace(std::pair(row.customer, row.id), row.remote_id).second;
    EXPECT_TRUE(first) << row.id.value << " was published twice";
  }
  void edited(const Post& post) {
    const std::scoped_lock lock(mutex_);
    const bool first =
        edits_.emplace(std::tuple(post.customer, post.id, post.revision), post.text).second;
    EXPECT_TRUE(first) << post.id.value << " was edited twice to " << post.revision;
  }
  void cancelled(const CustomerId& customer, const PostId& post) {
    const std::scoped_lock lock(mutex_);
    cancelled_.insert({customer, post});
  }

  // What the store holds is what was acknowledged.
  void compare(Store& store) const;

 private:
  std::mutex mutex_;
  std::set<std::tuple<std::string, std::string, std::int64_t>> leases_;
  std::set<std::pair<std::string, std::string>> attempts_;
  std::map<std::pair<CustomerId, DeliveryId>, std::string> published_;
  std::map<std::tuple<CustomerId, PostId, int>, std::string> edits_;
  std::set<std::pair<CustomerId, PostId>> cancelled_;
};

void Ledger::compare(Store& store) const {
  std::set<std::pair<std::string, std::string>> attempts;
  std::map<std::pair<CustomerId, DeliveryId>, std::string> published;
  std::map<std::pair<CustomerId, PostId>, int> edits;
  for (const auto& [key, text] : edits_) ++edits[{std::get<0>(key), std::get<1>(key)}];
  for (const std::string& customer : customers()) {
    const auto lines = store.list_attempts(scope(customer), {}, {.limit = 100'000, .before = {}});
    for (const Attempt& line : lines.value().rows) attempts.insert({customer, line.id});
    for (int i = 0; i < kPosts; ++i) {
      const PostId id("p" + std::to_string(i));
      const Post post = store.find_post(scope(customer), id).value();
      EXPECT_EQ(post.revision, 1 + edits[std::pair(post.customer, id)]);
      if (post.revision > 1) {
        EXPECT_EQ(post.text, edits_.at({post.customer, id, post.revision}));
      }
      EXPECT_EQ(post.cancelled, cancelled_.contains({post.customer, id}));
      const auto rows = store.deliveries_of(scope(customer), id).value();
      for (const Delivery& row : rows) {
        if (row.state == DeliveryState::published) {
          published.emplace(std::pair(row.customer, row.id), row.remote_id);
        }
      }
      const PostFilter as_folded{.user = {}, .account = {}, .status = fold(rows)};
      const auto listed =
          store.list_posts(scope(customer), as_folded, {.limit = 100, .before = {}});
      EXPECT_EQ(std::ranges::count(listed.value().rows, id, &Post::id), 1)
          << "the post is listed under another status than " << name_of(fold(rows));
    }
  }
  EXPECT_EQ(attempts, attempts_);
  EXPECT_EQ(published, published_);
}

class MongoRace : public ::testing::Test {
 protected:
  MongoRace() {
    if (!has_mongo()) return;
    const std::string uri = mongo_database_of(folder_.path());
    for (int i = 0; i < 2; ++i) stores_.push_back(MongoStore::open(uri, 4).value());
    for (const std::string& customer : customers()) {
      for (int i = 0; i < kAccounts; ++i) {
        const std::string id = "a" + std::to_string(i);
        const Connection connection{
            .grant = sample_grant(customer, "g" + std::to_string(i)),
            .accounts = {sample_account(customer, id, "g" + std::to_string(i))}};
        EXPECT_DONE(stores_[0]->connect(scope(customer), connection));
      }
      for (int i = 0; i < kPosts; ++i) {
        const Post post = post_of(customer, i, at(i));
        EXPECT_DONE(stores_[0]->create_post(scope(customer), post, deliveries_for(post), {}, {}));
      }
    }
  }

  static Post post_of(const std::string& customer, int number, Time due) {
    return sample_post(
        customer, "p" + std::to_string(number),
        {"a" + std::to_string(number % kAccounts), "a" + std::to_string((number + 1) % kAccounts)},
        due);
  }

  void work(Store& store, Chance chance, const std::string& name) {
    for (int step = 0; step < kSteps; ++step) {
      const Time now = at(++clock_);
      const std::string& customer = customers()[static_cast<std::size_t>(chance.below(2))];
      const PostId post(chance.name("p", kPosts));
      const int what = chance.below(12);
      if (what == 0) {
        if (store.cancel_post(scope(customer), post, now)) {
          ledger_.cancelled(CustomerId(customer), post);
        }
      } else if (what <= 3) {
        edit(store, customer, post, now, name + std::to_string(step));
      } else {
        const auto rows = store.claim_due(now, kShortLease, 1 + chance.below(3));
        ASSERT_TRUE(rows.has_value()) << show(rows.error());
        for (const Delivery& row : *rows) publish(store, chance, row, name + std::to_string(step));
      }
    }
  }

  void edit(Store& store, const std::string& customer, const PostId& id, Time now,
            const std::string& text) {
    Post post = store.find_post(scope(customer), id).value();
    Post fresh = post_of(customer, std::stoi(id.value.substr(1)), now);
    fresh.revision = post.revision + 1;
    fresh.text = text;
    const auto edited = store.edit_post(scope(customer), fresh, deliveries_for(fresh));
    if (edited) return ledger_.edited(fresh);
    EXPECT_EQ(edited.error().kind, ErrorKind::conflict) << show(edited.error());
  }

  // What a worker does with a row: mostly it publishes it, now and then it forgets it.
  void publish(Store& store, Chance& chance, Delivery row, const std::string& name) {
    ledger_.claimed(row);
    if (chance.one_in(6)) return;
    if (chance.one_in(2)) {
      const Time until = at(clock_) + kShortLease;
      if (!held(store, row, store.renew_lease(row.customer, row.id, row.lease, until))) return;
      row.lease_until = until;
    }
    for (int calls = chance.below(3); calls > 0; --calls) {
      row.meter.done_bytes += 1;
      if (!held(store, row, store.save_delivery(row, row.lease, std::nullopt, {}))) return;
    }
    constexpr DeliveryState kNext[] = {DeliveryState::published, DeliveryState::published,
                                       DeliveryState::scheduled, DeliveryState::waiting};
    row.state = kNext[chance.below(4)];
    row.due_at = at(clock_);
    row.remote_id = name;
    row.published_at = at(clock_);
    const Attempt attempt = sample_attempt(row, name + row.id.value);
    if (!held(store, row, store.save_delivery(row, row.lease, attempt, {}))) return;
    ledger_.saved(row, attempt);
  }

  // Whether the lease is still ours; nobody takes it before its time, unless by cancelling.
  bool held(Store& store, const Delivery& row, const Result<Done>& done) {
    if (done) return true;
    EXPECT_EQ(done.error().code, "lease_lost") << show(done.error());
    const bool is_over = at(clock_) >= row.lease_until;
    const auto post = store.find_post(scope(row.customer.value), row.post);
    EXPECT_TRUE(is_over || post->cancelled) << row.id.value << " was taken from its holder";
    return false;
  }

  TemporaryFolder folder_;
  std::vector<std::unique_ptr<MongoStore>> stores_;
  std::atomic<int> clock_ = kPosts;
  Ledger ledger_;
};

TEST_F(MongoRace, NoRowIsLeasedTwiceAndNoAcknowledgedWriteIsLost) {
  if (!has_mongo()) GTEST_SKIP() << mongo::kNoTestServer;
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < stores_.size(); ++i) {
    for (int worker = 0; worker < kWorkers; ++worker) {
      workers.emplace_back([this, i, worker] {
        const int number = static_cast<int>(i) * kWorkers + worker;
        work(*stores_[i], Chance(static_cast<std::uint64_t>(number + 1)),
             "w" + std::to_string(number) + "_");
      });
    }
  }
  for (std::thread& worker : workers) worker.join();
  ledger_.compare(*stores_[1]);

  // Whoever the races left as an account's next can be claimed, so that all comes to its end.
  Store& store = *stores_[0];
  for (int round = 0;; ++round) {
    ASSERT_LT(round, 1'000) << "it does not come to an end";
    const auto next = store.next_due(at(clock_)).value();
    if (!next) break;
    const auto rows = store.claim_due(*next, kShortLease, 100).value();
    for (Delivery row : rows) {
      ledger_.claimed(row);
      row.state = DeliveryState::published;
      row.remote_id = "at last";
      const Attempt attempt = sample_attempt(row, "last" + row.id.value);
      const auto saved = store.save_delivery(row, row.lease, attempt, {});
      ASSERT_TRUE(saved.has_value()) << show(saved.error());
      ledger_.saved(row, attempt);
    }
  }
  ledger_.compare(store);
  for (const std::string& customer : customers()) {
    for (int i = 0; i < kPosts; ++i) {
      const PostId id("p" + std::to_string(i));
      for (const Delivery& row : store.deliveries_of(scope(customer), id).value()) {
        EXPECT_TRUE(is_final(row.state)) << row.id.value << " is stuck in " << name_of(row.state);
      }
    }
  }
}

}  // namespace
}  // namespace herald
