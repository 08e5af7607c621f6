// The renewal of a grant: lock, reload, re-check, record, call, keep. The rest of Vault.
#include <utility>

#include "app/vault.h"
#include "domain/scope.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLease = 60s;     // Longer than the call may take.
constexpr Duration kCallMax = 45s;   // After this an unanswered call can have no late effect.
constexpr Duration kPatience = 90s;  // How long a follower waits for the holder.

CustomerScope scope_of(const Grant& grant) { return ScopeAuthority::of(grant.customer); }

// A token is renewed when a tenth of its life, or ten minutes, is left (O-43).
bool about_to_end(const Grant& grant, Time now) {
  if (!grant.access_expires_at) return false;
  const Duration life = *grant.access_expires_at - grant.updated_at;
  return now > *grant.access_expires_at - std::max<Duration>(10min, life / 10);
}

}  // namespace

struct Vault::Renewal {
  Grant grant;           // As last read.
  std::int64_t version;  // The version that has to go.
  Time give_up_at;
  std::function<void(Result<Grant>)> done;
};

void Vault::open(const Account& account, Opened done) {
  auto grant = store_.find_grant(ScopeAuthority::of(account.customer), account.grant);
  const Time now = clock_.now();
  if (!grant || grant->state != GrantState::live || !about_to_end(*grant, now)) {
    return finish_open(account, grant, done);
  }
  const bool still_good = *grant->access_expires_at > now + 60s;
  auto renewal = std::make_shared<Renewal>(Renewal{*grant, grant->version, now + kPatience, {}});
  renewal->done = [this, account, done = std::move(done), still_good,
                   old = *grant](Result<Grant> fresh) {
    // A renewal that could not be had does not stop a token that still works.
    if (!fresh && fresh.error().kind == ErrorKind::unavailable && still_good) {
      return finish_open(account, old, done);
    }
    finish_open(account, fresh, done);
  };
  renew_step(std::move(renewal));
}

void Vault::reopen(const Account& account, std::int64_t refused_version, Opened done) {
  auto grant = store_.find_grant(ScopeAuthority::of(account.customer), account.grant);
  if (!grant) return done(std::unexpected(grant.error()));
  auto renewal =
      std::make_shared<Renewal>(Renewal{*grant, refused_version, clock_.now() + kPatience, {}});
  renewal->done = [this, account, done = std::move(done)](Result<Grant> fresh) {
    finish_open(account, fresh, done);
  };
  renew_step(std::move(renewal));
}

void Vault::renew(const Grant& grant, std::function<void(Result<Done>)> done) {
  auto renewal =
      std::make_shared<Renewal>(Renewal{grant, grant.version, clock_.now() + kPatience, {}});
  renewal->done = [done = std::move(done)](Result<Grant> fresh) {
    if (!fresh) return done(std::unexpected(std::move(fresh).error()));
    done(Done{});
  };
  renew_step(std::move(renewal));
}

void Vault::come_back(std::shared_ptr<Renewal> renewal, Duration delay) {
  if (clock_.now() + delay > renewal->give_up_at) {
    return renewal->done(
        fail(ErrorKind::unavailable, "The connection is being renewed. Herald will try again."));
  }
  executor_.post_after(delay, [this, renewal] { renew_step(renewal); });
}

