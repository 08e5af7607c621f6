#include "simulation/quill_side.h"

#include <boost/json.hpp>
#include <ranges>

#include "sandbox/call.h"
#include "simulation/quill.h"
#include "simulation/token_watch.h"

namespace herald::simulation {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr Duration kAccessLife = 2h;
constexpr Duration kListingLag = 2min;
constexpr Duration kForgiven = 10min;

std::string field_of(const std::vector<sandbox::Field>& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &sandbox::Field::name);
  return found == fields.end() ? std::string() : found->value;
}

Reply said(int status, const json::value& body) { return {status, {}, json::serialize(body)}; }

}  // namespace

bool QuillSide::alive(const WireRequest& wire) const {
  const auto found = access_.find(bearer(wire));
  return found != access_.end() && families_.at(found->second.family) &&
         stage_.timeline.now() < found->second.ends;
}

Reply QuillSide::answer(const WireRequest& wire, const std::string& body) {
  if (wire.url.starts_with(kQuillToken)) return token(body);
  if (wire.url.ends_with("/revoke")) return said(200, json::object{});
  if (!alive(wire)) return said(401, {{"error", "token"}});
  if (wire.url.ends_with("/me")) return said(200, {{"id", "quill-1"}});
  if (wire.url.ends_with("/drafts")) return said(201, {{"id", fresh("draft")}});
  if (wire.method == "GET") return list();
  return post(body);
}

Reply QuillSide::post(const std::string& body) {
  const json::value sent = json::parse(body);
  if (stage_.trouble.happens(stage_.trouble.weather.fails_before / 2)) return said(425, "busy");
  const std::string text(sent.at("text").as_string());
  posts_.push_back({fresh("q"), text, stage_.timeline.now()});
  ledger_.record({.at_ms = stage_.timeline.now().count(),
                  .platform = "quill",
                  .account = "quill-1",
                  .event = "post",
                  .id = posts_.back().id,
                  .text = text});
  return said(201, {{"id", posts_.back().id}});
}

Reply QuillSide::list() const {
  json::array rows;
  for (const auto& one : posts_ | std::views::reverse) {
    if (one.at + kListingLag > stage_.timeline.now()) continue;
    rows.push_back({{"id", one.id}, {"text", one.text}});
  }
  return said(200, {{"data", std::move(rows)}});
}

Reply QuillSide::token(const std::string& body) {
  const auto fields = sandbox::parse_form(body);
  if (field_of(fields, "grant_type") == "authorization_code") {
    const auto code = codes_.find(field_of(fields, "code"));
    if (code == codes_.end()) return said(400, {{"error", "invalid_grant"}});
    const std::string family = code->second;
    codes_.erase(code);
    return issue(family);
  }
  const auto found = refresh_.find(field_of(fields, "refresh_token"));
  if (found == refresh_.end()) return said(400, {{"error", "invalid_grant"}});
  Refresh& refresh = found->second;
  const Duration now = stage_.timeline.now();
  if (refresh.used && forgives_ && now < refresh.used_at + kForgiven) {
    end_all_after(refresh);
  } else if (refresh.used) {
    families_[refresh.family] = false;  // A replay ends them all.
  }
  if (!families_.at(refresh.family) || refresh.ended) {
    return said(400, {{"error", "invalid_grant"}});
  }
  if (!refresh.used) refresh.used_at = now;
  refresh.used = true;
  return issue(refresh.family);
}

void QuillSide::end_all_after(const Refresh& token) {
  for (auto& [name, other] : refresh_) {
    if (other.family == token.family && other.number > token.number) other.ended = true;
  }
  for (auto& [name, access] : access_) {
    const bool after = access.family == token.family && access.number > token.number;
    if (after) access.ends = std::min(access.ends, stage_.timeline.now());
  }
}

Reply QuillSide::issue(const std::string& family) {
  const std::string access = fresh("access");
  const std::string refresh = fresh("refresh");
  refresh_[refresh] = {family, made_};
  access_[access] = {family, made_, stage_.timeline.now() + kAccessLife};
  return said(200, {{"access_token", access},
                    {"refresh_token", refresh},
                    {"token_type", "bearer"},
                    {"expires_in", kAccessLife / 1s},
                    {"scope", "write"}});
}

std::string QuillSide::consent(const std::string& auth_url) {
  const auto asked = sandbox::parse_form(auth_url.substr(auth_url.find('?') + 1));
  const std::string family = fresh("family");
  families_[family] = true;
  const std::string code = fresh("code");
  codes_[code] = family;
  return field_of(asked, "redirect_uri") + "?code=" + code +
         "&state=" + sandbox::percent_encoded(field_of(asked, "state"));
}

void QuillSide::expire_access(const WireRequest& wire) {
  const auto found = access_.find(bearer(wire));
  if (found != access_.end()) found->second.ends = stage_.timeline.now();
}

void QuillSide::revoke_all() {
  for (auto& [name, lives] : families_) lives = false;
}

}  // namespace herald::simulation
