// The same acts on both stores, one at a time, and how many commands a database server is sent for
// each. "CPU" is this process's, without the server's.
#include <benchmark/benchmark.h>

#include "bench/store_bench.h"

namespace herald {
namespace {

constexpr int kFewCustomers = 100;
constexpr int kFewScheduled = 2'000;
constexpr int kBatch = 32;

// The store of that kind, with posts that are scheduled; null: there is no server.
Bench* both(benchmark::State& state) {
  static std::unique_ptr<Bench> benches[2];
  const bool on_mongo = state.range(0) == 1;
  if (on_mongo && mongo::test_server().empty()) {
    state.SkipWithError("HERALD_TEST_MONGO_URI is not set");
    return nullptr;
  }
  auto& bench = benches[on_mongo];
  if (!bench) {
    bench = std::make_unique<Bench>(kFewCustomers, on_mongo);
    bench->fill(kFewScheduled);
  }
  return bench.get();
}

int fresh_number() {
  static std::atomic<int> next = 20'000'000;
  return next++;
}

// What is counted of a benchmark: time, and commands to a server.
class Watch {
 public:
  Watch(benchmark::State& state, const Bench& bench) : state_(state), bench_(bench) {}
  void stop() {
    state_.PauseTiming();
    commands_ += bench_.commands() - begun_;
  }
  void go_on() {
    begun_ = bench_.commands();
    state_.ResumeTiming();
  }
  double commands() const { return commands_ + bench_.commands() - begun_; }

 private:
  benchmark::State& state_;
  const Bench& bench_;
  double commands_ = 0;
  double begun_ = bench_.commands();
};

template <class Act>
void time_act(benchmark::State& state, Act act) {
  Bench* bench = both(state);
  if (bench == nullptr) return;
  Watch watch(state, *bench);
  for (auto _ : state) act(*bench, watch);
  state.SetItemsProcessed(state.iterations());
  state.counters["commands"] = watch.commands() / static_cast<double>(state.iterations());
}

void create_post(benchmark::State& state) {
  time_act(state, [](Bench& bench, Watch&) {
    const int number = fresh_number();
    bench.create(number, customer(number % kFewCustomers), account(number % kAccounts),
                 at(1'000'000'000 + number));
  });
}

void list_accounts_of_three(benchmark::State& state) {
  time_act(state, [](Bench& bench, Watch&) {
    if (!bench.store().list_accounts(customer(fresh_number() % kFewCustomers), {}, {}))
      std::abort();
  });
}

void list_posts_of_twenty(benchmark::State& state) {
  time_act(state, [](Bench& bench, Watch&) {
    if (!bench.store().list_posts(customer(fresh_number() % kFewCustomers), {}, {})) std::abort();
  });
}

void next_due(benchmark::State& state) {
  time_act(state, [](Bench& bench, Watch&) {
    if (!bench.store().next_due(at(0))) std::abort();
  });
}

void claim_nothing(benchmark::State& state) {
  time_act(state, [](Bench& bench, Watch&) {
    if (!bench.store().claim_due(at(0), kLease, kBatch)->empty()) std::abort();
  });
}

const Time kNow = at(500'000'000);

void make_due(Bench& bench, int count) {
  for (int i = 0; i < count; ++i) {
    const int number = fresh_number();
    bench.create(number, customer(number % kFewCustomers), account(number % kAccounts), kNow);
  }
}

std::vector<Delivery> claim(Bench& bench, int count) {
  return bench.store().claim_due(kNow, kLease, count).value();
}

Attempt line_of(const Delivery& row, int number) {
  Attempt line;
  line.id = "att_aaaaaaaaaaaaaaaaaa" + std::to_string(number);
  line.customer = row.customer;
  line.user = row.user;
  line.delivery = row.id;
  line.post = row.post;
  line.account = row.account;
  line.platform = row.platform;
  line.step = "publish: POST https://graph.facebook.com/v26.0/112233445566/feed";
  line.ended_at = line.started_at = kNow;
  line.outcome = "accepted";
  return line;
}

void save(Bench& bench, const Delivery& row, const std::optional<Attempt>& line) {
  if (!bench.store().save_delivery(row, row.lease, line, {})) std::abort();
}

// What is saved of a delivery that is made of one visible call and one more: the fence, each
// answer, and the end.
void save_delivery(benchmark::State& state) {
  time_act(state, [](Bench& bench, Watch& watch) {
    watch.stop();
    make_due(bench, 1);
    Delivery row = claim(bench, 1).at(0);
    watch.go_on();
    row.fence = Fence{};
    row.visible_calls = 1;
    row.sealed_progress = std::string(120, 'p');
    save(bench, row, std::nullopt);
    row.fence.reset();
    save(bench, row, line_of(row, fresh_number()));
    row.state = DeliveryState::published;
    row.remote_id = "112233445566_122100000000000001";
    row.url = "https://www.facebook.com/112233445566/posts/122100000000000001";
    row.published_at = at(500'000'001);
    save(bench, row, line_of(row, fresh_number()));
  });
}

// Claims of 32 that are due.
void claim_batch(benchmark::State& state) {
  time_act(state, [&](Bench& bench, Watch& watch) {
    watch.stop();
    make_due(bench, kBatch);
    watch.go_on();
    auto rows = claim(bench, kBatch);
    watch.stop();
    for (Delivery& row : rows) {
      row.state = DeliveryState::published;
      save(bench, row, std::nullopt);
    }
    watch.go_on();
  });
}

// A grant's tokens are renewed: leased, begun, kept.
void refresh_grant(benchmark::State& state) {
  time_act(state, [](Bench& bench, Watch&) {
    const CustomerScope scope = customer(fresh_number() % kFewCustomers);
    const GrantId id("grt_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    Store& store = bench.store();
    const Grant before = store.find_grant(scope, id).value();
    Grant leased = store.lease_grant(scope, id, before.version, at(1), kLease).value();
    if (!store.begin_refresh(scope, id, leased.version, leased.lease, at(2))) std::abort();
    if (!store.save_grant(leased, leased.version)) std::abort();
  });
}

void on_both(benchmark::internal::Benchmark* bench) {
  bench->ArgName("mongo")->Arg(0)->Arg(1)->UseRealTime()->MeasureProcessCPUTime();
}
BENCHMARK(create_post)->Apply(on_both);
BENCHMARK(list_accounts_of_three)->Apply(on_both);
BENCHMARK(list_posts_of_twenty)->Apply(on_both);
BENCHMARK(next_due)->Apply(on_both);
BENCHMARK(claim_nothing)->Apply(on_both);
BENCHMARK(claim_batch)->Apply(on_both);
BENCHMARK(save_delivery)->Apply(on_both);
BENCHMARK(refresh_grant)->Apply(on_both);

}  // namespace
}  // namespace herald
