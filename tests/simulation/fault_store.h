// The store of all workers, durable whatever dies. Acts of the acting worker may fail before they
// are done, or be done and reported as failed; it may die or freeze on either side of them.
#pragma once

#include <set>

#include "simulation/passing_store.h"
#include "simulation/stage.h"

namespace herald::simulation {

class FaultStore final : public PassingStore {
 public:
  FaultStore(Stage& stage, std::unique_ptr<Store> under)
      : PassingStore(std::move(under)), stage_(stage) {}

  // A renewal was begun a second time before the end of the first was known: by a worker that died,
  // perhaps before it sent anything, which nobody can know.
  bool tried_twice(const GrantId& grant) const { return tried_twice_.contains(grant); }

  Result<OAuthFlow> find_flow(const CustomerScope& scope, const FlowId& id) override {
    return read([&] { return PassingStore::find_flow(scope, id); });
  }
  Result<OAuthFlow> save_flow(const OAuthFlow& flow) override {
    return write("save_flow", [&] { return PassingStore::save_flow(flow); });
  }
  Result<std::vector<Account>> connect(const CustomerScope& scope,
                                       const Connection& connection) override {
    return write("connect", [&] { return PassingStore::connect(scope, connection); });
  }
  Result<Account> find_account(const CustomerScope& scope, const AccountId& id) override {
    return read([&] { return PassingStore::find_account(scope, id); });
  }
  Result<Grant> find_grant(const CustomerScope& scope, const GrantId& id) override {
    return read([&] { return PassingStore::find_grant(scope, id); });
  }
  Result<Grant> lease_grant(const CustomerScope& scope, const GrantId& id, std::int64_t version,
                            Time now, Duration lease) override {
    return write("lease_grant",
                 [&] { return PassingStore::lease_grant(scope, id, version, now, lease); });
  }
  Result<Done> begin_refresh(const CustomerScope& scope, const GrantId& id, std::int64_t version,
                             std::int64_t lease, Time now) override {
    return write("begin_refresh", [&] {
      const auto grant = PassingStore::find_grant(scope, id);
      const bool again = grant && grant->refresh_begun_version == version;
      auto begun = PassingStore::begin_refresh(scope, id, version, lease, now);
      if (begun && again) tried_twice_.insert(id);
      return begun;
    });
  }
  Result<Grant> save_grant(const Grant& grant, std::int64_t version) override {
    return write("save_grant", [&] { return PassingStore::save_grant(grant, version); });
  }
  Result<Done> release_grant(const CustomerScope& scope, const GrantId& id,
                             std::int64_t lease) override {
    return write("release_grant", [&] { return PassingStore::release_grant(scope, id, lease); });
  }
  Result<Created> create_post(const CustomerScope& scope, const Post& post,
                              const std::vector<Delivery>& deliveries, const IdempotencyKey& key,
                              Duration unique_for) override {
    return write("create_post", [&] {
      return PassingStore::create_post(scope, post, deliveries, key, unique_for);
    });
  }
  Result<Post> find_post(const CustomerScope& scope, const PostId& id) override {
    return read([&] { return PassingStore::find_post(scope, id); });
  }
  Result<Done> edit_post(const CustomerScope& scope, const Post& post,
                         const std::vector<Delivery>& deliveries) override {
    return write("edit_post", [&] { return PassingStore::edit_post(scope, post, deliveries); });
  }
  Result<Done> cancel_post(const CustomerScope& scope, const PostId& id, Time now) override {
    return write("cancel_post", [&] { return PassingStore::cancel_post(scope, id, now); });
  }
  Result<Delivery> find_delivery(const CustomerScope& scope, const DeliveryId& id) override {
    return read([&] { return PassingStore::find_delivery(scope, id); });
  }
  Result<std::vector<Delivery>> claim_due(Time now, Duration lease, int max) override {
    return write("claim_due", [&] { return PassingStore::claim_due(now, lease, max); });
  }
  Result<std::optional<Time>> next_due(Time now) override {
    return read([&] { return PassingStore::next_due(now); });
  }
  Result<int> resume_parked(Time now) override {
    return write("resume_parked", [&] { return PassingStore::resume_parked(now); });
  }
  Result<Done> save_delivery(const Delivery& delivery, std::int64_t lease,
                             const std::optional<Attempt>& attempt,
                             const std::vector<FollowUp>& follow_ups) override {
    return write("save_delivery", [&] {
      auto saved = PassingStore::save_delivery(delivery, lease, attempt, follow_ups);
      stage_.note("delivery " + delivery.id.value + " -> " + name_of(delivery.state) +
                  (delivery.fence ? " fenced" : "") + (saved ? "" : ", refused"));
      return saved;
    });
  }
  Result<Done> renew_lease(const CustomerId& customer, const DeliveryId& id, std::int64_t lease,
                           Time until) override {
    return write("renew_lease",
                 [&] { return PassingStore::renew_lease(customer, id, lease, until); });
  }
  Result<std::vector<FollowUp>> claim_follow_ups(Time now, Duration lease, int max) override {
    return write("claim_follow_ups",
                 [&] { return PassingStore::claim_follow_ups(now, lease, max); });
  }
  Result<Done> save_follow_up(const FollowUp& follow_up, std::int64_t lease,
                              const std::optional<Attempt>& attempt) override {
    return write("save_follow_up", [&] {
      auto saved = PassingStore::save_follow_up(follow_up, lease, attempt);
      stage_.note("follow-up " + follow_up.delivery.value + " -> " + name_of(follow_up.state) +
                  (follow_up.fence ? " fenced" : "") + (saved ? "" : ", refused"));
      return saved;
    });
  }
  Result<Medium> find_medium(const CustomerScope& scope, const MediaId& id) override {
    return read([&] { return PassingStore::find_medium(scope, id); });
  }

 private:
  static std::unexpected<Error> down() {
    return fail(ErrorKind::unavailable, "The store did not answer.", "simulated");
  }

  template <class Act>
  auto read(Act act) -> decltype(act()) {
    if (stage_.acting == nullptr) return act();
    if (stage_.acting->dead || stage_.cut_off() ||
        stage_.trouble.happens(stage_.trouble.weather.store_fails)) {
      return down();
    }
    return act();
  }

  template <class Act>
  auto write(const char* name, Act act) -> decltype(act()) {
    using Kind = Mishap::Kind;
    const Weather& weather = stage_.trouble.weather;
    if (!stage_.moment()) return down();
    if (stage_.cut_off() || stage_.meets(Kind::store_fails, weather.store_fails)) {
      stage_.note(std::string(name) + " fails");
      return down();
    }
    auto result = act();
    const bool unsure = stage_.meets(Kind::store_unsure, weather.store_unsure);
    if (!stage_.moment()) return down();
    if (!unsure) return result;
    stage_.note(std::string(name) + " is done and says it failed");
    return down();
  }

  Stage& stage_;
  std::set<GrantId> tried_twice_;
};

}  // namespace herald::simulation
