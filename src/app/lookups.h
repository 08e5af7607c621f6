// Live facts of accounts (Flow::lookup): quota, creator info, playlists. They are kept in the store
// with their age, and gone by while they are fresh (LookupSpec); after that as if there were none.
//
// Who asks when: the composer, through this class, when it checks a draft or shows choices, with a
// bounded wait; a delivery, in the runner, before its first call, where the spec says so.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/enquiry.h"
#include "app/registrations.h"
#include "domain/post.h"
#include "domain/scope.h"
#include "ports/account_store.h"
#include "ports/clock.h"
#include "ports/executor.h"

namespace herald {

class Lookups {
 public:
  struct Ports {
    AccountStore& store;
    Clock& clock;
    Executor& executor;
  };
  Lookups(Ports ports, Vault& vault, Dialogues& dialogues, const Registrations& registrations)
      : ports_(ports), enquiries_(vault, dialogues), registrations_(registrations) {}

  // Asks the platforms about these targets, but for what is fresh, was asked in vain a moment ago,
  // or is not this person's. `done` is called exactly once, maybe before this returns: when all
  // have answered, or after kWaitMax. What answers later is kept all the same.
  void freshen(const Caller& caller, const std::vector<Target>& targets,
               std::function<void()> done);

  // What is kept of an account of this platform, freshened first. nullopt: the platform has
  // nothing to look up, or never answered. not_found: it is not this person's account.
  using Known = std::function<void(Result<std::optional<KeptFacts>>)>;
  void facts_of(const Caller& caller, const PlatformId& platform, const AccountId& account,
                const std::string& target_key, Known done);

  static constexpr Duration kWaitMax{3'000};
  static constexpr Duration kAskAgain{30'000};  // After a try in vain.

 private:
  struct Question;
  std::optional<Question> question(const Caller& caller, const Target& target);
  void ask(const Question& question, std::function<void()> done);

  Ports ports_;
  Enquiries enquiries_;
  const Registrations& registrations_;
};

// Under which key facts are kept: the target's, where the platform answers per target.
std::string facts_key(const PlatformSpec& spec, const std::string& target_key);

// What is kept and still fresh; else empty.
Result<LookedUp> fresh_facts(AccountStore& store, const CustomerScope& scope,
                             const Platform& platform, const AccountId& account,
                             const std::string& target_key, Time now);

}  // namespace herald
