// Tokens at rest and their renewal. A grant's tokens leave here only inside a SecretSet, for the
// transport. One refresh happens however many ask, over all processes; a network error never
// disconnects; a refused grant waits, marked, for the person to reconnect.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/dialogue.h"
#include "app/registrations.h"
#include "domain/account.h"
#include "ports/account_store.h"
#include "ports/events.h"
#include "ports/random.h"
#include "ports/sealer.h"

namespace herald {

struct Token {
  Secret secret;
  std::optional<Time> expires_at;
};
using TokenSet = std::map<std::string, Token>;  // By kind: "access", "refresh".

// What a conversation with an account's platform needs.
struct OpenedGrant {
  Grant grant;
  std::shared_ptr<SecretSet> secrets;
};

class Vault {
 public:
  Vault(AccountStore& store, Sealer& sealer, Clock& clock, Executor& executor, Random& random,
        Dialogues& dialogues, Events& events, const Registrations& registrations)
      : store_(store),
        sealer_(sealer),
        clock_(clock),
        executor_(executor),
        random_(random),
        dialogues_(dialogues),
        events_(events),
        registrations_(registrations) {}

  using Opened = std::function<void(Result<OpenedGrant>)>;

  // The account's tokens, renewed first when they are about to end. `done` is called exactly once,
  // maybe before this returns. unauthorized: the grant is dead, and marked so. unavailable: they
  // had to be renewed and the platform did not answer, or the store did not; or the account was
  // reconnected just now.
  void open(const Account& account, Opened done);
  // The platform has refused these tokens: the ones that stand there now, renewed whatever their
  // age says if they are still the same.
  void reopen(const Account& account, const Grant& refused, Opened done);
  // The platform refuses tokens that were just renewed: marks the grant needs_reconnect, unless its
  // tokens have changed since. unavailable: the store did not answer.
  Result<Done> condemn(const Grant& refused, const Error& why);
  // A renewal was sent that spends its token, and how it ended was not seen: the record of it must
  // stand until the next renewal has looked.
  bool renewal_in_doubt(const Grant& grant) const;
  // Renews one grant that must not grow too old (GrantedToken, refresh_due_at).
  void renew(const Grant& grant, std::function<void(Result<Done>)> done);

  Result<std::string> seal_tokens(const Grant& grant, const TokenSet& tokens);
  Result<TokenSet> open_tokens(const Grant& grant);
  Result<std::string> seal_account_token(const Account& account, const Secret& token);
  // Tokens of a grant as they stand, without renewal; for revoking.
  Result<OpenedGrant> open_as_is(const Grant& grant, const Account* account);

 private:
  struct Renewal;
  using RenewalPtr = std::shared_ptr<Renewal>;
  void renew_step(RenewalPtr renewal);
  void call_platform(RenewalPtr renewal, const Grant& leased);
  void take_answer(RenewalPtr renewal, const Grant& leased, bool last_try, DialogueEnd end);
  void take_failure(RenewalPtr renewal, const Grant& leased, bool last_try, const DialogueEnd& end);
  void keep(RenewalPtr renewal, const Grant& leased, std::shared_ptr<DialogueEnd> end, int tries);
  Result<Grant> save_won(const Grant& leased, DialogueEnd& end);
  void mark_dead(RenewalPtr renewal, const Grant& seen, const Error& why);
  Result<Grant> save_dead(const Grant& seen, const Error& why);
  Result<Grant> save_unless_renewed(const Grant& seen, const Grant& changed);
  void come_back(RenewalPtr renewal, Duration delay);
  void finish_open(const Account& account, const Result<Grant>& grant, const Opened& done);
  bool can_renew(const Grant& grant) const;

  AccountStore& store_;
  Sealer& sealer_;
  Clock& clock_;
  Executor& executor_;
  Random& random_;
  Dialogues& dialogues_;
  Events& events_;
  const Registrations& registrations_;
};

// Puts what a platform granted into a grant and its token set. `won` holds the secrets by handle.
// internal: a handle names nothing.
Result<Done> apply(const OAuthSpec& oauth, const Granted& granted,
                   std::map<std::string, Secret>& won, Grant& grant, TokenSet& tokens);

}  // namespace herald
