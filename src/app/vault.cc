#include "app/vault.h"

#include <algorithm>
#include <utility>

#include "app/token_sealing.h"
#include "domain/scope.h"

namespace herald {
namespace {

SealContext account_context(const Account& account) {
  return {account.customer, "account_token", account.platform.value, account.id.value, "access"};
}

}  // namespace

Result<std::string> Vault::seal_tokens(const Grant& grant, const TokenSet& tokens) {
  return herald::seal_tokens(sealer_, grant, tokens);
}

Result<TokenSet> Vault::open_tokens(const Grant& grant) {
  return herald::open_tokens(sealer_, grant);
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