void Vault::renew_step(std::shared_ptr<Renewal> renewal) {
  const Time now = clock_.now();
  auto read = store_.find_grant(scope_of(renewal->grant), renewal->grant.id);
  if (!read) return renewal->done(std::unexpected(std::move(read).error()));
  renewal->grant = std::move(*read);
  const Grant& grant = renewal->grant;
  if (grant.version != renewal->version || grant.state != GrantState::live) {
    return renewal->done(grant);  // Somebody else was first; finish_open judges the state.
  }
  if (grant.lease_until > now) {
    return come_back(renewal, Duration(100 + static_cast<std::int64_t>(random_.below(200))));
  }
  const Registration* registration = registrations_.find(grant.platform, grant.registration);
  if (registration == nullptr || !registration->platform->flow(Flow::refresh)) {
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

void Vault::call_platform(std::shared_ptr<Renewal> renewal, const Grant& leased) {
  const auto scope = scope_of(leased);
  const bool last_try = leased.refresh_begun_version == leased.version;
  auto opened = open_as_is(leased, nullptr);
  if (!opened) {
    (void)store_.release_grant(scope, leased.id, leased.lease);
    return renewal->done(std::unexpected(std::move(opened).error()));
  }
  auto begun = store_.begin_refresh(scope, leased.id, leased.version, leased.lease, clock_.now());
  if (!begun) {
    if (begun.error().kind == ErrorKind::conflict) return come_back(renewal, 150ms);
    return renewal->done(std::unexpected(std::move(begun).error()));
  }
  const Registration& registration = *registrations_.find(leased.platform, leased.registration);
  Input input;
  input.app = {registration.client_id, registration.platform->spec->api_version.version};
  input.account.scopes = leased.scopes;
  input.now = clock_.now();
  dialogues_.run(*registration.platform, Flow::refresh, std::move(input), leased.customer,
                 std::move(opened->secrets), [this, renewal, leased, last_try](DialogueEnd end) {
                   take_answer(renewal, leased, last_try, std::move(end));
                 });
}

void Vault::take_answer(std::shared_ptr<Renewal> renewal, const Grant& leased, bool last_try,
                        DialogueEnd end) {
  if (end.outcome) {
    auto* granted = std::get_if<Granted>(&*end.outcome);
    if (granted == nullptr) {
      return renewal->done(fail(ErrorKind::internal, "The platform's answer could not be used.",
                                "refresh ended without a grant"));
    }
    return keep(std::move(renewal), leased, std::move(*granted), std::move(end.secrets));
  }
  const Error& error = end.outcome.error();
  if (error.kind == ErrorKind::unauthorized) return mark_dead(std::move(renewal), leased, error);

  const Registration* registration = registrations_.find(leased.platform, leased.registration);
  if (registration->platform->spec->oauth.rotates && end.maybe_sent) {
    if (last_try) {
      return mark_dead(std::move(renewal), leased,
                       {ErrorKind::unauthorized,
                        "The platform's answer to a renewal was lost twice. Reconnect to continue; "
                        "your posts are kept.",
                        end.outcome.error().detail,
                        {},
                        "refresh_lost"});
    }
    (void)store_.release_grant(scope_of(leased), leased.id, leased.lease);
    return come_back(std::move(renewal), kCallMax);
  }
  if (registration->platform->spec->oauth.rotates) {
    // Proved unused: a new version takes back "begun", so that the next try is not the last.
    (void)store_.save_grant(leased, leased.version);
  } else {
    (void)store_.release_grant(scope_of(leased), leased.id, leased.lease);
  }
  renewal->done(std::unexpected(Error{ErrorKind::unavailable,
                                      "The connection could not be renewed just now. Herald will "
                                      "try again.",
                                      error.message + " " + error.detail,
                                      error.retry_after,
                                      {}}));
}

void Vault::keep(std::shared_ptr<Renewal> renewal, const Grant& leased, Granted granted,
                 std::map<std::string, Secret> won) {
  Grant fresh = leased;
  auto tokens = open_tokens(leased);
  if (!tokens) return renewal->done(std::unexpected(std::move(tokens).error()));
  if (auto applied = apply(granted, won, fresh, *tokens); !applied) {
    (void)store_.release_grant(scope_of(leased), leased.id, leased.lease);
    return renewal->done(std::unexpected(std::move(applied).error()));
  }
  auto sealed = seal_tokens(fresh, *tokens);
  if (!sealed) return renewal->done(std::unexpected(std::move(sealed).error()));
  fresh.sealed_tokens = std::move(*sealed);
  fresh.updated_at = clock_.now();
  auto saved = store_.save_grant(fresh, leased.version);
  if (!saved && saved.error().kind == ErrorKind::conflict) {
    // Reconnected or revoked meanwhile: what stands there wins.
    return renewal->done(store_.find_grant(scope_of(leased), leased.id));
  }
  renewal->done(std::move(saved));
}

Result<Grant> Vault::save_dead(const Grant& grant, const Error& why) {
  Grant dead = grant;
  dead.state = GrantState::needs_reconnect;
  dead.state_message = why.message;
  dead.updated_at = clock_.now();
  auto saved = store_.save_grant(dead, grant.version);
  if (saved) events_.publish({grant.customer, grant.user, "account.updated", grant.id.value, {}});
  return saved;
}

void Vault::condemn(const Grant& refused, const Error& why) { (void)save_dead(refused, why); }

void Vault::mark_dead(std::shared_ptr<Renewal> renewal, const Grant& leased, const Error& why) {
  auto saved = save_dead(leased, why);
  if (!saved && saved.error().kind == ErrorKind::conflict) {
    // A sibling has renewed it with the token that we were refused for (O-40).
    return renewal->done(store_.find_grant(scope_of(leased), leased.id));
  }
  renewal->done(std::move(saved));
}

}  // namespace herald
