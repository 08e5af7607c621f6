// A store that hands every act on to another one.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ports/store.h"

namespace herald::simulation {

class PassingStore : public Store {
 public:
  explicit PassingStore(std::unique_ptr<Store> under) : under_(std::move(under)) {}

  // ports/identity_store.h
  Result<Done> add_customer(const Customer& customer) override {
    return under_->add_customer(customer);
  }
  Result<Customer> find_customer(const CustomerId& id) override {
    return under_->find_customer(id);
  }
  Result<std::vector<Customer>> list_customers() override { return under_->list_customers(); }
  Result<Done> add_user(const User& user) override { return under_->add_user(user); }
  Result<User> find_user(const CustomerScope& scope, const UserId& id) override {
    return under_->find_user(scope, id);
  }
  Result<User> find_user_by_email(const std::string& email) override {
    return under_->find_user_by_email(email);
  }
  Result<Done> save_user(const User& user) override { return under_->save_user(user); }
  Result<Done> begin_session(const Session& session) override {
    return under_->begin_session(session);
  }
  Result<Session> find_session(const SessionId& id) override { return under_->find_session(id); }
  Result<Session> rotate_session(const SessionId& id, const std::string& before,
                                 const std::string& after, Time now, Time expires_at) override {
    return under_->rotate_session(id, before, after, now, expires_at);
  }
  Result<Done> end_session(const SessionId& id) override { return under_->end_session(id); }

  // ports/account_store.h
  Result<Done> begin_flow(const OAuthFlow& flow, int pending_max, Time now) override {
    return under_->begin_flow(flow, pending_max, now);
  }
  Result<OAuthFlow> find_flow(const CustomerScope& scope, const FlowId& id) override {
    return under_->find_flow(scope, id);
  }
  Result<OAuthFlow> consume_flow(const std::string& state_hash, const PlatformId& platform,
                                 const std::string& registration,
                                 const std::vector<std::string>& nonce_hashes, Time now) override {
    return under_->consume_flow(state_hash, platform, registration, nonce_hashes, now);
  }
  Result<OAuthFlow> save_flow(const OAuthFlow& flow) override { return under_->save_flow(flow); }
  Result<std::vector<Account>> connect(const CustomerScope& scope,
                                       const Connection& connection) override {
    return under_->connect(scope, connection);
  }
  Result<Account> find_account(const CustomerScope& scope, const AccountId& id) override {
    return under_->find_account(scope, id);
  }
  Result<std::vector<Account>> list_accounts(const CustomerScope& scope,
                                             const std::optional<UserId>& user,
                                             const std::optional<PlatformId>& platform) override {
    return under_->list_accounts(scope, user, platform);
  }
  Result<std::vector<AccountStanding>> account_standings(
      const CustomerScope& scope, const std::optional<UserId>& user,
      const std::optional<PlatformId>& platform) override {
    return under_->account_standings(scope, user, platform);
  }
  Result<Removed> remove_account(const CustomerScope& scope, const AccountId& id,
                                 Time now) override {
    return under_->remove_account(scope, id, now);
  }
  Result<Done> keep_facts(const CustomerScope& scope, const KeptFacts& facts) override {
    return under_->keep_facts(scope, facts);
  }
  Result<std::optional<KeptFacts>> find_facts(const CustomerScope& scope, const AccountId& account,
                                              const std::string& target_key) override {
    return under_->find_facts(scope, account, target_key);
  }
  Result<std::vector<Grant>> grants_of_subject(const PlatformId& platform,
                                               const std::string& subject) override {
    return under_->grants_of_subject(platform, subject);
  }
  Result<Grant> find_grant(const CustomerScope& scope, const GrantId& id) override {
    return under_->find_grant(scope, id);
  }
  Result<Grant> lease_grant(const CustomerScope& scope, const GrantId& id, std::int64_t version,
                            Time now, Duration lease) override {
    return under_->lease_grant(scope, id, version, now, lease);
  }
  Result<Done> begin_refresh(const CustomerScope& scope, const GrantId& id, std::int64_t version,
                             std::int64_t lease, Time now) override {
    return under_->begin_refresh(scope, id, version, lease, now);
  }
  Result<Grant> save_grant(const Grant& grant, std::int64_t version) override {
    return under_->save_grant(grant, version);
  }
  Result<Done> release_grant(const CustomerScope& scope, const GrantId& id,
                             std::int64_t lease) override {
    return under_->release_grant(scope, id, lease);
  }
  Result<std::vector<Grant>> grants_due(Time now, int max) override {
    return under_->grants_due(now, max);
  }

