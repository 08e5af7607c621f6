// The renewal of a grant: lock, reload, re-check, record, call, keep. The rest of Vault.
#include <functional>
#include <string>
#include <utility>

#include "app/vault.h"
#include "domain/scope.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLease = 60s;      // Longer than the call may take.
constexpr Duration kCallMax = 45s;    // After this an unanswered call can have no late effect.
constexpr Duration kSendWithin = 5s;  // A single-use token is sent at once or not at all.
constexpr Duration kPatience = 90s;   // How long a follower waits for the holder.
constexpr Duration kSaveAgain = 1s;
constexpr int kSavesAwaited = 30;
constexpr int kSavesMax = 900;

CustomerScope scope_of(const Grant& grant) { return ScopeAuthority::of(grant.customer); }

bool is_over(const Grant& grant, Time now) {
  return grant.access_expires_at && now >= *grant.access_expires_at;
}

// A token is renewed when a tenth of its life, or ten minutes, is left (O-43); one that lives for a
// few minutes only, when half of that is. It waits for up to a fifth of that more: each token for a
// part of its own, so that those who connected in one hour do not renew in one minute.
bool about_to_end(const Grant& grant, Time now) {
  if (!grant.access_expires_at) return false;
  const Duration life = *grant.access_expires_at - grant.updated_at;
  const Duration margin = std::min(std::max<Duration>(10min, life / 10), life / 2);
  const std::string which = grant.id.value + " " + std::to_string(grant.version);
  const auto chance = static_cast<int>(std::hash<std::string>()(which) % 1000);
  const Duration early = margin - margin / 5 * chance / 1000;
  return now > *grant.access_expires_at - early || is_over(grant, now);
}

std::unexpected<Error> not_now(std::string detail,
                               std::optional<std::chrono::seconds> retry_after = {}) {
  return std::unexpected(Error{ErrorKind::unavailable,
                               "The connection could not be renewed just now. Herald will try "
                               "again.",
                               std::move(detail),
                               retry_after,
                               {}});
}

}  // namespace

struct Vault::Renewal {
  CustomerId customer;
  GrantId grant;
  std::string stale;  // The sealed tokens that have to go. A version may rise for other reasons.
  Time give_up_at;
  std::function<void(Result<Grant>)> done;
};

bool Vault::can_renew(const Grant& grant) const {
  const Registration* registration = registrations_.find(grant.platform, grant.registration);
  if (registration == nullptr || !registration->platform->flow(Flow::refresh)) return false;
  // Renewed as far as it goes.
  return !grant.ends_at || !grant.access_expires_at || *grant.access_expires_at < *grant.ends_at;
}

bool Vault::renewal_in_doubt(const Grant& grant) const {
  const Registration* registration = registrations_.find(grant.platform, grant.registration);
  return registration != nullptr && registration->platform->spec->oauth.rotates &&
         grant.refresh_begun_version == grant.version;
}

void Vault::open(const Account& account, Opened done) {
  auto grant = store_.find_grant(ScopeAuthority::of(account.customer), account.grant);
  const Time now = clock_.now();
  if (!grant || grant->state != GrantState::live ||
      !(can_renew(*grant) ? about_to_end(*grant, now) : is_over(*grant, now))) {
    return finish_open(account, grant, done);
  }
  const bool still_good = *grant->access_expires_at > now + 60s;
  auto renewal = std::make_shared<Renewal>(
      Renewal{grant->customer, grant->id, grant->sealed_tokens, now + kPatience, {}});
  renewal->done = [this, account, done = std::move(done), still_good,
                   old = *grant](const Result<Grant>& fresh) {
    // A renewal that could not be had does not stop a token that still works.
    if (!fresh && fresh.error().kind == ErrorKind::unavailable && still_good) {
      return finish_open(account, old, done);
    }
    finish_open(account, fresh, done);
  };
  renew_step(std::move(renewal));
}

void Vault::reopen(const Account& account, const Grant& refused, Opened done) {
  auto stands = store_.find_account(ScopeAuthority::of(account.customer), account.id);
  if (!stands) return done(std::unexpected(std::move(stands).error()));
  auto renewal = std::make_shared<Renewal>(Renewal{
      stands->customer, stands->grant, refused.sealed_tokens, clock_.now() + kPatience, {}});
  renewal->done = [this, account = *stands, done = std::move(done)](const Result<Grant>& fresh) {
    finish_open(account, fresh, done);
  };
  renew_step(std::move(renewal));
}

