#include "sandbox/twitter/state.h"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <utility>

namespace herald::sandbox {

BOOST_DESCRIBE_STRUCT(Grant, (), (app, user, scopes, dead))
BOOST_DESCRIBE_STRUCT(Token, (), (grant, refreshes, expires_ms, dead, spent))

}  // namespace herald::sandbox

namespace herald::sandbox::twitter {

BOOST_DESCRIBE_STRUCT(App, (), (id, secret, name, bearer, no_credits))
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, username, name, subscription, followers, is_protected, suspended,
                       signs_in))
BOOST_DESCRIBE_STRUCT(Code, (),
                      (app, user, redirect_uri, scopes, challenge, plain, issued_ms, used))
BOOST_DESCRIBE_STRUCT(Medium, (),
                      (id, owner, other_owners, category, type, total, segments, expires_ms,
                       finalized, started_ms, ready_ms, failure, digest, size, width, height,
                       duration_ms, alt, subtitles))
BOOST_DESCRIBE_STRUCT(PostLink, (), (code, expanded))
BOOST_DESCRIBE_STRUCT(Post, (),
                      (id, author, text, links, media, poll, poll_minutes, reply_to, conversation,
                       quote, reply_settings, made_with_ai, paid_partnership, at_ms, deleted))
BOOST_DESCRIBE_STRUCT(Window, (), (began_ms, count))
BOOST_DESCRIBE_STRUCT(State, (),
                      (apps, users, codes, grants, tokens, media, posts, windows, outcomes,
                       last_id))

namespace {

constexpr std::int64_t kEpochMs = 1288834974657;  // Of X's ids.
constexpr int kCountBits = 22;

bool same_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

const User* State::user_named(std::string_view username) const {
  const auto found = std::ranges::find_if(
      users, [&](const auto& entry) { return same_letters(entry.second.username, username); });
  return found == users.end() ? nullptr : &found->second;
}

const Post* State::post(const std::string& id) const {
  const auto found = posts.find(id);
  return found == posts.end() || found->second.deleted ? nullptr : &found->second;
}

const Medium* State::medium(const std::string& id) const {
  const auto found = media.find(id);
  return found == media.end() ? nullptr : &found->second;
}

std::string State::next_id(std::int64_t now_ms) {
  last_id = std::max(last_id + 1, (now_ms - kEpochMs) << kCountBits);
  return std::to_string(last_id);
}

State seeded_state() {
  State state;
  const App apps[] = {
      {.id = "sandbox-twitter-client",
       .secret = "sandbox-twitter-secret",
       .name = "Herald Demo",
       .bearer = "AAAAAAAAAAAAAAAAAAAAAsandbox-twitter-app-only"},
      {.id = "sandbox-twitter-native", .name = "Herald Pocket", .bearer = "AAAAsandbox-native"},
      {.id = "sandbox-twitter-other",
       .secret = "sandbox-twitter-other-secret",
       .name = "Another App",
       .bearer = "AAAAsandbox-other"}};
  for (const auto& app : apps) state.apps[app.id] = app;
  const User users[] = {{.id = "1500000000000000001",
                         .username = "bluebakery",
                         .name = "Blue Bakery",
                         .subscription = "None",
                         .followers = 812,
                         .signs_in = true},
                        {.id = "1500000000000000002",
                         .username = "cornerbooks",
                         .name = "Corner Books",
                         .subscription = "Premium",
                         .followers = 97,
                         .signs_in = true},
                        {.id = "1500000000000000003",
                         .username = "harbourchoir",
                         .name = "Harbour Choir",
                         .subscription = "None",
                         .followers = 15}};
  for (const auto& user : users) state.users[user.id] = user;
  const Post posts[] = {{.id = "1800000000000000001",
                         .author = "1500000000000000003",
                         .text = "We sing on Sunday, at eleven.",
                         .conversation = "1800000000000000001",
                         .at_ms = 1'717'998'000'000},
                        {.id = "1800000000000000002",
                         .author = "1500000000000000003",
                         .text = "Bread for the choir from @bluebakery again. Thank you!",
                         .conversation = "1800000000000000002",
                         .at_ms = 1'718'002'000'000}};
  for (const auto& post : posts) state.posts[post.id] = post;
  return state;
}

std::string to_json(const State& state) {
  return boost::json::serialize(boost::json::value_from(state));
}

State state_from(std::string_view json) {
  return boost::json::value_to<State>(boost::json::parse(json));
}

}  // namespace herald::sandbox::twitter
