#include "sandbox/google/caller.h"

#include <array>
#include <utility>

#include "sandbox/google/quota.h"
#include "sandbox/google/tokens.h"

namespace herald::sandbox::google {

namespace {

constexpr std::array<std::pair<Scope, std::string_view>, 7> kScopes{{
    {kYoutube, "https://www.googleapis.com/auth/youtube"},
    {kUpload, "https://www.googleapis.com/auth/youtube.upload"},
    {kReadonly, "https://www.googleapis.com/auth/youtube.readonly"},
    {kForceSsl, "https://www.googleapis.com/auth/youtube.force-ssl"},
    {kPartner, "https://www.googleapis.com/auth/youtubepartner"},
    {kAnalytics, "https://www.googleapis.com/auth/yt-analytics.readonly"},
    {kMonetary, "https://www.googleapis.com/auth/yt-analytics-monetary.readonly"},
}};

const std::string* in_query(const Call& call, std::string_view name) {
  for (const auto& field : call.query)
    if (field.name == name) return &field.value;
  return nullptr;
}

// As the header says, else as the older query parameter does.
std::string access_token(const Call& call) {
  const auto header = call.header("Authorization");
  for (const std::string_view scheme : {"Bearer ", "bearer ", "OAuth "})
    if (header.starts_with(scheme)) return header.substr(scheme.size());
  for (const auto* name : {"access_token", "oauth_token"})
    if (const auto* value = in_query(call, name)) return *value;
  return {};
}

Checked<Caller> by_api_key(const Call& call, const Method& method) {
  auto key = call.header("X-Goog-Api-Key");
  if (const auto* value = in_query(call, "key")) key = *value;
  if (key.empty()) return std::unexpected(login_required());
  if (key != kApiKey) return std::unexpected(invalid_api_key());
  if (!method.takes_api_key) return std::unexpected(login_required());
  return Caller{.app = std::string(kWebClientId)};
}

Checked<Done> charge(Context& google, const Caller& caller, const Method& method) {
  const bool in_budget = method.inserts_video ? charge_insert(google, caller.app)
                                              : charge_units(google, caller.app, method.units);
  if (!in_budget) return std::unexpected(quota_exceeded());
  return Done{};
}

// A Google account need not have a channel.
bool lacks_channel(const Context& google, const Method& method) {
  const auto& channel = google.choice("channel");
  return channel == "none_401" ||
         (channel == "none_empty" && method.rpc != "V3DataChannelService.List");
}

}  // namespace

Checked<Caller> authenticate(const Context& google, const Call& call) {
  const auto value = access_token(call);
  if (value.empty()) return std::unexpected(login_required());
  const auto* token = live_access(google, value);
  if (token == nullptr) return std::unexpected(invalid_credentials());
  Caller caller{.app = token->app,
                .channel = token->channel,
                .identity = google.directory.identity(token->channel)};
  for (const auto& [bit, name] : kScopes)
    if (has_scope(token->scopes, name)) caller.scopes |= bit;
  return caller;
}

Checked<Caller> admit(Context& google, const Call& call, const Method& method) {
  if (access_token(call).empty()) {
    HERALD_TRY(auto caller, by_api_key(call, method));
    HERALD_CHECK(charge(google, caller, method));
    return caller;
  }
  HERALD_TRY(auto caller, authenticate(google, call));
  const bool may = (caller.scopes & method.scopes) != 0;
  HERALD_CHECK(charge(google, caller, may ? method : Method{.rpc = method.rpc}));
  if (!may) return std::unexpected(insufficient_scope(std::string(method.rpc)));
  const bool data_api = method.rpc.starts_with("V3Data");
  if (data_api && lacks_channel(google, method)) return std::unexpected(signup_required());
  return caller;
}

}  // namespace herald::sandbox::google
