#include "app/refresher.h"

#include <string>

#include "domain/scope.h"

namespace herald {
namespace {

constexpr int kGrantsMax = 50;
constexpr Duration kRetryAfter = std::chrono::hours(6);
constexpr Duration kLease = std::chrono::seconds(10);

}  // namespace

// Only under a lease: somebody else may be renewing it just now, and must find it as it was.
void Refresher::put_off(const CustomerId& customer, const GrantId& id) {
  const auto scope = ScopeAuthority::of(customer);
  const Time now = clock_.now();
  const auto grant = store_.find_grant(scope, id);
  if (!grant || grant->state != GrantState::live) return;
  // Saving would forget that a renewal was begun, and with it how often it was lost.
  if (vault_.renewal_in_doubt(*grant)) return;
  auto leased = store_.lease_grant(scope, id, grant->version, now, kLease);
  if (!leased) return;
  leased->refresh_due_at = now + kRetryAfter;
  (void)store_.save_grant(*leased, leased->version);
}

Result<int> Refresher::run_once() {
  const Time now = clock_.now();
  HERALD_TRY(const auto due, store_.grants_due(now, kGrantsMax));
  for (const auto& grant : due) {
    vault_.renew(grant, [this, id = grant.id, customer = grant.customer](Result<Done> renewed) {
      if (renewed) return;
      log_.write(LogLevel::warning, "grant " + id.value + " was not renewed: " +
                                        renewed.error().message + " " + renewed.error().detail);
      put_off(customer, id);  // It stays usable, and is tried again later.
    });
  }
  return static_cast<int>(due.size());
}

}  // namespace herald