  // ports/post_store.h
  Result<Created> create_post(const CustomerScope& scope, const Post& post,
                              const std::vector<Delivery>& deliveries, const IdempotencyKey& key,
                              Duration unique_for) override {
    return under_->create_post(scope, post, deliveries, key, unique_for);
  }
  Result<std::optional<Delivery>> find_repeated(const CustomerScope& scope,
                                                const Delivery& delivery,
                                                Duration window) override {
    return under_->find_repeated(scope, delivery, window);
  }
  Result<std::optional<Created>> find_created(const CustomerScope& scope, const UserId& user,
                                              const IdempotencyKey& key) override {
    return under_->find_created(scope, user, key);
  }
  Result<Post> find_post(const CustomerScope& scope, const PostId& id) override {
    return under_->find_post(scope, id);
  }
  Result<PageOf<Post>> list_posts(const CustomerScope& scope, const PostFilter& filter,
                                  const PageRequest& page) override {
    return under_->list_posts(scope, filter, page);
  }
  Result<Done> edit_post(const CustomerScope& scope, const Post& post,
                         const std::vector<Delivery>& deliveries) override {
    return under_->edit_post(scope, post, deliveries);
  }
  Result<Done> cancel_post(const CustomerScope& scope, const PostId& id, Time now) override {
    return under_->cancel_post(scope, id, now);
  }
  Result<std::vector<Delivery>> deliveries_of(const CustomerScope& scope,
                                              const PostId& id) override {
    return under_->deliveries_of(scope, id);
  }
  Result<Delivery> find_delivery(const CustomerScope& scope, const DeliveryId& id) override {
    return under_->find_delivery(scope, id);
  }
  Result<std::vector<Delivery>> claim_due(Time now, Duration lease, int max) override {
    return under_->claim_due(now, lease, max);
  }
  Result<std::optional<Time>> next_due(Time now) override { return under_->next_due(now); }
  Result<int> resume_parked(Time now) override { return under_->resume_parked(now); }
  Result<Done> end_all_leases() override { return under_->end_all_leases(); }
  Result<Done> save_delivery(const Delivery& delivery, std::int64_t lease,
                             const std::optional<Attempt>& attempt,
                             const std::vector<FollowUp>& follow_ups) override {
    return under_->save_delivery(delivery, lease, attempt, follow_ups);
  }
  Result<Done> renew_lease(const CustomerId& customer, const DeliveryId& id, std::int64_t lease,
                           Time until) override {
    return under_->renew_lease(customer, id, lease, until);
  }
  Result<std::vector<FollowUp>> follow_ups_of(const CustomerScope& scope,
                                              const PostId& id) override {
    return under_->follow_ups_of(scope, id);
  }
  Result<std::vector<FollowUp>> claim_follow_ups(Time now, Duration lease, int max) override {
    return under_->claim_follow_ups(now, lease, max);
  }
  Result<Done> save_follow_up(const FollowUp& follow_up, std::int64_t lease,
                              const std::optional<Attempt>& attempt) override {
    return under_->save_follow_up(follow_up, lease, attempt);
  }
  Result<PageOf<Attempt>> list_attempts(const CustomerScope& scope, const AttemptFilter& filter,
                                        const PageRequest& page) override {
    return under_->list_attempts(scope, filter, page);
  }

