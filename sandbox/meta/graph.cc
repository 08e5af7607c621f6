#include "sandbox/meta/graph.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "sandbox/meta/instagram_login.h"

namespace herald::sandbox::meta {

namespace {

struct Version {
  std::string_view name;
  std::int64_t ends_s;  // 0: not announced.
};

// developers.facebook.com/docs/graph-api/changelog as of 2026-11-22; oldest first.
constexpr std::array kVersions = {
    Version{"v20.0", 1790208000}, Version{"v21.0", 1800489600}, Version{"v22.0", 1810771200},
    Version{"v23.0", 1822953600}, Version{"v24.0", 1834444800}, Version{"v25.0", 1848441600},
    Version{"v26.0", 0},
};

constexpr std::string_view kKnownEverywhere =
    "access_token appsecret_proof fields format locale pretty debug method limit after before "
    "summary suppress_http_code callback metadata include_headers";

std::string token_text(const Call& call) {
  if (const auto* parameter = call.find("access_token")) return *parameter;
  const auto header = call.header("Authorization");
  for (const std::string_view scheme : {"Bearer ", "OAuth "})
    if (http::same_name(std::string_view(header).substr(0, scheme.size()), scheme))
      return header.substr(scheme.size());
  return {};
}

std::string pacific_text(Time time) {
  const auto shifted = std::chrono::system_clock::to_time_t(time - std::chrono::hours(8));
  return fmt::format("{:%A, %d-%b-%y %H:%M:%S} PST", fmt::gmtime(shifted));
}

std::optional<GraphError> removed_feature(const GraphCall& graph) {
  if (graph.call.find("date_format") != nullptr) return refuse(kDateFormat);
  if (graph.segments.empty() && graph.call.find("ids") != nullptr) return refuse(kRootIds);
  return std::nullopt;
}

std::optional<GraphError> wrong_proof(const GraphCall& graph) {
  const auto* proof = graph.call.find("appsecret_proof");
  if (proof == nullptr) {
    if (graph.world.switches.on("meta.require_proof")) return refuse(kProofMissing);
    return std::nullopt;
  }
  const auto* app = graph.by_instagram() ? graph.state.instagram_app(graph.token->app)
                                         : graph.state.app(graph.token->app);
  if (app != nullptr && *proof == hex(hmac_sha256(app->secret, graph.token->text)))
    return std::nullopt;
  return refuse(kProofWrong);
}

}  // namespace

bool GraphCall::has_permission(const std::string& name) const {
  if (!token) return false;
  const auto* consent = state.consent(token->app, token->person);
  if (consent == nullptr) return false;
  const auto found = consent->permissions.find(by_instagram() ? instagram_permission(name) : name);
  return found != consent->permissions.end() && found->second == "granted";
}

std::string version_in(std::string_view path) {
  const auto first = path.substr(1, std::min(path.find('/', 1), path.size()) - 1);
  const bool looks = first.size() >= 4 && first[0] == 'v' && first.find('.') != first.npos &&
                     std::ranges::all_of(first.substr(1),
                                         [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  return looks ? std::string(first) : std::string();
}

Graph<std::string> serving_version(const std::string& asked, Time now) {
  if (asked.empty()) return std::string(kVersions.back().name);
  int major = 0;
  std::from_chars(asked.data() + 1, asked.data() + asked.size(), major);
  const auto alive = std::ranges::find_if(kVersions, [&](const Version& version) {
    return version.ends_s == 0 || to_ms(now) < version.ends_s * 1000;
  });
  for (auto it = alive; it != kVersions.end(); ++it)
    if (it->name == asked) return asked;
  int oldest = 0;
  std::from_chars(alive->name.data() + 1, alive->name.data() + alive->name.size(), oldest);
  if (major >= 1 && major < oldest) return std::string(alive->name);
  return std::unexpected(refuse(kNoSuchVersion, {asked}));
}

GraphError dead_token(const Token& token, Time now) {
  switch (token.dead) {
    case 458:
      return refuse(kAppRemoved, {token.app});
    case 459:
      return refuse(kCheckpointed);
    case 460:
      return refuse(kPasswordChanged);
    case 464:
      return refuse(kUnconfirmed);
    case 492:
      return refuse(kPageRoleLost);
    case 467:
      return refuse(kSessionInvalid);
    default:
      break;
  }
  const auto expired = token.expires_ms != 0 ? from_ms(token.expires_ms) : now;
  return refuse(kTokenExpired, {pacific_text(std::min(expired, now)), pacific_text(now)});
}

Graph<Token> check_token(const std::string& text, const State& state, Time now) {
  if (const auto bar = text.find('|'); bar != text.npos) {
    const auto* app = state.app(text.substr(0, bar));
    if (app == nullptr || app->secret != text.substr(bar + 1))
      return std::unexpected(refuse(kTokenUnreadable));
    return Token{.text = text, .kind = "APP", .app = app->id};
  }
  const auto found = state.tokens.find(text);
  if (found == state.tokens.end()) return std::unexpected(refuse(kTokenUnreadable));
  const auto& token = found->second;
  const bool expired = token.expires_ms != 0 && to_ms(now) >= token.expires_ms;
  if (token.dead != 0 || expired) return std::unexpected(dead_token(token, now));
  return token;
}

Graph<GraphCall> read_graph_call(const Call& call, World& world, State& state) {
  GraphCall graph{.call = call, .world = world, .state = state};
  const auto asked = version_in(call.path);
  HERALD_TRY(graph.version, serving_version(asked, world.clock.now()));
  graph.segments =
      split(std::string_view(call.path).substr(asked.empty() ? 0 : asked.size() + 1), "/");
  graph.method = call.method;
  if (auto override = call.get("method"); !override.empty()) {
    std::ranges::transform(override, override.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    graph.method = override;
  }
  if (auto refused = removed_feature(graph)) return std::unexpected(*refused);
  const auto text = token_text(call);
  if (text.empty()) return graph;
  HERALD_TRY(graph.token, check_token(text, state, world.clock.now()));
  // Either product's host takes only its own tokens.
  if (graph.by_instagram() != (call.host == kInstagramGraph))
    return std::unexpected(refuse(kTokenUnreadable));
  if (auto refused = wrong_proof(graph)) return std::unexpected(*refused);
  return graph;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  std::array<unsigned char, 32> mac{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac.data(), &size);
  return {reinterpret_cast<const char*>(mac.data()), size};
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

GraphError no_object(const GraphCall& graph, const std::string& id) {
  std::string verb = graph.method;
  std::ranges::transform(verb, verb.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  return refuse(kNoObject, {verb, id});
}

Graph<const Page*> page_for(const GraphCall& graph, const std::string& id) {
  const auto found = graph.state.pages.find(id);
  if (!graph.token) return std::unexpected(refuse(kTokenMissing));
  const auto* consent = graph.state.consent(graph.token->app, graph.token->person);
  const bool theirs = graph.token->kind == "PAGE"
                          ? graph.token->page == id
                          : consent != nullptr && std::ranges::count(consent->pages, id) > 0;
  if (found == graph.state.pages.end() || !theirs) return std::unexpected(no_object(graph, id));
  if (found->second.role_lost && graph.token->kind == "PAGE")
    return std::unexpected(refuse(kPageRoleLost));
  return &found->second;
}

Graph<InstagramAccount*> account_for(GraphCall& graph, const std::string& id,
                                     const std::string& permission) {
  if (!graph.token) return std::unexpected(refuse(kTokenMissing));
  const auto found = graph.state.accounts.find(id);
  const auto* page = graph.state.page_of_account(id);
  const bool theirs = graph.by_instagram() ? graph.token->account == id
                                           : page != nullptr && page_for(graph, page->id);
  if (found == graph.state.accounts.end() || !theirs) return std::unexpected(no_object(graph, id));
  for (const auto& needed : {std::string("instagram_basic"), permission})
    if (!graph.has_permission(needed))
      return std::unexpected(with_permission_status(graph, refuse(kNoPermission)));
  if (found->second.business_manager && !graph.by_instagram() &&
      !graph.has_permission("ads_management"))
    return std::unexpected(with_permission_status(graph, refuse(kNoAdsManagement)));
  return &found->second;
}

GraphError with_permission_status(const GraphCall& graph, GraphError error) {
  error.status = graph.world.switches.text("meta.permission_status") == "400" ? 400 : 403;
  return error;
}

std::optional<GraphError> unknown_parameter(const GraphCall& graph, std::string_view known) {
  if (!graph.world.switches.on("meta.strict_parameters")) return std::nullopt;
  auto allowed = split(kKnownEverywhere, " ");
  for (auto& name : split(known, " ")) allowed.push_back(std::move(name));
  for (const auto* list : {&graph.call.fields, &graph.call.query})
    for (const auto& field : *list)
      if (std::ranges::count(allowed, field.name) == 0)
        return refuse_parameter("Unknown parameter: " + field.name);
  return std::nullopt;
}

std::string iso_time(std::int64_t ms) {
  const auto seconds = std::chrono::system_clock::to_time_t(from_ms(ms));
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}+0000", fmt::gmtime(seconds));
}

bool truthy(std::string_view value) { return value == "true" || value == "1"; }

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace herald::sandbox::meta
