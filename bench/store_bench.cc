// Acts of the embedded store on a real disk. Rates are by wall time; "CPU" is that of the whole
// process, so divide it by the items for the cost of one.
#include "bench/store_bench.h"

#include <benchmark/benchmark.h>

namespace herald {
namespace {

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
