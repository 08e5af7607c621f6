// The store as plain maps behind one mutex: what every other store must do, in its shortest form.
// For tests and simulations; nothing survives it. Never blocks for long, safe from any thread.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/delivery_rules.h"
#include "domain/measurement_rules.h"
#include "ports/store.h"

namespace herald {

class MemoryStore : public Store {
 public:
  // A post's first figures are due so long after it is published.
  explicit MemoryStore(Duration first_figures = kFirstFigures) : first_figures_(first_figures) {}

  // identity.cc
  Result<Done> add_customer(const Customer& customer) override;
  Result<Customer> find_customer(const CustomerId& id) override;
  Result<std::vector<Customer>> list_customers() override;
  Result<Done> add_user(const User& user) override;
  Result<User> find_user(const CustomerScope& scope, const UserId& id) override;
  Result<User> find_user_by_email(const std::string& email) override;
  Result<Done> save_user(const User& user) override;
  Result<Done> begin_session(const Session& session) override;
  Result<Session> find_session(const SessionId& id) override;
  Result<Session> rotate_session(const SessionId& id, const std::string& before,
                                 const std::string& after, Time now, Time expires_at) override;
  Result<Done> end_session(const SessionId& id) override;

  // flows.cc
  Result<Done> begin_flow(const OAuthFlow& flow, int pending_max, Time now) override;
  Result<OAuthFlow> find_flow(const CustomerScope& scope, const FlowId& id) override;
  Result<OAuthFlow> consume_flow(const std::string& state_hash, const PlatformId& platform,
                                 const std::string& registration,
                                 const std::vector<std::string>& nonce_hashes, Time now) override;
  Result<OAuthFlow> save_flow(const OAuthFlow& flow) override;

  // accounts.cc
  Result<std::vector<Account>> connect(const CustomerScope& scope,
                                       const Connection& connection) override;
  Result<Account> find_account(const CustomerScope& scope, const AccountId& id) override;
  Result<std::vector<Account>> list_accounts(const CustomerScope& scope,
                                             const std::optional<UserId>& user,
                                             const std::optional<PlatformId>& platform) override;
  Result<std::vector<AccountStanding>> account_standings(
      const CustomerScope& scope, const std::optional<UserId>& user,
      const std::optional<PlatformId>& platform) override;
  Result<Removed> remove_account(const CustomerScope& scope, const AccountId& id,
                                 Time now) override;

  // facts.cc
  Result<Done> keep_facts(const CustomerScope& scope, const KeptFacts& facts) override;
  Result<std::optional<KeptFacts>> find_facts(const CustomerScope& scope, const AccountId& account,
                                              const std::string& target_key) override;

  // grants.cc
  Result<std::vector<Grant>> grants_of_subject(const PlatformId& platform,
                                               const std::string& subject) override;
  Result<Grant> find_grant(const CustomerScope& scope, const GrantId& id) override;
  Result<Grant> lease_grant(const CustomerScope& scope, const GrantId& id, std::int64_t version,
                            Time now, Duration lease) override;
  Result<Done> begin_refresh(const CustomerScope& scope, const GrantId& id, std::int64_t version,
                             std::int64_t lease, Time now) override;
  Result<Grant> save_grant(const Grant& grant, std::int64_t version) override;
  Result<Done> release_grant(const CustomerScope& scope, const GrantId& id,
                             std::int64_t lease) override;
  Result<std::vector<Grant>> grants_due(Time now, int max) override;

  // posts.cc
  Result<Created> create_post(const CustomerScope& scope, const Post& post,
                              const std::vector<Delivery>& deliveries, const IdempotencyKey& key,
                              Duration unique_for) override;
  Result<std::optional<Delivery>> find_repeated(const CustomerScope& scope,
                                                const Delivery& delivery, Duration window) override;
  Result<std::optional<Created>> find_created(const CustomerScope& scope, const UserId& user,
                                              const IdempotencyKey& key) override;
  Result<Post> find_post(const CustomerScope& scope, const PostId& id) override;
  Result<PageOf<Post>> list_posts(const CustomerScope& scope, const PostFilter& filter,
                                  const PageRequest& page) override;
  Result<Done> edit_post(const CustomerScope& scope, const Post& post,
                         const std::vector<Delivery>& deliveries) override;
  Result<Done> cancel_post(const CustomerScope& scope, const PostId& id, Time now) override;
  Result<std::vector<Delivery>> deliveries_of(const CustomerScope& scope,
                                              const PostId& id) override;
  Result<Delivery> find_delivery(const CustomerScope& scope, const DeliveryId& id) override;

  // queue.cc
  Result<std::vector<Delivery>> claim_due(Time now, Duration lease, int max) override;
  Result<std::optional<Time>> next_due(Time now) override;
  Result<int> resume_parked(Time now) override;
  Result<Done> end_all_leases() override;
  Result<Done> save_delivery(const Delivery& delivery, std::int64_t lease,
                             const std::optional<Attempt>& attempt,
                             const std::vector<FollowUp>& follow_ups) override;
  Result<Done> renew_lease(const CustomerId& customer, const DeliveryId& id, std::int64_t lease,
                           Time until) override;

  // follow_ups.cc
  Result<std::vector<FollowUp>> follow_ups_of(const CustomerScope& scope,
                                              const PostId& id) override;
  Result<std::vector<FollowUp>> claim_follow_ups(Time now, Duration lease, int max) override;
  Result<Done> save_follow_up(const FollowUp& follow_up, std::int64_t lease,
                              const std::optional<Attempt>& attempt) override;
  Result<PageOf<Attempt>> list_attempts(const CustomerScope& scope, const AttemptFilter& filter,
                                        const PageRequest& page) override;