  // ports/media_store.h
  Result<Done> add_medium(const CustomerScope& scope, const Medium& medium,
                          int uploads_max) override {
    return under_->add_medium(scope, medium, uploads_max);
  }
  Result<Medium> find_medium(const CustomerScope& scope, const MediaId& id) override {
    return under_->find_medium(scope, id);
  }
  Result<Done> save_medium(const CustomerScope& scope, const Medium& medium) override {
    return under_->save_medium(scope, medium);
  }
  Result<Done> touch_medium(const CustomerScope& scope, const MediaId& id, Time now) override {
    return under_->touch_medium(scope, id, now);
  }
  Result<PageOf<Medium>> list_media(const CustomerScope& scope, const std::optional<UserId>& user,
                                    const PageRequest& page) override {
    return under_->list_media(scope, user, page);
  }
  Result<Done> remove_medium(const CustomerScope& scope, const MediaId& id) override {
    return under_->remove_medium(scope, id);
  }
  Result<std::uint64_t> media_bytes(const CustomerScope& scope) override {
    return under_->media_bytes(scope);
  }
  Result<std::vector<Medium>> unfinished_media(Time before, int max) override {
    return under_->unfinished_media(before, max);
  }
  Result<std::vector<Medium>> media_after(
      const std::optional<std::pair<CustomerId, MediaId>>& place, int max) override {
    return under_->media_after(place, max);
  }

  // ports/key_store.h
  Result<std::vector<WrappedKey>> data_keys(const CustomerId& customer) override {
    return under_->data_keys(customer);
  }
  Result<Done> add_data_key(const CustomerId& customer, const WrappedKey& key) override {
    return under_->add_data_key(customer, key);
  }
  Result<Done> rewrap_data_key(const CustomerId& customer, const WrappedKey& before,
                               const WrappedKey& after) override {
    return under_->rewrap_data_key(customer, before, after);
  }
  Result<std::vector<CustomerId>> customers_with_keys() override {
    return under_->customers_with_keys();
  }

  // ports/audit_store.h
  Result<Done> add_audit(const AuditEvent& event) override { return under_->add_audit(event); }
  Result<std::vector<AuditEvent>> list_audit(const CustomerScope& scope, int max) override {
    return under_->list_audit(scope, max);
  }

  // ports/measure_store.h
  Result<std::vector<Measurement>> claim_measurements(Time now, Duration lease, int max) override {
    return under_->claim_measurements(now, lease, max);
  }
  Result<std::optional<Time>> next_measurement_due(Time now) override {
    return under_->next_measurement_due(now);
  }
  Result<Done> save_measurement(const Measurement& row, std::int64_t lease,
                                const std::vector<Reading>& readings,
                                const std::optional<Time>& account_until) override {
    return under_->save_measurement(row, lease, readings, account_until);
  }
  Result<bool> reserve_calls(const CustomerScope& scope, const AccountId& account, Day day,
                             int calls, int max) override {
    return under_->reserve_calls(scope, account, day, calls, max);
  }
  Result<Done> forget_figures_of(const CustomerScope& scope, const AccountId& account) override {
    return under_->forget_figures_of(scope, account);
  }
  Result<std::map<AccountId, Figures>> account_figures(const CustomerScope& scope,
                                                       const FiguresFilter& filter) override {
    return under_->account_figures(scope, filter);
  }
  Result<PageOf<PostFigures>> post_figures(const CustomerScope& scope, const FiguresFilter& filter,
                                           const PageRequest& page) override {
    return under_->post_figures(scope, filter, page);
  }

  // ports/retention_store.h
  Result<int> forget_sessions(Time before, int max) override {
    return under_->forget_sessions(before, max);
  }
  Result<int> forget_flows(Time before, int max) override {
    return under_->forget_flows(before, max);
  }
  Result<int> forget_steps(Time before, int max) override {
    return under_->forget_steps(before, max);
  }
  Result<int> forget_follow_ups(Time before, int max) override {
    return under_->forget_follow_ups(before, max);
  }
  Result<int> forget_audit(Time before, int max) override {
    return under_->forget_audit(before, max);
  }
  Result<int> forget_keys(Time before, int max) override {
    return under_->forget_keys(before, max);
  }
  Result<int> forget_facts(Time before, int max) override {
    return under_->forget_facts(before, max);
  }
  Result<int> forget_figures(Time before, int max) override {
    return under_->forget_figures(before, max);
  }
  Result<int> forget_expired_figures(Time now, int max) override {
    return under_->forget_expired_figures(now, max);
  }

 private:
  std::unique_ptr<Store> under_;
};

}  // namespace herald::simulation
