// Measurements and the figures that they brought. A measurement comes into being with the account
// (AccountStore::connect) or when a delivery that has a remote id is published
// (PostStore::save_delivery), and ends with the account. Every method is one atomic act and may
// block; what it acknowledged is durable. What each act does to a row is in
// domain/measurement_rules.h.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "domain/delivery.h"
#include "domain/measurement.h"
#include "domain/result.h"
#include "domain/scope.h"
#include "ports/post_store.h"

namespace herald {

struct FiguresFilter {
  std::optional<UserId> user;
  std::optional<PlatformId> platform;
  std::optional<AccountId> account;
  std::optional<PostId> post;  // Of posts only.
  Day from{};
  Day to{};  // Both are in.
};

struct PostFigures {
  Delivery delivery;
  Figures figures;
};

class MeasureStore {
 public:
  virtual ~MeasureStore() = default;

  // Leases at most `max` due rows until now + lease, each with a lease number one higher; those
  // whose lease ended are taken over. Of an account one at a time: none while another of its rows
  // is leased. Customers take turns.
  virtual Result<std::vector<Measurement>> claim_measurements(Time now, Duration lease,
                                                              int max) = 0;
  // When claim_measurements would next find something, `now` at the earliest; nullopt: never, as
  // things stand.
  virtual Result<std::optional<Time>> next_measurement_due(Time now) = 0;
  // Writes the row, which gives its lease up, and adds the readings to their days, if the stored
  // lease is `lease`; else conflict (code "lease_lost"). With `account_until` no row of the account
  // is due before that. not_found: the account is gone, and with it the row.
  virtual Result<Done> save_measurement(const Measurement& row, std::int64_t lease,
                                        const std::vector<Reading>& readings,
                                        const std::optional<Time>& account_until) = 0;
  // Counts calls that are about to be made to read figures of the account, or says false where all
  // accounts on its grant would then have made more than `max` on that day. not_found: the account
  // is gone.
  virtual Result<bool> reserve_calls(const CustomerScope& scope, const AccountId& account, Day day,
                                     int calls, int max) = 0;
  // Forgets every figure of the account and of the posts that went out on it. It is not measured
  // any less for that.
  virtual Result<Done> forget_figures_of(const CustomerScope& scope, const AccountId& account) = 0;

  // Of every connected account that the filter lets through, also where nothing is kept yet.
  virtual Result<std::map<AccountId, Figures>> account_figures(const CustomerScope& scope,
                                                               const FiguresFilter& filter) = 0;
  // One row per delivery that was published in the period, the newest first (by published_at, then
  // id), also where nothing is kept or the account is gone. Sealed progress is left out.
  virtual Result<PageOf<PostFigures>> post_figures(const CustomerScope& scope,
                                                   const FiguresFilter& filter,
                                                   const PageRequest& page) = 0;
};

}  // namespace herald
