// The second half of connecting: the code becomes tokens, the tokens open accounts, and what the
// person picks is stored.
#include <algorithm>
#include <utility>

#include "app/connect.h"
#include "app/inputs.h"
#include "domain/encoding.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kWorkLife = 2min;   // Who has not come to an end by then is dead.
constexpr Duration kPickLife = 10min;  // For the person to choose.

OAuthFlow ended(OAuthFlow flow, std::string code, std::string message) {
  flow.status = FlowStatus::failed;
  flow.problem_code = std::move(code);
  flow.problem_message = std::move(message);
  flow.sealed.clear();
  return flow;
}

bool has_ended(FlowStatus status) {
  return status == FlowStatus::connected || status == FlowStatus::denied ||
         status == FlowStatus::failed;
}

}  // namespace

struct Connect::Finish {
  const Registration& registration;
  OAuthFlow flow;
  FlowState state;
  std::vector<std::string> choices;
  std::function<void(Result<View>)> done;

  Input input(Time now) const {
    Input in;
    in.app = app_of(registration);
    in.account.scopes = state.grant.scopes;
    in.scopes_asked = flow.scopes;
    in.parameters["redirect_uri"] = flow.redirect_uri;
    in.now = now;
    return in;
  }

  // Whether its figures are to be read: as was said now of an account that this was about, else as
  // before. `known`: null for a new one.
  bool wants_figures(const DiscoveredAccount& found, const Account* known) const {
    if (known == nullptr) return state.figures;
    const bool picked = choices.empty()
                            ? state.found.size() == 1
                            : std::ranges::find(choices, found.remote_id) != choices.end();
    const bool meant = flow.reconnects.empty() ? picked : flow.reconnects == known->id;
    return meant ? state.figures : known->figures;
  }

  std::shared_ptr<SecretSet> secrets() const {
    auto set = std::make_shared<SecretSet>();
    set->client_id = registration.client_id;
    set->app_secret = registration.client_secret.clone();
    if (!state.code.empty()) set->named.emplace("code", state.code.clone());
    if (!state.code_verifier.empty()) {
      set->named.emplace("code_verifier", state.code_verifier.clone());
    }
    if (const auto it = state.tokens.find("access"); it != state.tokens.end()) {
      set->user_token = it->second.secret.clone();
    }
    if (const auto it = state.tokens.find("refresh"); it != state.tokens.end()) {
      set->refresh_token = it->second.secret.clone();
    }
    return set;
  }
};

Result<std::vector<Account>> Connect::existing(const OAuthFlow& flow) {
  return ports_.store.list_accounts(ScopeAuthority::of(flow.customer), flow.user, flow.platform);
}

Result<Connect::View> Connect::view(const Caller& caller, const FlowId& id) {
  HERALD_TRY(OAuthFlow flow, ports_.store.find_flow(caller.scope, id));
  if (flow.user != caller.user)
    return fail(ErrorKind::not_found, "There is no such connection attempt.");
  const bool over = flow.expires_at < ports_.flow_clock.now() && !has_ended(flow.status);
  View view{.flow = std::move(flow), .over = over};
  HERALD_TRY(const auto have, existing(view.flow));
  if (view.flow.status == FlowStatus::choose) {
    HERALD_TRY(FlowState state, open(ports_.sealer, view.flow));
    view.choices = std::move(state.found);
    for (const auto& choice : view.choices) {
      view.connected.push_back(std::ranges::find(have, choice.remote_id, &Account::remote_id) !=
                               have.end());
    }
  }
  for (const auto& account : have) {
    if (std::ranges::find(view.flow.accounts, account.id) != view.flow.accounts.end()) {
      view.accounts.push_back(account);
    }
  }
  return view;
}

// O-08: whoever tried, nobody finishes it any more. Whoever is of another customer has tried
// nothing: their own customer's flows are all that they can name, and none that they may burn.
void Connect::burn(OAuthFlow flow) {
  (void)ports_.store.save_flow(ended(std::move(flow), "wrong_person",
                                     "Somebody else tried to finish this. Press Connect again."));
}

