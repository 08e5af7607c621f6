#include "app/flow_state.h"

#include <charconv>
#include <deque>
#include <utility>

#include "app/packing.h"

namespace herald {
namespace {

SealContext context_of(const OAuthFlow& flow) {
  return {flow.customer, "flow", flow.platform.value, flow.id.value, "state"};
}

// Builds a packed list; owns what it is given, since pack() wants views.
class Packer {
 public:
  Packer& add(std::string_view part) {
    parts_.emplace_back(part);
    return *this;
  }
  Packer& add(std::optional<Time> time) {
    return add(time ? std::to_string(to_ms(*time)) : std::string());
  }
  std::string done() const {
    return pack(std::vector<std::string_view>(parts_.begin(), parts_.end()));
  }

 private:
  std::deque<std::string> parts_;
};

// Reads one; past the end everything is empty.
class Unpacker {
 public:
  explicit Unpacker(std::vector<std::string_view> parts) : parts_(std::move(parts)) {}
  std::string_view next() { return at_ < parts_.size() ? parts_[at_++] : std::string_view(); }
  std::string text() { return std::string(next()); }
  std::optional<Time> time() {
    const auto part = next();
    std::int64_t ms = 0;
    const auto end = part.data() + part.size();
    if (part.empty() || std::from_chars(part.data(), end, ms).ec != std::errc()) return {};
    return from_ms(ms);
  }
  bool more() const { return at_ < parts_.size(); }

 private:
  std::vector<std::string_view> parts_;
  std::size_t at_ = 0;
};

std::string packed(const DiscoveredAccount& account, const Secret& token) {
  Packer packer;
  packer.add(account.remote_id).add(account.name).add(account.username).add(account.picture_url);
  packer.add(account.kind).add(account.product).add(account.usable ? "1" : "");
  packer.add(account.reason).add(token.reveal());
  for (const auto& [name, value] : account.facts) packer.add(name).add(value);
  return packer.done();
}

Result<DiscoveredAccount> unpacked_account(std::string_view text, Secret& token) {
  HERALD_TRY(auto parts, unpack(text));
  Unpacker reader(std::move(parts));
  DiscoveredAccount account;
  account.remote_id = reader.text();
  account.name = reader.text();
  account.username = reader.text();
  account.picture_url = reader.text();
  account.kind = reader.text();
  account.product = reader.text();
  account.usable = !reader.next().empty();
  account.reason = reader.text();
  token = Secret(reader.next());
  while (reader.more()) {
    auto name = reader.text();
    account.facts.insert_or_assign(std::move(name), reader.text());
  }
  return account;
}

}  // namespace

Result<std::string> seal(Sealer& sealer, const OAuthFlow& flow, const FlowState& state) {
  Packer scopes;
  for (const auto& scope : state.grant.scopes) scopes.add(scope);
  Packer tokens;
  for (const auto& [kind, token] : state.tokens) {
    tokens.add(kind).add(token.secret.reveal()).add(token.expires_at);
  }
  Packer found;
  for (std::size_t i = 0; i < state.found.size(); ++i) {
    found.add(packed(state.found[i], state.account_tokens[i]));
  }
  Packer all;
  all.add(state.code_verifier.reveal()).add(state.code.reveal());
  all.add(state.grant.subject).add(state.grant.access_expires_at).add(state.grant.refresh_due_at);
  all.add(state.grant.ends_at);
  all.add(scopes.done()).add(tokens.done()).add(found.done());
  all.add(state.figures ? "" : "no");
  return sealer.seal(context_of(flow), all.done());
}

Result<FlowState> open(Sealer& sealer, const OAuthFlow& flow) {
  HERALD_TRY(const Secret plain, sealer.open(context_of(flow), flow.sealed));
  HERALD_TRY(auto parts, unpack(plain.reveal()));
  Unpacker reader(std::move(parts));
  FlowState state;
  state.code_verifier = Secret(reader.next());
  state.code = Secret(reader.next());
  state.grant.subject = reader.text();
  state.grant.access_expires_at = reader.time();
  state.grant.refresh_due_at = reader.time();
  state.grant.ends_at = reader.time();
  HERALD_TRY(const auto scopes, unpack(reader.next()));
  for (const auto scope : scopes) state.grant.scopes.emplace_back(scope);
  HERALD_TRY(auto tokens, unpack(reader.next()));
  for (Unpacker token(std::move(tokens)); token.more();) {
    auto kind = token.text();
    Secret secret(token.next());
    state.tokens.insert_or_assign(std::move(kind), Token{std::move(secret), token.time()});
  }
  HERALD_TRY(const auto found, unpack(reader.next()));
  for (const auto text : found) {
    HERALD_TRY(auto account, unpacked_account(text, state.account_tokens.emplace_back()));
    state.found.push_back(std::move(account));
  }
  state.figures = reader.next().empty();
  return state;
}

}  // namespace herald
