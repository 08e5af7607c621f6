// Disconnecting: gone here at once, revoked at the platform in the background.
#include <algorithm>
#include <utility>

#include "app/connect.h"

namespace herald {

// A platform's revocation ends every grant that this person gave our app, also one that another
// account or another customer stands on (O-54). Whose it is has to be known: in doubt the
// permission stays at the platform, where the person can remove it.
void Connect::revoke_if_alone(const Grant& grant, std::shared_ptr<SecretSet> secrets) {
  const Registration* registration = registrations_.find(grant);
  if (registration == nullptr || !registration->platform->flow(Flow::revoke)) return;
  if (grant.subject.empty()) return;
  const auto grants = ports_.store.grants_of_subject(grant.platform, grant.subject);
  const auto lives = [&](const Grant& other) {
    return other.id != grant.id && other.state == GrantState::live && is_by(other, *registration);
  };
  if (!grants || std::ranges::any_of(*grants, lives)) return;
  Input input;
  input.app = app_of(*registration);
  input.account.scopes = grant.scopes;
  input.account.remote_id = grant.subject;
  input.now = ports_.clock.now();
  dialogues_.run(
      *registration->platform, Flow::revoke, std::move(input), grant.customer, std::move(secrets),
      [this, customer = grant.customer, user = grant.user, id = grant.id](const DialogueEnd& end) {
        audit(customer, user, end.outcome ? "grant.revoked" : "grant.revoke_failed", id.value,
              end.outcome ? std::string() : end.outcome.error().message);
      });
}

Result<Connect::Disconnected> Connect::disconnect(const Caller& caller, const PlatformId& platform,
                                                  const AccountId& id) {
  HERALD_TRY(const Account account, ports_.store.find_account(caller.scope, id));
  if (account.platform != platform || !caller.may_see(account.user)) {
    return fail(ErrorKind::not_found, "There is no such account.");
  }
  HERALD_TRY(const auto removed, ports_.store.remove_account(caller.scope, id, ports_.clock.now()));
  audit(account.customer, caller.user, "account.disconnected", id.value, platform.value);
  ports_.events.publish({account.customer, account.user, "account.updated", id.value, {}});
  if (!removed.last || removed.grant.state == GrantState::revoked) return Disconnected{};
  if (auto opened = vault_.open_as_is(removed.grant, &removed.account)) {
    revoke_if_alone(removed.grant, std::move(opened->secrets));
  }
  const Registration* registration = registrations_.find(removed.grant);
  if (registration == nullptr) return Disconnected{};
  return Disconnected{registration->platform->spec->left_standing};
}

}  // namespace herald
