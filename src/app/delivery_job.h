// A delivery's row behind its conversation; used by runner.cc only.
#pragma once

#include <string>

#include "app/runner.h"
#include "app/settling.h"
#include "domain/scope.h"

namespace herald {

class Runner::DeliveryJob final : public Job {
 public:
  DeliveryJob(Ports ports, Delivery row)
      : ports_(ports),
        scope_(ScopeAuthority::of(row.customer)),
        id_(row.id),
        lease_(row.lease),
        row_(std::move(row)) {}

  Result<Done> store_step(const Course& course, const std::optional<Meter>& meter, Time lease_until,
                          const std::optional<Attempt>& attempt) override;
  Result<Done> store_rest(const Course& course, const std::optional<Meter>& meter, Duration delay,
                          const std::optional<Attempt>& attempt) override;
  Result<Done> store_end(const Course& course, const Settle& end, std::int64_t grant_version,
                         const std::optional<Attempt>& attempt) override;
  Result<Done> store_missed();
  // Workers died over it, one after another.
  Result<Done> store_deadly();
  // It could not be taken up at all; the conversation stays where it stands.
  Result<Done> store_not_begun(const Error& why);
  // What a look found, or why it could not look.
  Result<Done> store_look(const Result<Found>& found, Duration listing_lag,
                          const std::optional<Attempt>& attempt);
  Result<Time> renew_lease(Time until) override;
  Attempt history_line() const override;

  Result<Progress> progress() const;
  const Delivery& row() const { return row_; }
  const CustomerScope& scope() const { return scope_; }
  void freeze(int revision) { row_.revision = revision; }
  // Asked for the follow-ups when the delivery turns out to be published.
  std::function<std::vector<std::string>()> follow_ups;

 private:
  Result<Done> save(Delivery next, const std::optional<Attempt>& attempt, bool drifted = false);
  Result<Delivery> with(const Course& course, const std::optional<Meter>& meter) const;
  SealContext context() const;
  double chance() const;

  Ports ports_;
  CustomerScope scope_;
  const DeliveryId id_;       // What renew_lease() needs, which runs beside
  const std::int64_t lease_;  // everything else.
  Delivery row_;
};

}  // namespace herald
