#include "simulation/token_watch.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/call.h"

namespace herald::simulation {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr Duration kJustRead = 15s;

std::string sent_field(const WireRequest& wire, std::string_view name) {
  for (const auto& field : sandbox::parse_form(wire.before)) {
    if (field.name == name) return field.value;
  }
  return {};
}

std::string text_of(const json::value& answer, std::string_view name) {
  const auto* object = answer.if_object();
  const auto* found = object == nullptr ? nullptr : object->if_contains(name);
  return found == nullptr || !found->is_string() ? std::string() : std::string(found->as_string());
}

// A connection that is only being made asks whose it is, and may come to nothing.
bool asks_whose(const WireRequest& wire) {
  const std::string_view path = std::string_view(wire.url).substr(0, wire.url.find('?'));
  return path.ends_with("/me") || path.ends_with("/user/info/");
}

}  // namespace

bool asks_for_tokens(const WireRequest& wire) {
  std::string_view path = std::string_view(wire.url).substr(0, wire.url.find('?'));
  if (path.ends_with('/')) path.remove_suffix(1);
  return path.ends_with("/token") || path.ends_with("/accessToken") ||
         path.ends_with("/api/v1/access_token");
}

std::string bearer(const WireRequest& wire) {
  for (const auto& [name, value] : wire.headers) {
    if (name == "Authorization") return value.substr(value.find(' ') + 1);
  }
  return {};
}

TokenWatch::Refresh* TokenWatch::presented(const WireRequest& wire) {
  if (!asks_for_tokens(wire)) return nullptr;
  const auto found = refresh_.find(sent_field(wire, "refresh_token"));
  return found == refresh_.end() ? nullptr : &found->second;
}

void TokenWatch::answered(const WireRequest& wire, const Reply& reply) {
  if (!asks_for_tokens(wire)) return;
  boost::system::error_code error;
  const json::value answer = json::parse(reply.body, error);
  const std::string access = error ? std::string() : text_of(answer, "access_token");
  Refresh* token = presented(wire);
  if (access.empty()) {
    gave_reason_ = gave_reason_ || (token != nullptr && token->used);
    return;
  }
  const int number = ++made_;
  const int family = token == nullptr ? number : token->family;
  if (token != nullptr) token->used = true;
  access_[access] = {family, number};
  refresh_.try_emplace(text_of(answer, "refresh_token"), Refresh{family, number});
}

// Tokens that stand in the store are newer than all before them, for good.
void TokenWatch::note_use(int family, int number) {
  auto known = std::ranges::find(in_use_, family, &InUse::family);
  if (known == in_use_.end()) known = in_use_.insert(known, {family, 0, {}});
  if (number <= known->number) return;
  known->number = number;
  known->since = stage_.timeline.now();
}

void TokenWatch::judge_replay(const Refresh& token) {
  // Who read the old ones just before the new ones were stored may still send them.
  const Duration long_ago = stage_.timeline.now() - kJustRead;
  const auto own = std::ranges::find(in_use_, token.family, &InUse::family);
  if (own == in_use_.end()) return note_use(token.family, token.number);
  const bool newer_here = own->number > token.number && own->since < long_ago;
  const bool newer_family =
      std::any_of(own + 1, in_use_.end(), [&](const InUse& use) { return use.since < long_ago; });
  if (newer_here || newer_family) complain("a single-use token came back that had been replaced");
}

void TokenWatch::left(const WireRequest& wire) {
  const auto access = access_.find(bearer(wire));
  if (access != access_.end() && !asks_whose(wire)) {
    note_use(access->second.family, access->second.number);
  }
  Refresh* token = presented(wire);
  if (token == nullptr) return;
  judge_replay(*token);
  if (++token->on_the_way > 1) complain("one single-use token is used twice at once");
  if (token->lost_in_a_row >= 2) complain("a renewal is tried again after two lost answers");
}

void TokenWatch::arrived(const WireRequest& wire) {
  if (Refresh* token = presented(wire)) --token->on_the_way;
}

void TokenWatch::heard(const WireRequest& wire, bool lost) {
  Refresh* token = presented(wire);
  if (token == nullptr) return;
  token->lost_in_a_row = lost ? token->lost_in_a_row + 1 : 0;
  gave_reason_ = gave_reason_ || token->lost_in_a_row >= 2;
}

}  // namespace herald::simulation
