#include "simulation/quill_side.h"

#include <boost/json.hpp>
#include <ranges>

#include "sandbox/call.h"
#include "simulation/quill.h"

namespace herald::simulation {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr Duration kAccessLife = 2h;
constexpr Duration kListingLag = 2min;
constexpr Duration kJustRead = 15s;
constexpr Duration kForgiven = 10min;

std::string field_of(const std::vector<sandbox::Field>& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &sandbox::Field::name);
  return found == fields.end() ? std::string() : found->value;
}

std::string bearer(const WireRequest& wire) {
  for (const auto& [name, value] : wire.headers) {
    if (name == "Authorization") return value.substr(value.find(' ') + 1);
  }
  return {};
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
    gave_reason_ = true;
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

QuillSide::Refresh* QuillSide::presented(const WireRequest& wire) {
  if (!wire.url.starts_with(kQuillToken)) return nullptr;
  const auto fields = sandbox::parse_form(wire.before);
  const auto found = refresh_.find(field_of(fields, "refresh_token"));
  return found == refresh_.end() ? nullptr : &found->second;
}

// Tokens that stand in the store are newer than all before them, for good. A connection that is
// only being made has used its tokens for `me` alone, and may come to nothing.
void QuillSide::note_use(const std::string& family, int number) {
  auto known = std::ranges::find(in_use_, family, &InUse::family);
  if (known == in_use_.end()) known = in_use_.insert(known, {family, 0, {}});
  if (number <= known->number) return;
  known->number = number;
  known->since = stage_.timeline.now();
}

void QuillSide::judge_replay(const Refresh& token) {
  // Who read the old ones just before the new ones were stored may still send them.
  const Duration long_ago = stage_.timeline.now() - kJustRead;
  const auto own = std::ranges::find(in_use_, token.family, &InUse::family);
  if (own == in_use_.end()) return note_use(token.family, token.number);
  const bool newer_here = own->number > token.number && own->since < long_ago;
  const bool newer_family =
      std::any_of(own + 1, in_use_.end(), [&](const InUse& use) { return use.since < long_ago; });
  if (newer_here || newer_family) {
    stage_.complain("a single-use token came back that had been replaced");
  }
}

void QuillSide::left(const WireRequest& wire) {
  const auto access = access_.find(bearer(wire));
  if (access != access_.end() && !wire.url.ends_with("/me")) {
    note_use(access->second.family, access->second.number);
  }
  Refresh* token = presented(wire);
  if (token == nullptr) return;
  judge_replay(*token);
  if (++token->on_the_way > 1) stage_.complain("one single-use token is used twice at once");
  if (token->lost_in_a_row >= 2) stage_.complain("a renewal is tried again after two lost answers");
}

void QuillSide::arrived(const WireRequest& wire) {
  if (Refresh* token = presented(wire)) --token->on_the_way;
}

void QuillSide::heard(const WireRequest& wire, bool lost) {
  Refresh* token = presented(wire);
  if (token == nullptr) return;
  token->lost_in_a_row = lost ? token->lost_in_a_row + 1 : 0;
  gave_reason_ = gave_reason_ || token->lost_in_a_row >= 2;
}

}  // namespace herald::simulation
