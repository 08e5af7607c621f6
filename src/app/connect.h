// Connecting accounts: the whole OAuth flow, from the button to the stored grant.
//
// Two proofs are needed to finish, and either alone is known to fail: the browser that returns from
// the platform must be the one that began (a nonce cookie, checked at the callback, before anything
// is sent), and the person who finishes must be the one who began (their token, checked at
// finish(), before the code is exchanged).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/flow_state.h"
#include "app/registrations.h"
#include "app/vault.h"
#include "domain/account.h"
#include "domain/scope.h"
#include "ports/digest.h"
#include "ports/events.h"
#include "ports/host_map.h"
#include "ports/log.h"
#include "ports/random.h"
#include "ports/store.h"

namespace herald {

class Connect {
 public:
  struct Ports {
    Store& store;
    Sealer& sealer;
    Clock& clock;
    const Clock& flow_clock;  // Ages the attempts to connect: it must not jump (O-55).
    Random& random;
    const Digest& digest;
    const HostMap& hosts;
    Events& events;
    Log& log;
  };
  Connect(Ports ports, Vault& vault, Dialogues& dialogues, const Registrations& registrations)
      : ports_(ports), vault_(vault), dialogues_(dialogues), registrations_(registrations) {}

  struct Begun {
    FlowId flow;
    std::string auth_url;
    Time expires_at{};
    std::string cookie_name;  // Without a prefix.
    std::string nonce;        // The cookie's value; only its hash is kept.
  };
  // What the person wants of the connection.
  struct Wish {
    std::optional<AccountId> reconnects;
    // Which sign-in, where the platform has two; empty: the account's own, or the usual one.
    std::string registration;
    // Shall figures be read? Not said: as before, and of a new account yes.
    std::optional<bool> figures;
  };
  // Asks for the permissions that the wish takes, and for those that would be lost otherwise.
  // not_found: no such platform or sign-in, or no such account to reconnect. conflict: that was
  // connected by another sign-in. unavailable (code "platform_not_configured"): the operator gave
  // no credentials. rate_limited: too many pending.
  Result<Begun> begin(const Caller& caller, const PlatformId& platform, const Wish& wish);

  // The platform's redirect. Every field holds the parameter's values as sent; more than one of any
  // is refused.
  struct Callback {
    PlatformId platform;
    std::string registration;
    std::vector<std::string> state, code, error, iss;
    std::vector<std::string> nonces;  // Values of every cookie that may be a flow's nonce.
  };
  // Checks and consumes; sends nothing. invalid, with one text for every reason; the reason goes to
  // the log. On success the flow is `returned`, `denied` when the person said no, or `failed`
  // when the platform did.
  Result<OAuthFlow> returned(const Callback& callback);

  struct View {
    OAuthFlow flow;
    bool over = false;  // Its time has passed before it came to an end.
    std::vector<DiscoveredAccount> choices;
    std::vector<bool> connected;  // Which of them this person has already.
    std::vector<Account> accounts;
  };
  Result<View> view(const Caller& caller, const FlowId& id);

  // Exchanges the code, finds the accounts and connects them: the only one, those picked, or the
  // one being reconnected. Several and none picked: the flow becomes `choose`. `nonces` as above.
  // `done` is called exactly once. not_found: not this person's flow; it is burnt (O-08). conflict:
  // it is not in a state to be finished.
  void finish(const Caller& caller, const FlowId& id, std::vector<std::string> nonces,
              std::vector<std::string> choices, std::function<void(Result<View>)> done);

  // Removes the account here and, when it was the last on its grant, revokes at the platform (in
  // the background), unless another grant of that person would die with it.
  // Says what stays where the platform takes nothing back (PlatformSpec::left_standing).
  struct Disconnected {
    std::string left_standing;
  };
  Result<Disconnected> disconnect(const Caller& caller, const PlatformId& platform,
                                  const AccountId& id);

  // The parameter that carries the flow's nonce cookie: "herald_<8 hex of the flow id's hash>".
  static std::string cookie_name(const Digest& digest, const FlowId& id);

 private:
  struct Finish;
  using FinishPtr = std::shared_ptr<Finish>;
  Result<OAuthFlow> take_back(const Callback& callback);
  void exchange(FinishPtr finish);
  void discover(FinishPtr finish);
  void pick(FinishPtr finish);
  Result<std::vector<std::size_t>> renewed(const Finish& finish, const std::vector<Account>& have);
  void store(FinishPtr finish, const std::vector<std::size_t>& picked);
  Result<std::vector<Account>> keep(const Finish& finish, const std::vector<std::size_t>& picked);
  void fail_flow(FinishPtr finish, const Error& error);
  void burn(OAuthFlow flow);
  void revoke_if_alone(const Grant& grant, std::shared_ptr<SecretSet> secrets);
  Result<std::vector<Account>> existing(const OAuthFlow& flow);
  Result<std::vector<std::string>> scopes_for(const Registration& registration,
                                              const Caller& caller, const Wish& wish,
                                              const std::optional<Grant>& before);
  void audit(const CustomerId& customer, const UserId& user, std::string action,
             std::string subject, std::string note);
  std::string auth_url(const Registration& registration, const std::string& state,
                       const std::string& challenge, const std::vector<std::string>& scopes,
                       bool reconnecting) const;

  Ports ports_;
  Vault& vault_;
  Dialogues& dialogues_;
  const Registrations& registrations_;
};

}  // namespace herald