void Connect::finish(const Caller& caller, const FlowId& id, std::vector<std::string> nonces,
                     std::vector<std::string> choices, std::function<void(Result<View>)> done) {
  auto flow = ports_.store.find_flow(caller.scope, id);
  if (!flow) return done(std::unexpected(std::move(flow).error()));
  const bool same_browser = std::ranges::any_of(nonces, [&](const std::string& nonce) {
    return ports_.digest.equal(to_hex(ports_.digest.sha256(nonce)), flow->nonce_hash);
  });
  if (flow->user != caller.user || !same_browser) {
    const bool open = flow->status == FlowStatus::waiting || flow->status == FlowStatus::returned ||
                      flow->status == FlowStatus::choose;
    if (open) burn(*flow);
    audit(flow->customer, caller.user, "oauth.finish_refused", id.value,
          flow->user != caller.user ? "another user" : "another browser");
    return done(fail(ErrorKind::not_found, "There is no such connection attempt."));
  }
  const Time now = ports_.flow_clock.now();
  if (flow->status == FlowStatus::working && flow->expires_at < now) {
    // A code is good for one exchange, so what a dead process had begun cannot be taken up.
    (void)ports_.store.save_flow(
        ended(std::move(*flow), "interrupted", "Connecting was interrupted. Press Connect again."));
    return done(view(caller, id));
  }
  const bool picking = flow->status == FlowStatus::choose && !choices.empty();
  if (flow->status != FlowStatus::returned && !picking) return done(view(caller, id));
  if (flow->expires_at < now) {
    return done(fail(ErrorKind::conflict, "This took too long. Press Connect again."));
  }
  const Registration* registration = registrations_.find(flow->platform, flow->registration);
  if (registration == nullptr || !registration->configured()) {
    return done(fail(ErrorKind::unavailable, "This platform is not set up on this server."));
  }
  auto state = open(ports_.sealer, *flow);
  if (!state) return done(std::unexpected(std::move(state).error()));
  flow->status = FlowStatus::working;
  flow->expires_at = now + kWorkLife;
  auto taken = ports_.store.save_flow(*flow);  // Exactly one finisher gets past this.
  if (!taken) {
    if (taken.error().kind == ErrorKind::conflict) return done(view(caller, id));
    return done(std::unexpected(std::move(taken).error()));
  }
  state->grant.customer = taken->customer;
  state->grant.user = taken->user;
  state->grant.platform = taken->platform;
  state->grant.registration = taken->registration;
  auto finish = std::make_shared<Finish>(Finish{*registration, std::move(*taken), std::move(*state),
                                                std::move(choices), std::move(done)});
  picking ? pick(std::move(finish)) : exchange(std::move(finish));
}

void Connect::exchange(FinishPtr finish) {
  auto secrets = finish->secrets();
  Input input = finish->input(ports_.clock.now());
  dialogues_.run(*finish->registration.platform, Flow::connect, std::move(input),
                 finish->flow.customer, std::move(secrets), [this, finish](DialogueEnd end) {
                   if (!end.outcome) return fail_flow(finish, end.outcome.error());
                   auto* granted = std::get_if<Granted>(&*end.outcome);
                   if (granted == nullptr) {
                     return fail_flow(finish, {ErrorKind::internal,
                                               "The platform's answer could not be used.",
                                               {},
                                               {},
                                               "bad_answer"});
                   }
                   finish->state.grant.scopes = finish->flow.scopes;
                   const OAuthSpec& oauth = finish->registration.platform->spec->oauth;
                   FlowState& state = finish->state;
                   auto applied = apply(oauth, *granted, end.secrets, state.grant, state.tokens);
                   if (!applied) return fail_flow(finish, applied.error());
                   for (const auto& scope : finish->registration.platform->spec->scopes) {
                     const auto& have = finish->state.grant.scopes;
                     if (!scope.required || std::ranges::find(have, scope.name) != have.end()) {
                       continue;
                     }
                     revoke_if_alone(finish->state.grant, finish->secrets());
                     return fail_flow(finish,
                                      {ErrorKind::forbidden,
                                       "A permission is missing: " + scope.why + " (" + scope.name +
                                           "). Connect again and leave it ticked.",
                                       {},
                                       {},
                                       "scope_missing"});
                   }
                   finish->state.code = Secret();
                   finish->state.code_verifier = Secret();
                   discover(finish);
                 });
}

