// A filled store for benchmarks, embedded (its folder is made under TMPDIR, by default /tmp) or in
// the MongoDB that HERALD_TEST_MONGO_URI names.
#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "store/mongo/migrations.h"
#include "store/mongo/mongo_store.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/store/mongo_rig.h"

namespace herald {

inline constexpr int kCustomers = 1'000;
inline constexpr int kAccounts = 3;  // Each customer's.
inline constexpr int kThreadsMax = 64;
inline constexpr Duration kLease{60'000};

inline Time at(std::int64_t ms) { return from_ms(1'800'000'000'000 + ms); }

inline CustomerScope customer(int number) {
  return ScopeAuthority::of(CustomerId("cus_aaaaaaaaaaaaaaaaaaaaaa" + std::to_string(number)));
}

inline AccountId account(int number) {
  return AccountId("acc_aaaaaaaaaaaaaaaaaaaaaaaa" + std::to_string(number));
}

// A store with customers of three accounts each.
class Bench {
 public:
  explicit Bench(int customers = kCustomers, bool on_mongo = false) : customers_(customers) {
    if (on_mongo) {
      open_mongo();
    } else {
      open_sqlite();
    }
    in_parallel(customers, [&](int number) { connect(customer(number)); });
  }
  ~Bench() {
    store_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  Store& store() { return *store_; }
  int customers() const { return customers_; }
  // That a database server has answered.
  double commands() const {
    return mongo_ != nullptr ? static_cast<double>(mongo_->commands()) : 0;
  }

  void create(int number, const CustomerScope& scope, const AccountId& to, Time due) {
    Post post;
    post.id = PostId("post_aaaaaaaaaaaaaaaaaa" + std::to_string(number));
    post.customer = scope.customer();
    post.user = UserId("usr_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    post.text = std::string(500, 'x');
    post.targets = {{.account = to, .kind = "reel", .key = {}, .text = {}, .options = {}}};
    post.due_at = due;
    post.created_at = at(number);
    Delivery delivery;
    delivery.id = delivery_id(post.id, to, "");
    delivery.customer = post.customer;
    delivery.user = post.user;
    delivery.post = post.id;
    delivery.account = to;
    delivery.platform = PlatformId("instagram");
    delivery.kind = "reel";
    delivery.due_at = due;
    delivery.publish_at = due;
    delivery.missed_after = due + Duration(3'600'000);
    const IdempotencyKey key{"key-" + std::to_string(number), "fingerprint"};
    if (!store_->create_post(scope, post, {delivery}, key, {})) std::abort();
  }

  // So many posts in the future, one a second, over all accounts.
  void fill(int posts) {
    in_parallel(posts, [&](int number) {
      create(number, customer(number % customers_), account(number / customers_ % kAccounts),
             at(1'000'000'000 + number * 1'000));
    });
  }

  template <class Act>
  static void in_parallel(int count, Act act) {
    std::atomic<int> next = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreadsMax; ++i) {
      threads.emplace_back([&] {
        for (int number = next++; number < count; number = next++) act(number);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

 private:
  void open_sqlite() {
    std::string path = (std::filesystem::temp_directory_path() / "herald-bench-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) std::abort();
    folder_ = path;
    store_ = SqliteStore::open(folder_, at(0)).value();
  }
  void open_mongo() {
    database_.emplace();
    if (!migrate(*database_->open(), mongo::mongodb_migrations(), at(0))) std::abort();
    const std::string uri = database_->uri();
    auto store = MongoStore::open(
        uri + (uri.contains('?') ? "&" : "?") + "socketTimeoutMS=60000&waitQueueTimeoutMS=60000",
        kThreadsMax);
    mongo_ = store->get();
    store_ = std::move(store).value();
  }

  void connect(const CustomerScope& scope) {
    Connection connection;
    connection.grant.id = GrantId("grt_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    connection.grant.customer = scope.customer();
    connection.grant.user = UserId("usr_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    connection.grant.platform = PlatformId("instagram");
    connection.grant.sealed_tokens = std::string(400, 't');
    for (int i = 0; i < kAccounts; ++i) {
      Account row;
      row.id = account(i);
      row.customer = scope.customer();
      row.user = connection.grant.user;
      row.platform = connection.grant.platform;
      row.grant = connection.grant.id;
      row.remote_id = "1784140000000000" + std::to_string(i);
      row.name = "Name of the account";
      row.username = "name_of_the_account";
      row.picture_url = "https://cdn.example/picture.jpg";
      row.facts = {{"page_id", "1234567890"}};
      row.sealed_token = std::string(300, 't');
      connection.accounts.push_back(row);
    }
    if (!store_->connect(scope, connection)) std::abort();
  }

  const int customers_;
  std::string folder_;
  std::optional<mongo::TestDatabase> database_;
  MongoStore* mongo_ = nullptr;  // The store, where it is one.
  std::unique_ptr<Store> store_;
};

}  // namespace herald
