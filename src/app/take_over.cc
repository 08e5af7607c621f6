#include "app/take_over.h"

#include <algorithm>
#include <utility>

#include "app/token_sealing.h"

namespace herald {
namespace {

// Where no refresh token is needed, the access token itself is renewed, and dies if it is not.
constexpr Duration kRenewedBefore = std::chrono::days(7);

// What is not recorded: the permissions without which nobody is connected.
std::vector<std::string> scopes_of(const PlainAccount& plain, const PlatformSpec& spec) {
  if (!plain.scopes.empty()) return plain.scopes;
  std::vector<std::string> scopes;
  for (const auto& scope : spec.scopes) {
    if (scope.required) scopes.push_back(scope.name);
  }
  return scopes;
}

Result<Connection> connection_of(const PlainAccount& plain, const Registration& registration,
                                 const TakeOverPorts& ports) {
  const OAuthSpec& oauth = registration.platform->spec->oauth;
  const Time now = ports.clock.now();
  Connection made;
  Grant& grant = made.grant;
  grant.id = GrantId(ports.random.id("grant"));
  grant.customer = plain.account.customer;
  grant.user = plain.account.user;
  grant.platform = plain.account.platform;
  grant.registration = registration.name;
  grant.scopes = scopes_of(plain, *registration.platform->spec);
  grant.created_at = grant.updated_at = now;

  Granted granted;
  std::map<std::string, Secret> won;
  granted.tokens.push_back({"access", "access", plain.access_expires_at});
  won.emplace("access", plain.access_token.clone());
  const bool refreshable = !plain.refresh_token.empty();
  if (refreshable) {
    granted.tokens.push_back({"refresh", "refresh", std::nullopt});
    won.emplace("refresh", plain.refresh_token.clone());
  }
  if (plain.access_expires_at && !refreshable && !oauth.needs_refresh_token) {
    granted.refresh_due_at = std::max(now, *plain.access_expires_at - kRenewedBefore);
  }
  TokenSet tokens;
  HERALD_CHECK(apply(oauth, granted, won, grant, tokens));
  HERALD_TRY(grant.sealed_tokens, seal_tokens(ports.sealer, grant, tokens));

  Account& account = made.accounts.emplace_back(plain.account);
  account.id = AccountId(ports.random.id("acc"));
  account.grant = grant.id;
  if (account.connected_at == Time{}) account.connected_at = now;
  return made;
}

}  // namespace

std::vector<PlatformId> platforms_of(const Registrations& registrations) {
  std::vector<PlatformId> platforms;
  for (const auto& one : registrations.all()) {
    if (one.name == "main") platforms.push_back(one.platform->spec->id);
  }
  return platforms;
}

Result<TakenOver> take_over_plain_accounts(const TakeOverPorts& ports,
                                           const Registrations& registrations) {
  TakenOver report;
  const auto take = [&](const PlainAccount& plain) -> Result<Done> {
    if (!plain.fault.empty()) {
      report.left.push_back(plain.name + ": " + plain.fault);
      return Done{};
    }
    // Which sign-in of several is not recorded; a token of another one is refused by the platform,
    // and the person is asked to reconnect.
    const Registration& main = *registrations.find(plain.account.platform);
    HERALD_TRY(const Connection connection, connection_of(plain, main, ports));
    HERALD_TRY(const TakeOver end, ports.accounts.take_over(plain, connection));
    if (end == TakeOver::taken) ++report.taken;
    if (end == TakeOver::connected) ++report.connected;
    return Done{};
  };
  HERALD_CHECK(ports.accounts.each_plain_account(platforms_of(registrations), take));
  return report;
}

}  // namespace herald