void Vault::renew(const Grant& grant, std::function<void(Result<Done>)> done) {
  if (!can_renew(grant)) return done(Done{});
  auto renewal = std::make_shared<Renewal>(
      Renewal{grant.customer, grant.id, grant.sealed_tokens, clock_.now() + kPatience, {}});
  renewal->done = [done = std::move(done)](Result<Grant> fresh) {
    if (!fresh) return done(std::unexpected(std::move(fresh).error()));
    done(Done{});
  };
  renew_step(std::move(renewal));
}

void Vault::come_back(RenewalPtr renewal, Duration delay) {
  if (clock_.now() + delay > renewal->give_up_at) {
    return renewal->done(
        fail(ErrorKind::unavailable, "The connection is being renewed. Herald will try again."));
  }
  executor_.post_after(delay, [this, renewal] { renew_step(renewal); });
}

void Vault::renew_step(RenewalPtr renewal) {
  const Time now = clock_.now();
  auto read = store_.find_grant(ScopeAuthority::of(renewal->customer), renewal->grant);
  if (!read) return renewal->done(std::unexpected(std::move(read).error()));
  const Grant& grant = *read;
  if (grant.state != GrantState::live || grant.sealed_tokens != renewal->stale) {
    return renewal->done(std::move(read));  // Somebody was first; finish_open judges the state.
  }
  if (grant.lease_until > now) {
    return come_back(renewal, Duration(100 + static_cast<std::int64_t>(random_.below(200))));
  }
  const Registration* registration = registrations_.find(grant.platform, grant.registration);
  if (registration == nullptr || !registration->configured()) {
    return renewal->done(fail(ErrorKind::internal, "This platform is not set up on this server."));
  }
  if (!can_renew(grant)) {
    return mark_dead(std::move(renewal), grant,
                     {ErrorKind::unauthorized,
                      "The connection ended. Reconnect to continue; your "
                      "posts are kept.",
                      {},
                      {},
                      {}});
  }
  const bool rotates = registration->platform->spec->oauth.rotates;
  if (rotates && grant.refresh_begun_version == grant.version && grant.refresh_begun_at &&
      now < *grant.refresh_begun_at + kCallMax) {
    // An earlier call may still be under way with the one token that is good for one use.
    return come_back(renewal, *grant.refresh_begun_at + kCallMax - now);
  }
  auto leased = store_.lease_grant(scope_of(grant), grant.id, grant.version, now, kLease);
  if (!leased) {
    if (leased.error().kind == ErrorKind::conflict) return come_back(renewal, 150ms);
    return renewal->done(std::unexpected(std::move(leased).error()));
  }
  call_platform(std::move(renewal), *leased);
}

void Vault::call_platform(RenewalPtr renewal, const Grant& leased) {
  const auto scope = scope_of(leased);
  const bool last_try = leased.refresh_begun_version == leased.version;
  auto opened = open_as_is(leased, nullptr);
  if (!opened) {
    (void)store_.release_grant(scope, leased.id, leased.lease);
    return renewal->done(std::unexpected(std::move(opened).error()));
  }
  const Time begun_at = clock_.now();
  auto begun = store_.begin_refresh(scope, leased.id, leased.version, leased.lease, begun_at);
  if (!begun) {
    if (begun.error().kind == ErrorKind::conflict) return come_back(renewal, 150ms);
    return renewal->done(std::unexpected(std::move(begun).error()));
  }
  const Registration& registration = *registrations_.find(leased.platform, leased.registration);
  Input input;
  input.app = app_of(registration);
  input.account.scopes = leased.scopes;
  input.now = begun_at;
  // A worker that was frozen since must not spend the token a second time.
  std::function<bool()> may_send;
  if (registration.platform->spec->oauth.rotates) {
    may_send = [this, begun_at] { return clock_.now() <= begun_at + kSendWithin; };
  }
  dialogues_.run(
      *registration.platform, Flow::refresh, std::move(input), leased.customer,
      std::move(opened->secrets),
      [this, renewal, leased, last_try](DialogueEnd end) {
        take_answer(renewal, leased, last_try, std::move(end));
      },
      std::move(may_send));
}

void Vault::take_answer(RenewalPtr renewal, const Grant& leased, bool last_try, DialogueEnd end) {
  if (!end.outcome) {
    return take_failure(std::move(renewal), leased, last_try, end);
  }
  keep(std::move(renewal), leased, std::make_shared<DialogueEnd>(std::move(end)), 1);
}

