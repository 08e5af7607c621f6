#include "simulation/world.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "platforms/list.h"

namespace herald::simulation {
namespace {

Reply reply_of(const http::Response& response) {
  Reply reply{response.status, {}, response.body};
  for (const auto& header : response.headers.all()) {
    std::string name = header.name;
    std::ranges::transform(name, name.begin(), [](char c) {
      return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    reply.headers[name] = header.value;
  }
  return reply;
}

std::string location_of(const sandbox::Answer& answer) {
  const auto* location = answer.response.headers.find("Location");
  return location == nullptr ? std::string() : *location;
}

// Of every listing that may lag: longer than a first look waits.
constexpr const char* kListingLag = "120000";

bool names_refresh_token(const std::vector<Field>& fields) {
  return std::ranges::any_of(fields, [](const Field& field) {
    const auto* reference = std::get_if<Reference>(&field.value);
    return reference != nullptr && reference->kind == Reference::Kind::refresh_token;
  });
}

// Whether tokens are renewed with another one than what the calls carry. Where not, a token that
// is over is dead.
bool has_refresh_token(const std::string& platform) {
  const Platform* found = find_platform(PlatformId(platform));
  if (found == nullptr) return false;
  const Step first = found->flow(Flow::refresh).next({}, {});
  const auto* call = std::get_if<Call>(&first);
  const auto* form = call == nullptr ? nullptr : std::get_if<FormBody>(&call->body);
  return call != nullptr && (names_refresh_token(call->query) ||
                             (form != nullptr && names_refresh_token(form->fields)));
}

std::string attribute(std::string_view tag, const std::string& name) {
  const auto mark = name + "=\"";
  const auto at = tag.find(mark);
  if (at == tag.npos) return {};
  std::string value(tag.substr(at + mark.size()));
  value.resize(value.find('"'));
  for (auto found = value.find("&amp;"); found != value.npos; found = value.find("&amp;")) {
    value.replace(found, 5, "&");
  }
  return value;
}

}  // namespace

World::World(Stage& stage) : stage_(stage), quill_(stage, rig_.ledger) {
  rig_.settings.redirect_uris_of_all = {"https://herald.test/callback/{platform}"};
  sides_ = sandbox::make_sides(rig_.world);
  for (const auto& side : sides_) {
    if (side->name() == "meta") meta_ = side.get();
    if (side->name() == "google") google_ = side.get();
  }
  watches_.try_emplace("quill", stage, "quill");
  for (const Platform* platform : all_platforms()) {
    const std::string& id = platform->spec->id.value;
    if (platform->spec->oauth.rotates) watches_.try_emplace(id, stage, id);
  }
  for (const auto& [name, held] : rig_.switches.all()) {
    if (name.ends_with("_lag_ms")) turn(name, kListingLag);
  }
  turn("linkedin.refresh_tokens", "on");
  turn("reddit.media_seconds", "60");
  turn("tiktok.rotation", "on");
  turn("tiktok.verified", "media.test");
  turn_as_told();
}

void World::turn(const std::string& quirk, const std::string& value) {
  if (!rig_.switches.set(quirk, value)) stage_.complain("no switch " + quirk);
}

// HERALD_SIMULATION_QUIRKS="reddit.media_seconds=5 tiktok.rotation=off"
void World::turn_as_told() {
  const char* told = std::getenv("HERALD_SIMULATION_QUIRKS");
  std::istringstream words(told == nullptr ? "" : told);
  for (std::string word; words >> word;) {
    const auto equals = std::min(word.find('='), word.size());
    turn(word.substr(0, equals), word.substr(std::min(equals + 1, word.size())));
  }
}

sandbox::Side* World::side_of(const std::string& host) {
  for (const auto& side : sides_) {
    const auto hosts = side->hosts();
    if (std::ranges::find(hosts, host) != hosts.end()) return side.get();
  }
  return nullptr;
}

std::string World::platform_of(const std::string& host) {
  if (host.ends_with("quill.test")) return "quill";
  const sandbox::Side* side = side_of(host);
  if (side == nullptr) return {};
  return side->platforms().front().id;
}

TokenWatch* World::watch_of(const std::string& platform) {
  const auto found = watches_.find(platform);
  return found == watches_.end() ? nullptr : &found->second;
}

sandbox::RigRequest World::request_of(const WireRequest& wire) const {
  sandbox::RigRequest request;
  request.method = wire.method;
  request.url = wire.url;
  for (const auto& [name, value] : wire.headers) request.headers.push_back({name, value});
  request.body = wire.before;
  if (wire.media) {
    const auto name = wire.media->medium.value +
                      (wire.media->rendition.empty() ? "" : "/" + wire.media->rendition);
    request.body += media_.at(name).substr(wire.media->offset, wire.media->length);
  }
  request.body += wire.after;
  return request;
}

Reply World::answer(const WireRequest& wire) {
  rig_.wall = kDayOne + stage_.timeline.now();
  const bool quills = wire.host.ends_with("quill.test");
  sandbox::Side* side = quills ? nullptr : side_of(wire.host);
  if (side == nullptr && !quills) {
    stage_.complain("a call went to " + wire.host);
    return {502, {}, {}};
  }
  Reply reply = quills ? quill_.answer(wire, wire.before)
                       : reply_of(rig_.ask(*side, request_of(wire)).response);
  if (asks_for_tokens(wire) && reply.status == 200) {
    given_at_[platform_of(wire.host)] = stage_.timeline.now();
  }
  if (TokenWatch* watch = watch_of(wire)) watch->answered(wire, reply);
  return reply;
}

Reply World::too_many(const WireRequest& wire) {
  rig_.wall = kDayOne + stage_.timeline.now();
  sandbox::Side* side = side_of(wire.host);
  if (side == nullptr) return {429, {{"retry-after", "60"}}, "{}"};
  const auto request = request_of(wire);
  return reply_of(side->rate_limited(
      sandbox::read_call(sandbox::Rig::parsed(request),
                         std::make_shared<const sandbox::Bytes>(request.body), side->hosts())));
}

void World::spoil(const WireRequest& wire, const char* how) {
  rig_.wall = kDayOne + stage_.timeline.now();
  sandbox::Side* side = side_of(wire.host);
  if (side == nullptr) return;
  const auto request = request_of(wire);
  side->spoil_token(
      sandbox::read_call(sandbox::Rig::parsed(request),
                         std::make_shared<const sandbox::Bytes>(request.body), side->hosts()),
      how);
  for (const auto& [platform, name] : side->platforms()) {
    if (!has_refresh_token(platform)) tokens_died(platform);
  }
}

void World::expire_token(const WireRequest& wire) {
  if (asks_for_tokens(wire)) return;  // Access tokens only.
  const std::string platform = platform_of(wire.host);
  expired_early(platform);
  if (platform == "quill") return quill_.expire_access(wire);
  spoil(wire, "expire");
}

// A platform that refuses a token that it has just given has ended the connection.
void World::expired_early(const std::string& platform) {
  const auto given = given_at_.find(platform);
  const bool just_given =
      given != given_at_.end() && stage_.timeline.now() < given->second + std::chrono::minutes(2);
  if (just_given) tokens_died(platform);
}

void World::revoke(const WireRequest& wire) {
  const std::string platform = platform_of(wire.host);
  tokens_died(platform);
  if (platform == "quill") return quill_.revoke_all();
  spoil(wire, "revoke");
}

void World::store_half() {
  sandbox::Call call;
  call.path = "/store-half";
  call.body = std::make_shared<const sandbox::Bytes>(std::string());
  google_->control(call);
}

void World::somebody_else_posts() {
  rig_.wall = kDayOne + stage_.timeline.now();
  sandbox::Call call;
  call.body = std::make_shared<const sandbox::Bytes>(std::string());
  for (const auto& side : sides_) {
    call.path = "/foreign-post";
    side->control(call);
  }
  call.path = "/foreign-page-post";
  meta_->control(call);
}

std::string World::consent(const std::string& auth_url) {
  rig_.wall = kDayOne + stage_.timeline.now();
  if (auth_url.contains("quill.test")) return quill_.consent(auth_url);
  if (auth_url.contains("google.com")) return google_consent(auth_url);
  sandbox::Side* side = side_of(host_of(auth_url.substr(0, auth_url.find('?'))));
  if (side == nullptr) return {};
  return location_of(
      rig_.ask(*side, sandbox::Rig::form(auth_url, {{.name = "decision", .value = "allow"}})));
}

// Fills in the page's form as a person would: everything ticked, the first channel.
std::string World::google_consent(const std::string& auth_url) {
  const auto page = rig_.ask(*google_, {.url = auth_url});
  std::vector<sandbox::Field> form;
  bool chosen = false;
  const std::string_view html = page.response.body;
  for (auto at = html.find("<input "); at != html.npos; at = html.find("<input ", at + 1)) {
    const auto tag = html.substr(at, html.find('>', at) - at);
    if (attribute(tag, "type") == "radio" && std::exchange(chosen, true)) continue;
    form.push_back({.name = attribute(tag, "name"), .value = attribute(tag, "value")});
  }
  form.push_back({.name = "decision", .value = "continue"});
  return location_of(rig_.ask(
      *google_, sandbox::Rig::form("https://accounts.google.com/o/oauth2/v2/consent", form)));
}

void World::hold(const std::string& name, std::string bytes) {
  rig_.serve(kMediaHost + name, bytes);
  media_[name] = std::move(bytes);
}

std::vector<sandbox::LedgerEntry> World::news() {
  rig_.wall = kDayOne + stage_.timeline.now();
  for (const auto& side : sides_) side->settle();
  auto entries = rig_.ledger.entries();
  entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(told_));
  told_ += entries.size();
  return entries;
}

}  // namespace herald::simulation
