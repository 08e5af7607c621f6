// The embedded store: one SQLite file in a data folder that one process owns. Acts block for the
// disk, and are durable when they return; all are safe from any thread. A full disk answers
// unavailable with the code "storage_full"; a failed write at commit ends the process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/measurement_rules.h"
#include "ports/store.h"

namespace herald {

class Database;

class SqliteStore final : public Store {
 public:
  // Makes the folder and the file, or brings an older file's schema up to date (`now` is noted).
  // unavailable: another process has the folder ("data_folder_in_use"), or the file is from a newer
  // Herald ("store_is_newer").
  // A guest works beside the owner of the folder, or alone: for commands that add a user. It must
  // not end leases. A post's first figures are due `first_figures` after it is published.
  enum class Ownership { sole, guest };
  static Result<std::unique_ptr<SqliteStore>> open(const std::string& folder, Time now,
                                                   Ownership ownership = Ownership::sole,
                                                   Duration first_figures = kFirstFigures);
  ~SqliteStore() override;

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
  Result<Done> keep_facts(const CustomerScope& scope, const KeptFacts& facts) override;
  Result<std::optional<KeptFacts>> find_facts(const CustomerScope& scope, const AccountId& account,
                                              const std::string& target_key) override;
  Result<Account> find_account(const CustomerScope& scope, const AccountId& id) override;
  Result<std::vector<Account>> list_accounts(const CustomerScope& scope,
                                             const std::optional<UserId>& user,
                                             const std::optional<PlatformId>& platform) override;
  Result<std::vector<AccountStanding>> account_standings(
      const CustomerScope& scope, const std::optional<UserId>& user,
      const std::optional<PlatformId>& platform) override;
  Result<Removed> remove_account(const CustomerScope& scope, const AccountId& id,
                                 Time now) override;

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
  SqliteStore(std::unique_ptr<Database> database, Duration first_figures);

  std::unique_ptr<Database> database_;
  const Duration first_figures_;
  // Used by the writer's thread only.
  CustomerId delivery_turn_;     // Whose delivery was claimed last.
  CustomerId follow_up_turn_;    // The same of follow-ups.
  CustomerId measurement_turn_;  // And of measurements.
};

}  // namespace herald