void Connect::discover(FinishPtr finish) {
  auto secrets = finish->secrets();
  Input input = finish->input(ports_.clock.now());
  dialogues_.run(*finish->registration.platform, Flow::discover, std::move(input),
                 finish->flow.customer, std::move(secrets), [this, finish](DialogueEnd end) {
                   if (!end.outcome) return fail_flow(finish, end.outcome.error());
                   auto* discovered = std::get_if<Discovered>(&*end.outcome);
                   if (discovered == nullptr || discovered->accounts.empty()) {
                     return fail_flow(finish,
                                      {ErrorKind::invalid,
                                       "This sign-in opened no account that can be used. What is "
                                       "needed: " +
                                           finish->registration.platform->spec->account_type + ".",
                                       {},
                                       {},
                                       "no_account"});
                   }
                   auto& subject = finish->state.grant.subject;
                   if (subject.empty()) subject = std::move(discovered->subject);
                   for (auto& account : discovered->accounts) {
                     // Shown by people's browsers: nothing that is fetched in the clear, and
                     // nothing that is not fetched at all (data:, javascript:).
                     if (!account.picture_url.starts_with("https://")) account.picture_url.clear();
                     const auto token = end.secrets.find(account.token_handle);
                     finish->state.account_tokens.push_back(
                         token == end.secrets.end() ? Secret() : token->second.clone());
                     finish->state.found.push_back(std::move(account));
                   }
                   pick(finish);
                 });
}

// The accounts of this sign-in that the person has already and that go over to the new tokens
// unasked: all when reconnecting, else those whose own tokens this consent has ended.
Result<std::vector<std::size_t>> Connect::renewed(const Finish& finish,
                                                  const std::vector<Account>& have) {
  const bool reconnecting = !finish.flow.reconnects.empty();
  const bool replaces = finish.registration.platform->spec->oauth.consent_replaces;
  std::vector<std::size_t> renewed;
  for (std::size_t i = 0; i < finish.state.found.size(); ++i) {
    const DiscoveredAccount& found = finish.state.found[i];
    const auto known = std::ranges::find(have, found.remote_id, &Account::remote_id);
    if (!found.usable || known == have.end()) continue;
    HERALD_TRY(const Grant grant,
               ports_.store.find_grant(ScopeAuthority::of(finish.flow.customer), known->grant));
    const bool ended = replaces && grant.subject == finish.state.grant.subject;
    if (is_by(grant, finish.registration) && (reconnecting || ended)) renewed.push_back(i);
  }
  return renewed;
}

void Connect::pick(FinishPtr finish) {
  const auto& found = finish->state.found;
  auto have = existing(finish->flow);
  if (!have) return fail_flow(finish, have.error());
  const auto also = renewed(*finish, *have);
  if (!also) return fail_flow(finish, also.error());
  if (!finish->flow.reconnects.empty()) {
    const auto wanted = std::ranges::find(*have, finish->flow.reconnects, &Account::id);
    const bool there = std::ranges::any_of(*also, [&](std::size_t i) {
      return wanted != have->end() && wanted->remote_id == found[i].remote_id;
    });
    if (!there) {
      revoke_if_alone(finish->state.grant, finish->secrets());
      return fail_flow(finish, {ErrorKind::conflict,
                                "That was another account. Sign in with the one you want to "
                                "reconnect.",
                                {},
                                {},
                                "other_account"});
    }
    return store(std::move(finish), *also);
  }
  std::vector<std::size_t> picked;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].usable) continue;
    const auto& wanted = finish->choices;
    if (wanted.empty() ? found.size() == 1
                       : std::ranges::find(wanted, found[i].remote_id) != wanted.end()) {
      picked.push_back(i);
    }
  }
  const bool stray = !finish->choices.empty() && picked.size() != finish->choices.size();
  if (!picked.empty() && !stray) {
    for (const auto i : *also) {
      if (std::ranges::find(picked, i) == picked.end()) picked.push_back(i);
    }
    return store(std::move(finish), picked);
  }

  // Their own tokens are dead: they must not wait for a choice that perhaps nobody makes.
  if (!also->empty()) {
    if (auto kept = keep(*finish, *also); !kept) return fail_flow(finish, kept.error());
  }
  finish->flow.status = FlowStatus::choose;
  finish->flow.expires_at = ports_.flow_clock.now() + kPickLife;
  auto sealed = seal(ports_.sealer, finish->flow, finish->state);
  if (!sealed) return fail_flow(finish, sealed.error());
  finish->flow.sealed = std::move(*sealed);
  auto saved = ports_.store.save_flow(finish->flow);
  if (!saved) return finish->done(std::unexpected(std::move(saved).error()));
  ports_.events.publish({saved->customer, saved->user, "flow.updated", saved->id.value, {}});
  if (stray) {
    return finish->done(fail(ErrorKind::invalid, "One of these accounts cannot be picked."));
  }
  finish->done(view(Caller{ScopeAuthority::of(saved->customer), saved->user, {}, {}}, saved->id));
}

