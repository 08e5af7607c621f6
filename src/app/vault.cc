#include "app/vault.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/packing.h"
#include "domain/scope.h"

namespace herald {
namespace {

SealContext grant_context(const Grant& grant) {
  return {grant.customer, "grant", grant.platform.value, grant.id.value, "tokens"};
}

SealContext account_context(const Account& account) {
  return {account.customer, "account_token", account.platform.value, account.id.value, "access"};
}

std::string text_of(std::optional<Time> time) {
  return time ? std::to_string(to_ms(*time)) : std::string();
}

}  // namespace

Result<std::string> Vault::seal_tokens(const Grant& grant, const TokenSet& tokens) {
  std::vector<std::string> expiries;
  for (const auto& [kind, token] : tokens) expiries.push_back(text_of(token.expires_at));
  std::vector<std::string_view> parts;
  auto expiry = expiries.begin();
  for (const auto& [kind, token] : tokens) {
    parts.insert(parts.end(), {kind, token.secret.reveal(), *expiry++});
  }
  const Secret packed(pack(parts));
  return sealer_.seal(grant_context(grant), packed.reveal());
}

Result<TokenSet> Vault::open_tokens(const Grant& grant) {
  if (grant.state == GrantState::revoked || grant.sealed_tokens.empty()) {
    return fail(ErrorKind::unauthorized, "This account is disconnected. Connect it again.");
  }
  HERALD_TRY(const Secret packed, sealer_.open(grant_context(grant), grant.sealed_tokens));
  HERALD_TRY(const auto parts, unpack(packed.reveal()));
  TokenSet tokens;
  for (std::size_t i = 0; i + 2 < parts.size(); i += 3) {
    Token token{Secret(parts[i + 1]), std::nullopt};
    std::int64_t ms = 0;
    const auto text = parts[i + 2];
    if (std::from_chars(text.data(), text.data() + text.size(), ms).ec == std::errc()) {
      token.expires_at = from_ms(ms);
    }
    tokens.insert_or_assign(std::string(parts[i]), std::move(token));
  }
  return tokens;
}

Result<std::string> Vault::seal_account_token(const Account& account, const Secret& token) {
  return sealer_.seal(account_context(account), token.reveal());
}

Result<OpenedGrant> Vault::open_as_is(const Grant& grant, const Account* account) {
  const Registration* registration = registrations_.find(grant.platform, grant.registration);
  if (registration == nullptr || !registration->configured()) {
    return fail(ErrorKind::internal, "This platform is not set up on this server.");
  }
  HERALD_TRY(TokenSet tokens, open_tokens(grant));
  auto secrets = std::make_shared<SecretSet>();
  secrets->client_id = registration->client_id;
  secrets->app_secret = registration->client_secret.clone();
  secrets->user_token = std::move(tokens["access"].secret);
  secrets->refresh_token = std::move(tokens["refresh"].secret);
  if (account != nullptr && !account->sealed_token.empty()) {
    HERALD_TRY(secrets->account_token,
               sealer_.open(account_context(*account), account->sealed_token));
  }
  return OpenedGrant{grant, std::move(secrets)};
}

void Vault::finish_open(const Account& account, const Result<Grant>& grant, const Opened& done) {
  const auto moved = [&] {
    done(fail(ErrorKind::unavailable, "This account was reconnected just now. Herald goes on."));
  };
  if (!grant && grant.error().kind == ErrorKind::not_found) return moved();
  if (!grant) return done(std::unexpected(grant.error()));
  if (grant->state != GrantState::live) {
    return done(fail(ErrorKind::unauthorized, grant->state_message));
  }
  // Waiting for a renewal takes its time: a reconnect may have come between, and account tokens
  // belong to the grant that they came with.
  const auto stands = store_.find_account(ScopeAuthority::of(account.customer), account.id);
  if (!stands) return done(std::unexpected(stands.error()));
  if (stands->grant != grant->id) return moved();
  done(open_as_is(*grant, &*stands));
}

Result<Done> apply(const OAuthSpec& oauth, const Granted& granted,
                   std::map<std::string, Secret>& won, Grant& grant, TokenSet& tokens) {
  for (const auto& one : granted.tokens) {
    const auto found = won.find(one.handle);
    if (found == won.end()) {
      return fail(ErrorKind::internal, "The platform's answer could not be used.",
                  "a granted token names no secret");
    }
    tokens.insert_or_assign(one.kind, Token{found->second.clone(), one.expires_at});
  }
  if (granted.scopes) grant.scopes = *granted.scopes;
  if (!granted.subject.empty()) grant.subject = granted.subject;
  const auto access = tokens.find("access");
  if (access == tokens.end()) {
    return fail(ErrorKind::internal, "The platform's answer could not be used.",
                "no access token was granted");
  }
  grant.access_expires_at = access->second.expires_at;
  grant.refresh_due_at = granted.refresh_due_at;
  const auto refresh = tokens.find("refresh");
  const bool lasting = refresh != tokens.end() && !refresh->second.secret.empty();
  grant.ends_at.reset();
  if (lasting) grant.ends_at = refresh->second.expires_at;
  if (!lasting && oauth.needs_refresh_token) grant.ends_at = grant.access_expires_at;
  return Done{};
}

}  // namespace herald
