// The first half of connecting: the authorize URL, and the platform's redirect.
#include <algorithm>
#include <utility>

#include "app/connect.h"
#include "app/inputs.h"
#include "domain/encoding.h"
#include "ports/spec_address.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kFlowLife = 10min;
constexpr int kPendingMax = 10;

std::string joined(const std::vector<std::string>& words, const std::string& separator) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

std::unexpected<Error> refused(std::string reason) {
  Error error{ErrorKind::invalid,
              "This sign-in could not be completed. Close this window and press Connect again.",
              std::move(reason),
              {},
              "flow_refused"};
  return std::unexpected(std::move(error));
}

// No code came. Only RFC 6749's word for it, or LinkedIn's own, says that it was the person's will.
void end_without_code(OAuthFlow& flow, std::string_view error, const std::string& platform) {
  const bool said_no = error == "access_denied" || error.starts_with("user_cancelled_");
  flow.status = said_no ? FlowStatus::denied : FlowStatus::failed;
  flow.problem_code = said_no ? "denied" : "platform_refused";
  flow.problem_message =
      said_no ? "You said no at " + platform + ". Nothing was connected."
              : platform +
                    " did not go through with the sign-in, and nothing was connected. Try "
                    "again; if it stays so, tell whoever runs this Herald.";
  flow.sealed.clear();
}

}  // namespace

std::string Connect::cookie_name(const Digest& digest, const FlowId& id) {
  return "herald_" + to_hex(digest.sha256(id.value)).substr(0, 8);
}

void Connect::audit(const CustomerId& customer, const UserId& user, std::string action,
                    std::string subject, std::string note) {
  (void)ports_.store.add_audit(
      {customer, user, std::move(action), std::move(subject), std::move(note), ports_.clock.now()});
}

std::string Connect::auth_url(const Registration& registration, const std::string& state,
                              const std::string& challenge, const std::vector<std::string>& scopes,
                              bool reconnecting) const {
  const PlatformSpec& spec = *registration.platform->spec;
  std::string url = filled(spec.oauth.authorize_url, app_of(registration));
  char joint = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    url += joint;
    url += percent_encode(name) + "=" + percent_encode(value);
    joint = '&';
  };
  add("response_type", "code");
  add(spec.oauth.client_id_parameter, registration.client_id);
  add("redirect_uri", registration.redirect_uri);
  add("scope", joined(scopes, spec.oauth.scope_separator));
  add("state", state);
  if (spec.oauth.pkce != Pkce::none) {
    add("code_challenge", challenge);
    add("code_challenge_method", "S256");
  }
  for (const auto& [name, value] : spec.oauth.authorize_extra) add(name, value);
  if (reconnecting) {
    for (const auto& [name, value] : spec.oauth.reconnect_extra) add(name, value);
  }
  return ports_.hosts.reach(url);
}

// What publishing takes, what reading figures takes if that is wanted, and what the person's live
// accounts were granted, where this consent takes the place of theirs. What the operator's app has
// no right to is left out, unless nothing goes without it.
Result<std::vector<std::string>> Connect::scopes_for(const Registration& registration,
                                                     const Caller& caller, const Wish& wish,
                                                     const std::optional<Grant>& before) {
  const PlatformSpec& spec = *registration.platform->spec;
  std::vector<std::string> held = before ? before->scopes : std::vector<std::string>();
  if (before || spec.oauth.consent_replaces) {
    HERALD_TRY(const auto accounts, ports_.store.list_accounts(caller.scope, caller.user, spec.id));
    for (const auto& account : accounts) {
      HERALD_TRY(const Grant grant, grant_of(ports_.store, caller.scope, account));
      if (grant.state != GrantState::live || !is_by(grant, registration)) continue;
      held.insert(held.end(), grant.scopes.begin(), grant.scopes.end());
    }
  }
  const bool measured = std::ranges::any_of(spec.scopes, [&](const ScopeSpec& scope) {
    return scope.use == ScopeUse::measure && before && contains(before->scopes, scope.name);
  });
  const bool figures = wish.figures.value_or(!before || before->scopes.empty() || measured);
  std::vector<std::string> asked;
  for (const auto& scope : spec.scopes) {
    if (!scope.required && contains(registration.scopes_left_out, scope.name)) continue;
    const bool wanted = scope.use == ScopeUse::publish || figures;
    if (wanted || contains(held, scope.name)) asked.push_back(scope.name);
  }
  return asked;
}

