#include "app/token_sealing.h"

#include <charconv>
#include <utility>

#include "app/packing.h"

namespace herald {
namespace {

SealContext grant_context(const Grant& grant) {
  return {grant.customer, "grant", grant.platform.value, grant.id.value, "tokens"};
}

std::string text_of(std::optional<Time> time) {
  return time ? std::to_string(to_ms(*time)) : std::string();
}

}  // namespace

Result<std::string> seal_tokens(Sealer& sealer, const Grant& grant, const TokenSet& tokens) {
  std::vector<std::string> expiries;
  for (const auto& [kind, token] : tokens) expiries.push_back(text_of(token.expires_at));
  std::vector<std::string_view> parts;
  auto expiry = expiries.begin();
  for (const auto& [kind, token] : tokens) {
    parts.insert(parts.end(), {kind, token.secret.reveal(), *expiry++});
  }
  const Secret packed(pack(parts));
  return sealer.seal(grant_context(grant), packed.reveal());
}

Result<TokenSet> open_tokens(Sealer& sealer, const Grant& grant) {
  if (grant.state == GrantState::revoked || grant.sealed_tokens.empty()) {
    return fail(ErrorKind::unauthorized, "This account is disconnected. Connect it again.");
  }
  HERALD_TRY(const Secret packed, sealer.open(grant_context(grant), grant.sealed_tokens));
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

}  // namespace herald
