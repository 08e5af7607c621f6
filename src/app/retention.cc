#include "app/retention.h"

#include <utility>

namespace herald {
namespace {

constexpr int kBatch = 500;

}  // namespace

Result<int> Retention::run_once() {
  using Forget = Result<int> (RetentionStore::*)(Time, int);
  const std::pair<Duration, Forget> kinds[] = {
      {periods_.sessions, &RetentionStore::forget_sessions},
      {periods_.flows, &RetentionStore::forget_flows},
      {periods_.history, &RetentionStore::forget_steps},
      {periods_.history, &RetentionStore::forget_follow_ups},
      {periods_.audit, &RetentionStore::forget_audit},
      {periods_.keys, &RetentionStore::forget_keys},
      {periods_.facts, &RetentionStore::forget_facts},
      {periods_.figures, &RetentionStore::forget_figures},
  };
  const Time now = clock_.now();
  Result<int> sum = 0;
  const auto add = [&](Result<int> gone) {
    if (gone && sum) *sum += *gone;
    if (!gone && sum) sum = std::unexpected(std::move(gone).error());
  };
  for (const auto& [period, forget] : kinds) {
    if (period != Duration{}) add((store_.*forget)(now - period, kBatch));
  }
  // Whatever the operator would keep, a platform's terms hold.
  add(store_.forget_expired_figures(now, kBatch));
  return sum;
}

}  // namespace herald
