// OAuth flows, grants and accounts. Every method is one atomic act and may block. A row of another
// customer answers not_found, exactly as an id that does not exist.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/account.h"
#include "domain/looked_up.h"
#include "domain/result.h"
#include "domain/scope.h"

namespace herald {

// What a successful connection writes, all or nothing.
struct Connection {
  Grant grant;                    // A new one, or the one being renewed (same id).
  std::vector<Account> accounts;  // Ids are proposals: see connect().
};

// What people are told of an account, and how its grant stands.
struct AccountStanding {
  AccountId id;
  PlatformId platform;
  std::string kind;  // As in Account, as are the next five.
  std::string remote_id;
  std::string name;
  std::string username;
  std::string picture_url;
  Time connected_at{};
  GrantState state = GrantState::live;
  std::string state_message;
  std::vector<std::string> scopes;
  std::optional<Time> ends_at;  // Grant::ends_at
  int parked = 0;               // Deliveries that wait for a reconnect.
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;

  // rate_limited: the user has `pending_max` flows waiting and unexpired at `now`.
  virtual Result<Done> begin_flow(const OAuthFlow& flow, int pending_max, Time now) = 0;
  virtual Result<OAuthFlow> find_flow(const CustomerScope& scope, const FlowId& id) = 0;
  // The callback's look-up and consume in one act: a waiting, unexpired flow of this state hash,
  // platform and registration, whose nonce hash is among `nonce_hashes`, becomes `returned`.
  // Exactly one caller gets it (O-11, O-12); not_found in every other case.
  virtual Result<OAuthFlow> consume_flow(const std::string& state_hash, const PlatformId& platform,
                                         const std::string& registration,
                                         const std::vector<std::string>& nonce_hashes,
                                         Time now) = 0;
  // Writes the flow if the stored version is still flow.version; the stored one becomes +1, and so
  // does the returned one. conflict otherwise.
  virtual Result<OAuthFlow> save_flow(const OAuthFlow& flow) = 0;

  // Inserts or replaces the grant; an account that the customer's user already has (same platform
  // and remote id) keeps its id and connected_at and moves to this grant. The grant's version rises
  // above that of the row it replaces and of the grants those accounts leave, so that what was
  // parked under those resumes. A grant on which no account stands any more is removed. Each new
  // account's figures are to be read at once (MeasureStore), an old one's measurements wake.
  // Returns the accounts as stored. conflict: a proposed id is another account's.
  virtual Result<std::vector<Account>> connect(const CustomerScope& scope,
                                               const Connection& connection) = 0;
  virtual Result<Account> find_account(const CustomerScope& scope, const AccountId& id) = 0;
  // All of the customer's, or one user's; all platforms, or one. Oldest first.
  virtual Result<std::vector<Account>> list_accounts(const CustomerScope& scope,
                                                     const std::optional<UserId>& user,
                                                     const std::optional<PlatformId>& platform) = 0;
  // The same accounts in the same order, as people are told of them.
  virtual Result<std::vector<AccountStanding>> account_standings(
      const CustomerScope& scope, const std::optional<UserId>& user,
      const std::optional<PlatformId>& platform) = 0;
  // Removes the account with its figures and all its measurements (the figures of its posts stay),
  // cancels its deliveries that can be cancelled, wipes the sealed progress of those that are
  // final, and, when no other account stands on the grant, empties the grant and marks it revoked.
  // Returns the grant as it was before, so that it can be revoked at the
  // platform; `last` tells whether it was the last account on it.
  struct Removed {
    Account account;
    Grant grant;
    bool last = false;
  };
  virtual Result<Removed> remove_account(const CustomerScope& scope, const AccountId& id,
                                         Time now) = 0;
  // Replaces what is kept of this account and target, unless that was asked for later. Goes with
  // the account. not_found: there is no such account.
  virtual Result<Done> keep_facts(const CustomerScope& scope, const KeptFacts& facts) = 0;
  // nullopt: nothing is kept, or the account is unknown.
  virtual Result<std::optional<KeptFacts>> find_facts(const CustomerScope& scope,
                                                      const AccountId& account,
                                                      const std::string& target_key) = 0;
  // For the platforms' own calls (deauthorise, data deletion), which may name a person or an
  // account: every grant that this subject gave, and every one that an account with this remote id
  // stands on. By customer and id.
  virtual Result<std::vector<Grant>> grants_of_subject(const PlatformId& platform,
                                                       const std::string& subject) = 0;

  virtual Result<Grant> find_grant(const CustomerScope& scope, const GrantId& id) = 0;
  // Takes the lease if the version is still `version` and nobody holds it at `now`; the grant comes
  // back with its new lease number. conflict: somebody holds it, or the version moved.
  virtual Result<Grant> lease_grant(const CustomerScope& scope, const GrantId& id,
                                    std::int64_t version, Time now, Duration lease) = 0;
  // "Refresh of version v begun", before the call leaves. conflict: lease or version moved.
  virtual Result<Done> begin_refresh(const CustomerScope& scope, const GrantId& id,
                                     std::int64_t version, std::int64_t lease, Time now) = 0;
  // Keeps new tokens or a new state if the stored version is still `version`, whatever the lease
  // says: a late answer may hold the only living token. The stored version becomes version + 1, the
  // lease ends and refresh_begun_* are cleared. conflict otherwise; a revoked grant stays revoked
  // (O-44).
  virtual Result<Grant> save_grant(const Grant& grant, std::int64_t version) = 0;
  // Gives the lease back without a change. conflict: it is not ours any more (O-39).
  virtual Result<Done> release_grant(const CustomerScope& scope, const GrantId& id,
                                     std::int64_t lease) = 0;
  // Live grants whose refresh_due_at has come and that nobody holds; oldest first.
  virtual Result<std::vector<Grant>> grants_due(Time now, int max) = 0;
};

}  // namespace herald
