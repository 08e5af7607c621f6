#include "app/refresher.h"

#include <string>

#include "domain/scope.h"

namespace herald {
namespace {

constexpr int kGrantsMax = 50;
constexpr Duration kRetryAfter = std::chrono::hours(6);

}  // namespace

Result<int> Refresher::run_once() {
  const Time now = clock_.now();
  HERALD_TRY(const int flows, store_.delete_expired_flows(now - std::chrono::hours(1)));
  (void)flows;
  HERALD_TRY(const auto due, store_.grants_due(now, kGrantsMax));
  for (const auto& grant : due) {
    vault_.renew(grant, [this, id = grant.id, customer = grant.customer](Result<Done> renewed) {
      if (renewed) return;
      log_.write(LogLevel::warning, "grant " + id.value + " was not renewed: " +
                                        renewed.error().message + " " + renewed.error().detail);
      // Not now: it stays usable, and is tried again later.
      auto grant_now = store_.find_grant(ScopeAuthority::of(customer), id);
      if (!grant_now || grant_now->state != GrantState::live) return;
      grant_now->refresh_due_at = clock_.now() + kRetryAfter;
      (void)store_.save_grant(*grant_now, grant_now->version);
    });
  }
  return static_cast<int>(due.size());
}

}  // namespace herald
