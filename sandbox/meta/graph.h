// One Graph call after its version and its token are known: what every handler is given.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/meta/errors.h"
#include "sandbox/meta/state.h"
#include "sandbox/side.h"

namespace herald::sandbox::meta {

template <class T>
using Graph = std::expected<T, GraphError>;

struct GraphCall {
  const Call& call;
  World& world;
  State& state;
  std::string version;                // The one that serves it, "v26.0".
  std::vector<std::string> segments;  // Of the path behind the version.
  std::string method;                 // After a `method` override.
  std::optional<Token> token;         // Alive; none: the call carries none.

  std::int64_t now_ms() const { return to_ms(world.clock.now()); }
  bool by_person() const { return token && token->kind == "USER"; }
  // With a token of Instagram Login.
  bool by_instagram() const { return token && token->kind == "INSTAGRAM"; }
  bool has_permission(const std::string& name) const;
  std::string get(std::string_view name) const { return call.get(name); }
};

// Splits the path, chooses the version (one that has ended is served by the oldest alive), refuses
// what was removed from all versions, and reads the token: from the parameters, or from
// Authorization as Bearer or OAuth.
Graph<GraphCall> read_graph_call(const Call& call, World& world, State& state);

// The version out of "/v25.0/me"; empty: the path has none.
std::string version_in(std::string_view path);
// The version that serves `asked` now. kNoSuchVersion: it never was.
Graph<std::string> serving_version(const std::string& asked, Time now);

// A live token by its text; an app token is "id|secret". The errors are M-10 to M-13 and kin.
Graph<Token> check_token(const std::string& text, const State& state, Time now);
GraphError dead_token(const Token& token, Time now);

// HMAC-SHA256.
std::string hmac_sha256(std::string_view key, std::string_view message);
std::string hex(std::string_view bytes);

// The person's Page, the way this token may use it. kNoObject: not theirs.
Graph<const Page*> page_for(const GraphCall& graph, const std::string& id);
// The same for a professional account; refuses one without `permission` (and instagram_basic).
Graph<InstagramAccount*> account_for(GraphCall& graph, const std::string& id,
                                     const std::string& permission);
GraphError no_object(const GraphCall& graph, const std::string& id);
// no_permission, with the status that the switch meta.permission_status chose.
GraphError with_permission_status(const GraphCall& graph, GraphError error);

// Refuses parameters that are in neither list, unless the switch meta.strict_parameters is off.
// `known` is separated by blanks; what every call takes is known anyway.
std::optional<GraphError> unknown_parameter(const GraphCall& graph, std::string_view known);

// "2026-11-20T09:15:00+0000".
std::string iso_time(std::int64_t ms);
// "true", "1": what Graph takes for a yes.
bool truthy(std::string_view value);
std::vector<std::string> split(std::string_view text, std::string_view separators);

}  // namespace herald::sandbox::meta