// Connects those accounts.
Result<std::vector<Account>> Connect::keep(const Finish& finish,
                                           const std::vector<std::size_t>& picked) {
  const Time now = ports_.clock.now();
  HERALD_TRY(const auto have, existing(finish.flow));
  Connection connection;
  Grant& grant = connection.grant;
  grant = finish.state.grant;
  grant.id = GrantId(ports_.random.id("grant"));
  grant.created_at = grant.updated_at = now;
  HERALD_TRY(grant.sealed_tokens, vault_.seal_tokens(grant, finish.state.tokens));
  for (const auto i : picked) {
    const DiscoveredAccount& found = finish.state.found[i];
    Account account;
    // Its token is sealed for the id, so a returning account must be named by its own.
    const auto known = std::ranges::find(have, found.remote_id, &Account::remote_id);
    account.id = known != have.end() ? known->id : AccountId(ports_.random.id("acc"));
    account.customer = grant.customer;
    account.user = grant.user;
    account.platform = grant.platform;
    account.grant = grant.id;
    account.product = found.product;
    account.kind = found.kind;
    account.remote_id = found.remote_id;
    account.name = found.name;
    account.username = found.username;
    account.picture_url = found.picture_url;
    account.facts = found.facts;
    account.figures = finish.wants_figures(found, known != have.end() ? &*known : nullptr);
    account.connected_at = now;
    if (!finish.state.account_tokens[i].empty()) {
      HERALD_TRY(account.sealed_token,
                 vault_.seal_account_token(account, finish.state.account_tokens[i]));
    }
    connection.accounts.push_back(std::move(account));
  }
  HERALD_TRY(auto stored,
             ports_.store.connect(ScopeAuthority::of(finish.flow.customer), connection));
  for (std::size_t i = 0; i < stored.size(); ++i) {
    if (stored[i].id != connection.accounts[i].id) {
      // Connected at the same moment in another window, under another id: once more, by that id.
      return keep(finish, picked);
    }
  }
  (void)ports_.store.resume_parked(now);
  for (const auto& account : stored) {
    audit(account.customer, account.user, "account.connected", account.id.value,
          account.platform.value);
    ports_.events.publish(
        {account.customer, account.user, "account.updated", account.id.value, {}});
  }
  return stored;
}

void Connect::store(FinishPtr finish, const std::vector<std::size_t>& picked) {
  auto stored = keep(*finish, picked);
  if (!stored) return fail_flow(finish, stored.error());
  finish->flow.status = FlowStatus::connected;
  finish->flow.sealed.clear();
  for (const auto& account : *stored) finish->flow.accounts.push_back(account.id);
  auto saved = ports_.store.save_flow(finish->flow);
  if (!saved) return finish->done(std::unexpected(std::move(saved).error()));
  ports_.events.publish({saved->customer, saved->user, "flow.updated", saved->id.value, {}});
  finish->done(View{.flow = std::move(*saved), .accounts = std::move(*stored)});
}

void Connect::fail_flow(FinishPtr finish, const Error& error) {
  finish->flow.status = FlowStatus::failed;
  finish->flow.problem_code = error.code.empty() ? name_of(error.kind) : error.code;
  finish->flow.problem_message = error.message;
  finish->flow.sealed.clear();
  audit(finish->flow.customer, finish->flow.user, "oauth.failed", finish->flow.id.value,
        finish->flow.problem_code);
  if (error.kind == ErrorKind::internal) {
    ports_.log.write(LogLevel::error, "connecting " + finish->flow.platform.value +
                                          " failed: " + finish->flow.problem_code + ": " +
                                          error.message + " " + error.detail);
  }
  auto saved = ports_.store.save_flow(finish->flow);
  if (!saved) return finish->done(std::unexpected(std::move(saved).error()));
  ports_.events.publish({saved->customer, saved->user, "flow.updated", saved->id.value, {}});
  finish->done(View{.flow = std::move(*saved)});
}

}  // namespace herald
