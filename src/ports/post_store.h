// Posts and their deliveries. Every method is one atomic act and may block; what it acknowledged is
// durable. Every write that finishes something names the lease it was made under and answers
// conflict (code "lease_lost") when the lease has moved on. What each act does to a row is in
// domain/delivery_rules.h.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/delivery.h"
#include "domain/post.h"
#include "domain/result.h"
#include "domain/scope.h"

namespace herald {

// Newest first; `before` continues a listing after its last row.
struct PageRequest {
  int limit = 20;
  std::optional<std::pair<Time, std::string>> before;  // created_at (or started_at) and id.
};

template <class T>
struct PageOf {
  std::vector<T> rows;
  bool more = false;
};

struct PostFilter {
  std::optional<UserId> user;
  std::optional<AccountId> account;
  std::optional<PostStatus> status;
};

struct AttemptFilter {
  std::optional<UserId> user;
  std::optional<PostId> post;
  std::optional<DeliveryId> delivery;
};

struct IdempotencyKey {
  std::string key;          // Unique with the customer and user; empty: none was sent.
  std::string fingerprint;  // Of the request; the same key with another one is a conflict.
};

class PostStore {
 public:
  virtual ~PostStore() = default;

  struct Created {
    PostId id;
    bool replayed = false;  // The key was used before, with the same fingerprint.
  };
  // Post and deliveries in one commit. conflict (code "idempotency_key_reused"): same key, other
  // fingerprint; conflict (code "target_twice"): two deliveries have one id; conflict (code
  // "content_repeated"): one of them repeats() a stored one within `unique_for`. not_found: an
  // account or an attached medium is not the customer's (any more).
  virtual Result<Created> create_post(const CustomerScope& scope, const Post& post,
                                      const std::vector<Delivery>& deliveries,
                                      const IdempotencyKey& key, Duration unique_for) = 0;
  // The newest one that this delivery repeats().
  virtual Result<std::optional<Delivery>> find_repeated(const CustomerScope& scope,
                                                        const Delivery& delivery,
                                                        Duration window) = 0;
  // What create_post() answered to this key before, so that a repeated request is not judged anew.
  // nullopt: never used, or empty. conflict (code "idempotency_key_reused"): other fingerprint.
  virtual Result<std::optional<Created>> find_created(const CustomerScope& scope,
                                                      const UserId& user,
                                                      const IdempotencyKey& key) = 0;
  virtual Result<Post> find_post(const CustomerScope& scope, const PostId& id) = 0;
  virtual Result<PageOf<Post>> list_posts(const CustomerScope& scope, const PostFilter& filter,
                                          const PageRequest& page) = 0;
  // post.revision is the new one, stored revision + 1. Replaces the deliveries; their lease numbers
  // go on from the old ones'. conflict (code "already_going_out"): one of the stored deliveries is
  // not scheduled, or has a fence or visible calls behind it; conflict (code "edited_meanwhile"):
  // the revision moved; else as create_post.
  virtual Result<Done> edit_post(const CustomerScope& scope, const Post& post,
                                 const std::vector<Delivery>& deliveries) = 0;
  // Cancels every delivery that is scheduled, parked, running or waiting, without a fence and with
  // no visible call accepted; leaves published, failed and missed ones. conflict (code
  // "already_going_out"), and nothing changed, when there is any other. A running one loses its
  // lease.
  virtual Result<Done> cancel_post(const CustomerScope& scope, const PostId& id, Time now) = 0;

  // In the order of the post's targets.
  virtual Result<std::vector<Delivery>> deliveries_of(const CustomerScope& scope,
                                                      const PostId& id) = 0;
  virtual Result<Delivery> find_delivery(const CustomerScope& scope, const DeliveryId& id) = 0;

  // One act, in this order: a running delivery whose lease ended becomes unknown (due at once) if
  // its fence is up, else scheduled, and its lease number rises (whoever held it has lost it); then
  // at most `max` due rows are leased until now + lease, each with a lease number one higher:
  // scheduled and waiting ones become running, unknown ones stay unknown (they are to be looked
  // up). Within an account a scheduled row waits for earlier ones (by publish_at, then id) that are
  // scheduled, running, parked, or waiting with nothing accepted yet. Customers take turns, so that
  // one customer's thousand rows do not delay another's one. A scheduled row that is claimed takes
  // the post's revision, unless it has one.
  virtual Result<std::vector<Delivery>> claim_due(Time now, Duration lease, int max) = 0;
  // When claim_due would next find something or rescue a stale row, `now` at the earliest; nullopt:
  // never, as things stand.
  virtual Result<std::optional<Time>> next_due(Time now) = 0;
  // Parked deliveries whose account's grant is live and has another version than parked_version
  // become scheduled, due now (missed if past missed_after). How many.
  virtual Result<int> resume_parked(Time now) = 0;
  // Ends every lease, of grants, follow-ups and measurements too. Only for a store that one process
  // owns, at its start: whoever held them died.
  virtual Result<Done> end_all_leases() = 0;

  // Writes the whole row if its stored lease is `lease` and the move is allowed (staying in a state
  // is), with its line of history and its follow-ups (inserted if absent). What says which delivery
  // it is (post, account, target, publish_at, ...) stays as stored, and so does lease_until while
  // it is running. A row that leaves running gives its lease up; one that stays unknown does so
  // when it is given without a lease_until. One that is published under a remote id is measured
  // from then on (MeasureStore), unless its account is gone.
  virtual Result<Done> save_delivery(const Delivery& delivery, std::int64_t lease,
                                     const std::optional<Attempt>& attempt,
                                     const std::vector<FollowUp>& follow_ups) = 0;
  // lease_lost also when the lease was given up.
  virtual Result<Done> renew_lease(const CustomerId& customer, const DeliveryId& id,
                                   std::int64_t lease, Time until) = 0;

  virtual Result<std::vector<FollowUp>> follow_ups_of(const CustomerScope& scope,
                                                      const PostId& id) = 0;
  // As claim_due: stale running ones become unknown if fenced (due now + 3 min), else due; then due
  // rows, unknown ones too, become running with their fence kept.
  virtual Result<std::vector<FollowUp>> claim_follow_ups(Time now, Duration lease, int max) = 0;
  virtual Result<Done> save_follow_up(const FollowUp& follow_up, std::int64_t lease,
                                      const std::optional<Attempt>& attempt) = 0;

  virtual Result<PageOf<Attempt>> list_attempts(const CustomerScope& scope,
                                                const AttemptFilter& filter,
                                                const PageRequest& page) = 0;
};

}  // namespace herald
