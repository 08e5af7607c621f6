#include "app/lookups.h"

#include <atomic>
#include <memory>
#include <set>
#include <utility>

#include "app/inputs.h"
#include "domain/check.h"

namespace herald {
namespace {

bool is_fresh(const LookedUp& facts, const LookupSpec& spec, Time now) {
  return facts.known() && now - facts.at < spec.fresh;
}

// Several answers and a time limit, whichever is through first.
class Gathering {
 public:
  Gathering(std::size_t answers, std::function<void()> done)
      : left_(answers), done_(std::move(done)) {}
  void one_came() {
    if (--left_ == 0) over();
  }
  void over() {
    if (!told_.exchange(true)) done_();
  }

 private:
  std::atomic<std::size_t> left_;
  std::atomic<bool> told_ = false;
  std::function<void()> done_;
};

}  // namespace

struct Lookups::Question {
  CustomerScope scope;
  const Registration* registration;
  Account account;
  std::string key;
  std::optional<KeptFacts> before;
};

std::string facts_key(const PlatformSpec& spec, const std::string& target_key) {
  return spec.lookup.per_target ? canonical_target(spec.target, target_key) : std::string();
}

Result<LookedUp> fresh_facts(AccountStore& store, const CustomerScope& scope,
                             const Platform& platform, const AccountId& account,
                             const std::string& target_key, Time now) {
  if (!platform.flow(Flow::lookup)) return LookedUp{};
  HERALD_TRY(auto kept, store.find_facts(scope, account, facts_key(*platform.spec, target_key)));
  if (!kept || !is_fresh(kept->looked_up, platform.spec->lookup, now)) return LookedUp{};
  return std::move(kept->looked_up);
}

// Nothing where there is nothing to ask, or no need.
std::optional<Lookups::Question> Lookups::question(const Caller& caller, const Target& target) {
  auto account = ports_.store.find_account(caller.scope, target.account);
  if (!account || !caller.may_see(account->user)) return std::nullopt;
  const auto grant = grant_of(ports_.store, caller.scope, *account);
  if (!grant || grant->state != GrantState::live) return std::nullopt;
  const Registration* registration = registrations_.find(account->platform, grant->registration);
  if (registration == nullptr || !registration->configured()) return std::nullopt;
  const Platform& platform = *registration->platform;
  if (!platform.flow(Flow::lookup)) return std::nullopt;
  std::string key = facts_key(*platform.spec, target.key);
  if (platform.spec->lookup.per_target && key.empty()) return std::nullopt;
  auto kept = ports_.store.find_facts(caller.scope, account->id, key);
  if (!kept) return std::nullopt;
  const Time now = ports_.clock.now();
  if (*kept) {
    const Time asked_at = (*kept)->asked_at;
    // With other tokens it may answer now.
    const bool in_vain =
        !(*kept)->problem.empty() && now - asked_at < kAskAgain && grant->updated_at <= asked_at;
    if (in_vain || is_fresh((*kept)->looked_up, platform.spec->lookup, now)) return std::nullopt;
  }
  return Question{caller.scope, registration, std::move(*account), std::move(key),
                  std::move(*kept)};
}

void Lookups::freshen(const Caller& caller, const std::vector<Target>& targets,
                      std::function<void()> done) {
  std::vector<Question> questions;
  std::set<std::pair<AccountId, std::string>> seen;
  for (const auto& target : targets) {
    auto one = question(caller, target);
    if (one && seen.emplace(one->account.id, one->key).second) {
      questions.push_back(std::move(*one));
    }
  }
  if (questions.empty()) return done();
  const auto gathering = std::make_shared<Gathering>(questions.size(), std::move(done));
  ports_.executor.post_after(kWaitMax, [gathering] { gathering->over(); });
  for (const auto& one : questions) {
    ask(one, [gathering] { gathering->one_came(); });
  }
}

void Lookups::ask(const Question& question, std::function<void()> done) {
  // Not stored: the next one asks again.
  const auto keep = [this, question, done = std::move(done)](const Result<LookedUp>& facts) {
    KeptFacts kept{
        question.account.customer, question.account.id, question.key, {}, ports_.clock.now(), {}};
    if (facts) {
      kept.looked_up = *facts;
    } else {
      if (question.before) kept.looked_up = question.before->looked_up;
      kept.problem = facts.error().message;
    }
    (void)ports_.store.keep_facts(question.scope, kept);
    done();
  };
  const auto input = [this, question](const Grant& grant) {
    Input of =
        input_for(*question.registration, question.account, grant.scopes, ports_.clock.now());
    of.target_key = question.key;
    return of;
  };
  enquiries_.ask({question.registration, Flow::lookup, question.account, input}, keep);
}

void Lookups::facts_of(const Caller& caller, const PlatformId& platform, const AccountId& id,
                       const std::string& target_key, Known done) {
  const auto account = ports_.store.find_account(caller.scope, id);
  if (!account && account.error().kind != ErrorKind::not_found) {
    return done(std::unexpected(account.error()));
  }
  if (!account || !caller.may_see(account->user) || account->platform != platform) {
    return done(fail(ErrorKind::not_found, "There is no such account."));
  }
  const auto grant = grant_of(ports_.store, caller.scope, *account);
  if (!grant) return done(std::unexpected(grant.error()));
  const Registration* registration = registrations_.find(*grant);
  if (registration == nullptr) {
    return done(fail(ErrorKind::not_found, "There is no such account."));
  }
  Target target;
  target.account = id;
  target.key = target_key;
  freshen(
      caller, {target},
      [this, scope = caller.scope, id, key = facts_key(*registration->platform->spec, target_key),
       done = std::move(done)] { done(ports_.store.find_facts(scope, id, key)); });
}

}  // namespace herald