  // media.cc
  Result<Done> add_medium(const CustomerScope& scope, const Medium& medium,
                          int uploads_max) override;
  Result<Medium> find_medium(const CustomerScope& scope, const MediaId& id) override;
  Result<Done> save_medium(const CustomerScope& scope, const Medium& medium) override;
  Result<Done> touch_medium(const CustomerScope& scope, const MediaId& id, Time now) override;
  Result<PageOf<Medium>> list_media(const CustomerScope& scope, const std::optional<UserId>& user,
                                    const PageRequest& page) override;
  Result<Done> remove_medium(const CustomerScope& scope, const MediaId& id) override;
  Result<std::uint64_t> media_bytes(const CustomerScope& scope) override;
  Result<std::vector<Medium>> unfinished_media(Time before, int max) override;
  Result<std::vector<Medium>> media_after(
      const std::optional<std::pair<CustomerId, MediaId>>& place, int max) override;

  // keys_and_audit.cc
  Result<std::vector<WrappedKey>> data_keys(const CustomerId& customer) override;
  Result<Done> add_data_key(const CustomerId& customer, const WrappedKey& key) override;
  Result<Done> rewrap_data_key(const CustomerId& customer, const WrappedKey& before,
                               const WrappedKey& after) override;
  Result<std::vector<CustomerId>> customers_with_keys() override;
  Result<Done> add_audit(const AuditEvent& event) override;
  Result<std::vector<AuditEvent>> list_audit(const CustomerScope& scope, int max) override;

  // retention.cc
  Result<int> forget_sessions(Time before, int max) override;
  Result<int> forget_flows(Time before, int max) override;
  Result<int> forget_steps(Time before, int max) override;
  Result<int> forget_follow_ups(Time before, int max) override;
  Result<int> forget_audit(Time before, int max) override;
  Result<int> forget_keys(Time before, int max) override;
  Result<int> forget_facts(Time before, int max) override;
  Result<int> forget_figures(Time before, int max) override;
  Result<int> forget_expired_figures(Time now, int max) override;

  // measurements.cc
  Result<std::vector<Measurement>> claim_measurements(Time now, Duration lease, int max) override;
  Result<std::optional<Time>> next_measurement_due(Time now) override;
  Result<Done> save_measurement(const Measurement& row, std::int64_t lease,
                                const std::vector<Reading>& readings,
                                const std::optional<Time>& account_until) override;
  Result<bool> reserve_calls(const CustomerScope& scope, const AccountId& account, Day day,
                             int calls, int max) override;
  Result<Done> forget_figures_of(const CustomerScope& scope, const AccountId& account) override;
  Result<std::map<AccountId, Figures>> account_figures(const CustomerScope& scope,
                                                       const FiguresFilter& filter) override;
  Result<PageOf<PostFigures>> post_figures(const CustomerScope& scope, const FiguresFilter& filter,
                                           const PageRequest& page) override;

 private:
  // Rows of one kind, by customer and id.
  template <class Id, class T>
  using Table = std::map<std::pair<CustomerId, Id>, T>;

  struct PostRow {
    Post post;
    IdempotencyKey key;
    std::set<MediaId> media;  // That it uses.
  };
  using FollowUpId = std::pair<DeliveryId, std::string>;
  using FactsId = std::pair<AccountId, std::string>;
  using MeasurementId = std::pair<AccountId, DeliveryId>;
  using DayRowId = std::tuple<AccountId, DeliveryId, Day, Duration>;

  // All of these are called with the mutex held.
  bool is_stood_on(const CustomerId& customer, const GrantId& grant) const;
  Result<std::optional<Created>> created_by(const CustomerId& customer, const UserId& user,
                                            const IdempotencyKey& key) const;
  std::vector<Delivery*> rows_of(const CustomerId& customer, const PostId& post);
  Result<Done> check_rows(const Post& post, const std::vector<Delivery>& deliveries) const;
  const Delivery* repeated_by(const Delivery& fresh, Duration window) const;
  Result<Done> check_attempt(const std::optional<Attempt>& attempt, const Delivery& of) const;
  std::vector<std::pair<Time, Delivery*>> claimable();
  std::set<MediaId> media_of(const Post& post) const;
  void measure(const Account& account, Time now);
  void measure(const Delivery& delivery);
  void measure_no_more(const CustomerId& customer, const AccountId& account);
  std::vector<Candidate> next_measurements(Time now) const;
  Figures figures_of(const CustomerId& customer, const AccountId& account,
                     const DeliveryId& delivery, Day from, Day to) const;

  const Duration first_figures_;
  std::mutex mutex_;
  std::map<CustomerId, Customer> customers_;
  Table<UserId, User> users_;
  std::map<SessionId, Session> sessions_;
  Table<FlowId, OAuthFlow> flows_;
  Table<GrantId, Grant> grants_;
  Table<AccountId, Account> accounts_;
  Table<FactsId, KeptFacts> facts_;
  Table<PostId, PostRow> posts_;
  Table<DeliveryId, Delivery> deliveries_;
  Table<FollowUpId, FollowUp> follow_ups_;
  Table<std::string, Attempt> attempts_;
  Table<MediaId, Medium> media_;
  std::map<CustomerId, std::map<std::uint32_t, WrappedKey>> keys_;
  std::vector<AuditEvent> audit_;
  Table<MeasurementId, Measurement> measurements_;
  Table<DayRowId, DayRow> figures_;
  CustomerId delivery_turn_;     // Whose delivery was claimed last.
  CustomerId follow_up_turn_;    // The same of follow-ups.
  CustomerId measurement_turn_;  // And of measurements.
};

}  // namespace herald