Result<Connect::Begun> Connect::begin(const Caller& caller, const PlatformId& platform,
                                      const Wish& wish) {
  std::optional<Grant> before;
  bool figures = wish.figures.value_or(true);
  if (wish.reconnects) {
    HERALD_TRY(const Account account, ports_.store.find_account(caller.scope, *wish.reconnects));
    if (account.platform != platform || account.user != caller.user) {
      return fail(ErrorKind::not_found, "There is no such account.");
    }
    HERALD_TRY(before, grant_of(ports_.store, caller.scope, account));
    figures = wish.figures.value_or(account.figures);
  }
  std::string name = wish.registration;
  if (before && name.empty()) name = sign_in_of(*before);
  const Registration* registration =
      name.empty() ? registrations_.usual(platform) : registrations_.find(platform, name);
  if (registration == nullptr) {
    return fail(ErrorKind::not_found, "There is no such platform, or no such way to sign in.");
  }
  if (before && !is_by(*before, *registration)) {
    return fail(ErrorKind::conflict,
                "This account was connected by another sign-in. Reconnect it by the same one.");
  }
  const PlatformSpec& spec = *registration->platform->spec;
  if (!registration->configured() || !registration->platform->flow(Flow::connect)) {
    Error error{ErrorKind::unavailable,
                spec.name + " is not set up on this server yet.",
                {},
                {},
                "platform_not_configured"};
    return std::unexpected(std::move(error));
  }

  const Time now = ports_.flow_clock.now();
  const std::string state = ports_.random.token(256);
  const std::string nonce = ports_.random.token(256);
  FlowState kept;
  kept.figures = figures;
  kept.code_verifier = Secret(ports_.random.token(384));  // 64 characters (RFC 7636: 43 to 128).
  const std::string hashed = ports_.digest.sha256(kept.code_verifier.reveal());
  const std::string challenge =
      spec.oauth.pkce == Pkce::s256_hex ? to_hex(hashed) : to_base64url(hashed);

  OAuthFlow flow;
  flow.id = FlowId(ports_.random.id("flow"));
  flow.customer = caller.scope.customer();
  flow.user = caller.user;
  flow.session = caller.session;
  flow.platform = platform;
  flow.registration = registration->name;
  flow.state_hash = to_hex(ports_.digest.sha256(state));
  flow.nonce_hash = to_hex(ports_.digest.sha256(nonce));
  flow.redirect_uri = registration->redirect_uri;
  if (wish.reconnects) flow.reconnects = *wish.reconnects;
  HERALD_TRY(flow.scopes, scopes_for(*registration, caller, wish, before));
  flow.created_at = now;
  flow.expires_at = now + kFlowLife;
  HERALD_TRY(flow.sealed, seal(ports_.sealer, flow, kept));
  HERALD_CHECK(ports_.store.begin_flow(flow, kPendingMax, now));
  return Begun{flow.id, auth_url(*registration, state, challenge, flow.scopes, before.has_value()),
               flow.expires_at, cookie_name(ports_.digest, flow.id), nonce};
}

Result<OAuthFlow> Connect::returned(const Callback& callback) {
  auto flow = take_back(callback);
  if (!flow && flow.error().kind == ErrorKind::invalid) {
    // Somebody's attack, or a server that is reached by another name than it was set up for.
    ports_.log.write(LogLevel::warning, "a return from " + callback.platform.value +
                                            " was refused: " + flow.error().detail);
  }
  return flow;
}

Result<OAuthFlow> Connect::take_back(const Callback& callback) {
  const Registration* registration = registrations_.find(callback.platform, callback.registration);
  if (registration == nullptr) return fail(ErrorKind::not_found, "There is no such address.");
  const OAuthSpec& oauth = registration->platform->spec->oauth;
  // Doubled parameters are how a second opinion is smuggled in (O-14).
  if (callback.state.size() != 1 || callback.state[0].empty()) return refused("state");
  if (callback.code.size() > 1 || callback.error.size() > 1 || callback.iss.size() > 1) {
    return refused("doubled parameter");
  }
  if (callback.error.empty() == callback.code.empty()) {
    return refused("neither or both of code and error");
  }
  if (callback.error.empty() && callback.code[0].empty()) return refused("empty code");
  if (callback.iss.empty() ? oauth.issuer_required
                           : !oauth.issuer.empty() && callback.iss[0] != oauth.issuer) {
    return refused("issuer");
  }
  if (callback.nonces.empty()) return refused("no browser cookie");
  std::vector<std::string> hashes;
  for (const auto& nonce : callback.nonces) hashes.push_back(to_hex(ports_.digest.sha256(nonce)));
  auto consumed =
      ports_.store.consume_flow(to_hex(ports_.digest.sha256(callback.state[0])), callback.platform,
                                callback.registration, hashes, ports_.flow_clock.now());
  if (!consumed) {
    if (consumed.error().kind == ErrorKind::not_found) return refused("state, cookie or time");
    return std::unexpected(std::move(consumed).error());
  }
  OAuthFlow& flow = *consumed;
  if (!callback.error.empty()) {
    end_without_code(flow, callback.error[0], registration->platform->spec->name);
  } else {
    HERALD_TRY(FlowState state, open(ports_.sealer, flow));
    std::string_view code = callback.code[0];
    const std::string& suffix = oauth.code_suffix;
    if (!suffix.empty() && code.ends_with(suffix)) code.remove_suffix(suffix.size());
    state.code = Secret(code);
    HERALD_TRY(flow.sealed, seal(ports_.sealer, flow, state));
  }
  HERALD_TRY(OAuthFlow saved, ports_.store.save_flow(flow));
  ports_.events.publish({saved.customer, saved.user, "flow.updated", saved.id.value, {}});
  return saved;
}

}  // namespace herald