void Vault::take_failure(RenewalPtr renewal, const Grant& leased, bool last_try,
                         const DialogueEnd& end) {
  const Error& error = end.outcome.error();
  if (error.kind == ErrorKind::unauthorized) return mark_dead(std::move(renewal), leased, error);

  const Registration* registration = registrations_.find(leased.platform, leased.registration);
  const bool rotates = registration->platform->spec->oauth.rotates;
  if (rotates && end.maybe_sent) {
    if (last_try) {
      return mark_dead(std::move(renewal), leased,
                       {ErrorKind::unauthorized,
                        "The platform's answer to a renewal was lost twice. Reconnect to continue; "
                        "your posts are kept.",
                        error.detail,
                        {},
                        "refresh_lost"});
    }
    (void)store_.release_grant(scope_of(leased), leased.id, leased.lease);
    return come_back(std::move(renewal), kCallMax);
  }
  const bool doubt_stands = last_try && end.nothing_sent;  // That of the answer lost before.
  const auto stands = store_.find_grant(scope_of(leased), leased.id);
  if (rotates && !doubt_stands && stands && stands->lease == leased.lease) {
    // Nothing is under way, and if the token was used up after all, the next try is told so:
    // "begun" is taken back, so that an outage does not end the connection. Not by who lost the
    // lease: the next holder's call may be under way.
    (void)store_.save_grant(leased, leased.version);
  } else {
    (void)store_.release_grant(scope_of(leased), leased.id, leased.lease);
  }
  renewal->done(not_now(error.message + " " + error.detail, error.retry_after));
}

void Vault::keep(RenewalPtr renewal, const Grant& leased, std::shared_ptr<DialogueEnd> end,
                 int tries) {
  auto saved = save_won(leased, *end);
  if (saved) return renewal->done(std::move(saved));
  if (saved.error().kind == ErrorKind::conflict) {
    // Reconnected, revoked, or kept by an earlier try: what stands there wins.
    return renewal->done(store_.find_grant(scope_of(leased), leased.id));
  }
  if (saved.error().kind == ErrorKind::unavailable && tries < kSavesMax) {
    // These may be the only tokens alive: a store that stumbles does not lose them. Whoever waits
    // for them is not kept as long as that.
    if (tries == kSavesAwaited) std::exchange(renewal->done, [](const auto&) {})(std::move(saved));
    executor_.post_after(
        kSaveAgain, [this, renewal, leased, end, tries] { keep(renewal, leased, end, tries + 1); });
    return;
  }
  (void)store_.release_grant(scope_of(leased), leased.id, leased.lease);
  renewal->done(std::move(saved));
}

Result<Grant> Vault::save_won(const Grant& leased, DialogueEnd& end) {
  const auto* granted = std::get_if<Granted>(&*end.outcome);
  if (granted == nullptr) {
    return fail(ErrorKind::internal, "The platform's answer could not be used.",
                "refresh ended without a grant");
  }
  Grant fresh = leased;
  HERALD_TRY(TokenSet tokens, open_tokens(leased));
  const Registration& registration = *registrations_.find(leased.platform, leased.registration);
  HERALD_CHECK(apply(registration.platform->spec->oauth, *granted, end.secrets, fresh, tokens));
  HERALD_TRY(fresh.sealed_tokens, seal_tokens(fresh, tokens));
  fresh.updated_at = clock_.now();
  return save_unless_renewed(leased, fresh);
}

// Saves over whatever version stands there as long as the tokens are those of `seen` and the grant
// lives. conflict: they are not.
Result<Grant> Vault::save_unless_renewed(const Grant& seen, const Grant& changed) {
  auto saved = store_.save_grant(changed, seen.version);
  for (int tries = 0; tries < 3 && !saved && saved.error().kind == ErrorKind::conflict; ++tries) {
    HERALD_TRY(const Grant stands, store_.find_grant(scope_of(seen), seen.id));
    if (stands.state != GrantState::live || stands.sealed_tokens != seen.sealed_tokens)
      return saved;
    saved = store_.save_grant(changed, stands.version);
  }
  return saved;
}

Result<Grant> Vault::save_dead(const Grant& seen, const Error& why) {
  Grant dead = seen;
  dead.state = GrantState::needs_reconnect;
  dead.state_message = why.message;
  dead.updated_at = clock_.now();
  auto saved = save_unless_renewed(seen, dead);
  if (saved) events_.publish({seen.customer, seen.user, "account.updated", seen.id.value, {}});
  return saved;
}

Result<Done> Vault::condemn(const Grant& refused, const Error& why) {
  const auto saved = save_dead(refused, why);
  if (saved || saved.error().kind == ErrorKind::conflict ||
      saved.error().kind == ErrorKind::not_found) {
    return Done{};
  }
  return not_now(saved.error().message + " " + saved.error().detail);
}

void Vault::mark_dead(RenewalPtr renewal, const Grant& seen, const Error& why) {
  auto saved = save_dead(seen, why);
  if (!saved && saved.error().kind == ErrorKind::conflict) {
    // A sibling has renewed it with the token that we were refused for (O-40).
    return renewal->done(store_.find_grant(scope_of(seen), seen.id));
  }
  renewal->done(std::move(saved));
}

}  // namespace herald
