#include "sandbox/pinterest/state.h"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json.hpp>

namespace herald::sandbox {

BOOST_DESCRIBE_STRUCT(Grant, (), (app, user, scopes, dead))
BOOST_DESCRIBE_STRUCT(Token, (), (grant, refreshes, expires_ms, dead, spent))

}  // namespace herald::sandbox

namespace herald::sandbox::pinterest {

BOOST_DESCRIBE_STRUCT(App, (), (id, secret, name, tier))
BOOST_DESCRIBE_STRUCT(User, (), (id, username, name, account_type, followers, signs_in))
BOOST_DESCRIBE_STRUCT(Board, (), (id, owner, name, privacy, collaborators, section, at_ms, deleted))
BOOST_DESCRIBE_STRUCT(Code, (), (app, user, redirect_uri, scopes, issued_ms, used))
BOOST_DESCRIBE_STRUCT(Picture, (), (digest, type, width, height, title, description, link))
BOOST_DESCRIBE_STRUCT(Film, (),
                      (id, user, key, digest, duration_ms, width, height, registered_ms, ready_ms,
                       failed, used))
BOOST_DESCRIBE_STRUCT(Pin, (),
                      (id, owner, board, section, title, description, link, alt_text, media_type,
                       pictures, film, at_ms, deleted))
BOOST_DESCRIBE_STRUCT(Act, (), (who, kind, at_ms))
BOOST_DESCRIBE_STRUCT(State, (),
                      (grants, tokens, apps, users, boards, codes, films, pins, acts, fates,
                       last_id))

namespace {

// Above 2^53, where a double loses digits.
constexpr std::int64_t kFirstId = 813'744'226'420'795'001;

}  // namespace

const Pin* State::pin(const std::string& id) const {
  const auto found = pins.find(id);
  return found == pins.end() || found->second.deleted ? nullptr : &found->second;
}

const Board* State::board(const std::string& id) const {
  const auto found = boards.find(id);
  return found == boards.end() || found->second.deleted ? nullptr : &found->second;
}

User* State::user_named(std::string_view id_or_username) {
  const auto found = std::ranges::find_if(users, [&](const auto& entry) {
    return entry.first == id_or_username || entry.second.username == id_or_username;
  });
  return found == users.end() ? nullptr : &found->second;
}

std::string State::next_id() { return std::to_string(kFirstId + last_id++); }

void State::forget_old(std::int64_t now_ms) {
  forget_old_tokens(now_ms);
  std::erase_if(acts, [&](const Act& act) { return act.at_ms <= now_ms - kDayMs; });
  std::erase_if(codes, [&](const auto& entry) { return entry.second.issued_ms < now_ms - kDayMs; });
}

bool may_write(const Board& board, const std::string& user) {
  return board.owner == user || std::ranges::count(board.collaborators, user) > 0;
}

State seeded_state() {
  State state;
  state.apps["1515151"] = {.id = "1515151",
                           .secret = "sandbox-pinterest-secret",
                           .name = "Herald Demo",
                           .tier = "standard"};
  const User users[] = {{.id = "2783136121146311751",
                         .username = "bluebakery",
                         .name = "Blue Bakery",
                         .account_type = "BUSINESS",
                         .followers = 310,
                         .signs_in = true},
                        {.id = "2783136121146311752",
                         .username = "cornerbooks",
                         .name = "Corner Books",
                         .account_type = "PINNER",
                         .followers = 12,
                         .signs_in = true},
                        {.id = "2783136121146311753",
                         .username = "harbourchoir",
                         .name = "Harbour Choir",
                         .account_type = "PINNER",
                         .followers = 45}};
  for (const auto& user : users) state.users[user.id] = user;
  constexpr std::int64_t kMadeMs = 1'767'261'600'000;  // 2026-01-01T10:00:00Z
  const Board boards[] = {
      {.id = "549755885175", .owner = users[0].id, .name = "Bread", .section = "5195035916725"},
      {.id = "549755885176", .owner = users[0].id, .name = "Cakes"},
      {.id = "549755885177", .owner = users[1].id, .name = "Shelves"},
      {.id = "549755885178", .owner = users[2].id, .name = "Songs"},
      {.id = "549755885179",
       .owner = users[2].id,
       .name = "Market Day",
       .collaborators = {users[0].id}}};
  for (auto board : boards) {
    board.privacy = "PUBLIC";
    board.at_ms = kMadeMs;
    state.boards[board.id] = std::move(board);
  }
  return state;
}

std::string to_json(const State& state) {
  return boost::json::serialize(boost::json::value_from(state));
}

State state_from(std::string_view json) {
  return boost::json::value_to<State>(boost::json::parse(json));
}

}  // namespace herald::sandbox::pinterest
