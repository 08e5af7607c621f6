// Acts of the embedded store on a real disk: the folder is made under TMPDIR (default /tmp).
// Rates are by wall time; "CPU" is that of the whole process, so divide it by the items for the
// cost of one.

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

constexpr int kCustomers = 1'000;
constexpr int kAccounts = 3;  // Each customer's.
constexpr Duration kLease{60'000};

Time at(std::int64_t ms) { return from_ms(1'800'000'000'000 + ms); }

CustomerScope customer(int number) {
  return ScopeAuthority::of(CustomerId("cus_aaaaaaaaaaaaaaaaaaaaaa" + std::to_string(number)));
}

AccountId account(int number) {
  return AccountId("acc_aaaaaaaaaaaaaaaaaaaaaaaa" + std::to_string(number));
}

// A store with a thousand customers of three accounts each.
class Bench {
 public:
  Bench() {
    const std::string pattern =
        (std::filesystem::temp_directory_path() / "herald-bench-XXXXXX").string();
    std::string path = pattern;
    if (mkdtemp(path.data()) == nullptr) std::abort();
    folder_ = path;
    store_ = SqliteStore::open(folder_, at(0)).value();
    in_parallel(kCustomers, [&](int number) { connect(customer(number)); });
  }
  ~Bench() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  SqliteStore& store() { return *store_; }

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
      create(number, customer(number % kCustomers), account(number / kCustomers % kAccounts),
             at(1'000'000'000 + number * 1'000));
    });
  }

  template <class Act>
  static void in_parallel(int count, Act act) {
    std::atomic<int> next = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 64; ++i) {
      threads.emplace_back([&] {
        for (int number = next++; number < count; number = next++) act(number);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

 private:
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

  std::string folder_;
  std::unique_ptr<SqliteStore> store_;
};

void create_post(benchmark::State& state) {
  static std::unique_ptr<Bench> bench;
  static std::atomic<int> next;
  if (state.thread_index() == 0) {
    next = 0;
    bench = std::make_unique<Bench>();
  }
  for (auto _ : state) {
    const int number = next++;
    bench->create(number, customer(number % kCustomers), account(number % kAccounts),
                  at(1'000'000 + number));
  }
  state.SetItemsProcessed(state.iterations());
  if (state.thread_index() == 0) bench.reset();
}
BENCHMARK(create_post)
    ->Threads(1)
    ->Threads(16)
    ->Threads(64)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

void list_accounts_of_three(benchmark::State& state) {
  static std::unique_ptr<Bench> bench;
  if (state.thread_index() == 0) bench = std::make_unique<Bench>();
  int number = 0;
  for (auto _ : state) {
    const auto rows = bench->store().list_accounts(customer(number++ % kCustomers), {}, {});
    if (!rows || rows->size() != kAccounts) std::abort();
  }
  state.SetItemsProcessed(state.iterations());
  if (state.thread_index() == 0) bench.reset();
}
BENCHMARK(list_accounts_of_three)->Threads(1)->Threads(2)->UseRealTime()->MeasureProcessCPUTime();

// The store that the following share, with so many scheduled posts.
Bench& filled(int posts) {
  static std::unique_ptr<Bench> bench;
  static int held = 0;
  if (held != posts) {
    bench.reset();
    bench = std::make_unique<Bench>();
    bench->fill(posts);
    held = posts;
  }
  return *bench;
}

void list_posts_of_twenty(benchmark::State& state) {
  Bench& bench = filled(static_cast<int>(state.range(0)));
  int number = 0;
  for (auto _ : state) {
    const auto page = bench.store().list_posts(customer(number++ % kCustomers), {}, {});
    if (!page || page->rows.size() != 20) std::abort();
  }
}

void claim_nothing(benchmark::State& state) {
  Bench& bench = filled(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    if (!bench.store().claim_due(at(0), kLease, 32)->empty()) std::abort();
  }
}

void next_due(benchmark::State& state) {
  Bench& bench = filled(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    if (!bench.store().next_due(at(0))->has_value()) std::abort();
  }
}

// `due` posts come due at once; claims of 32 work through them.
void claim_batch(benchmark::State& state) {
  Bench& bench = filled(static_cast<int>(state.range(0)));
  static int number = 10'000'000;
  const auto due = static_cast<int>(state.range(1));
  Time now = at(500'000'000);
  std::int64_t claimed = 0;
  std::vector<Delivery> rows;
  for (auto _ : state) {
    rows = bench.store().claim_due(now, kLease, 32).value();
    claimed += std::ssize(rows);
    state.PauseTiming();
    for (Delivery& row : rows) row.state = DeliveryState::published;
    Bench::in_parallel(static_cast<int>(rows.size()), [&](int i) {
      const Delivery& row = rows[static_cast<std::size_t>(i)];
      if (!bench.store().save_delivery(row, row.lease, {}, {})) std::abort();
    });
    if (rows.size() < 32) {
      const int first = number;
      number += due;
      Bench::in_parallel(due, [&](int i) {
        bench.create(first + i, customer(i % kCustomers), account(i / kCustomers % kAccounts), now);
      });
    }
    state.ResumeTiming();
  }
  state.SetItemsProcessed(claimed);
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->Arg(200'000)->UseRealTime()->MeasureProcessCPUTime();
}
BENCHMARK(list_posts_of_twenty)->Apply(sizes);
BENCHMARK(next_due)->Apply(sizes);
BENCHMARK(claim_nothing)->Apply(sizes);
BENCHMARK(claim_batch)
    ->ArgNames({"scheduled", "due"})
    ->Args({200'000, 32})
    ->Args({200'000, 3'000})
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace herald
