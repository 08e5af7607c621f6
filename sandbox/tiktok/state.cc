#include "sandbox/tiktok/state.h"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "sandbox/media_shelf.h"

namespace herald::sandbox {

BOOST_DESCRIBE_STRUCT(Grant, (), (app, user, scopes, dead))
BOOST_DESCRIBE_STRUCT(Token, (), (grant, refreshes, expires_ms, dead, spent))

}  // namespace herald::sandbox

namespace herald::sandbox::tiktok {

BOOST_DESCRIBE_STRUCT(App, (), (key, secret, name, scopes, audited, needs_challenge))
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, username, nickname, bio, followers, following, longest_s, is_private,
                       comment_disabled, duet_disabled, stitch_disabled, banned, old_app, signs_in))
BOOST_DESCRIBE_STRUCT(Code, (), (app, user, redirect_uri, scopes, challenge, issued_ms, used))
BOOST_DESCRIBE_STRUCT(Medium, (), (digest, type, duration_ms, width, height))
BOOST_DESCRIBE_STRUCT(Details, (),
                      (title, description, privacy, no_comments, no_duet, no_stitch,
                       paid_partnership, own_business, made_by_ai, with_music))
BOOST_DESCRIBE_STRUCT(Task, (),
                      (id, app, user, photo, draft, pulls, details, media, began_ms, upload_id,
                       upload_secret, size, chunk_size, chunks, stored, stored_chunks, ready_ms,
                       status, failure, posts))
BOOST_DESCRIBE_STRUCT(Post, (),
                      (id, author, photo, details, media, at_ms, public_ms, shown, deleted))
BOOST_DESCRIBE_STRUCT(State, (),
                      (apps, users, codes, grants, tokens, tasks, posts, outcomes, last_id))

namespace {

// Below it, so that an id read as a double comes out wrong.
constexpr std::int64_t kLowBits = 0x2A7B;

const std::vector<std::string> kEveryScope = {"user.info.basic", "user.info.profile",
                                              "user.info.stats", "video.list",
                                              "video.upload",    "video.publish"};

// "af1a2b3c-0000-4444-8888-aabbccddeeff"
std::string dashed(std::string hex) {
  hex.resize(32);
  for (const std::size_t at : {8UL, 13UL, 18UL, 23UL}) hex.insert(at, "-");
  return hex;
}

}  // namespace

const Post* State::post(const std::string& id) const {
  const auto found = posts.find(id);
  return found == posts.end() || found->second.deleted ? nullptr : &found->second;
}

User* State::user_named(std::string_view name) {
  const auto found = std::ranges::find_if(users, [&](const auto& entry) {
    return entry.first == name || entry.second.username == name;
  });
  return found == users.end() ? nullptr : &found->second;
}

std::string State::next_id(std::int64_t now_ms) {
  last_id = std::max(last_id + 1, ((now_ms / 1000) << 32) | kLowBits);
  return std::to_string(last_id);
}

std::string open_id_of(const std::string& app, const std::string& user) {
  return dashed(sha256_hex("open " + app + " " + user));
}

std::string union_id_of(const std::string& user) { return dashed(sha256_hex("union " + user)); }

State seeded_state() {
  State state;
  const App apps[] = {{.key = "sandbox-tiktok-client",
                       .secret = "sandbox-tiktok-secret",
                       .name = "Herald Demo",
                       .scopes = kEveryScope},
                      {.key = "sandbox-tiktok-new",
                       .secret = "sandbox-tiktok-new-secret",
                       .name = "Herald Draft",
                       .scopes = {"user.info.basic", "video.upload"},
                       .audited = false}};
  for (const auto& app : apps) state.apps[app.key] = app;
  const User users[] = {{.id = "6900000000000000001",
                         .username = "bluebakery",
                         .nickname = "Blue Bakery",
                         .bio = "Bread since 1974.",
                         .followers = 2310,
                         .following = 85,
                         .signs_in = true},
                        {.id = "6900000000000000002",
                         .username = "cornerbooks",
                         .nickname = "Corner Books",
                         .bio = "Used and new.",
                         .followers = 144,
                         .following = 60,
                         .longest_s = 180,
                         .is_private = true,
                         .signs_in = true},
                        {.id = "6900000000000000003",
                         .username = "harbourchoir",
                         .nickname = "Harbour Choir",
                         .bio = "Sundays at eleven.",
                         .followers = 31,
                         .following = 12}};
  for (const auto& user : users) state.users[user.id] = user;
  return state;
}

std::string to_json(const State& state) {
  return boost::json::serialize(boost::json::value_from(state));
}

State state_from(std::string_view json) {
  return boost::json::value_to<State>(boost::json::parse(json));
}

}  // namespace herald::sandbox::tiktok
