#include "sandbox/threads/state.h"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json.hpp>

namespace herald::sandbox::threads {

BOOST_DESCRIBE_STRUCT(App, (), (id, secret, name))
BOOST_DESCRIBE_STRUCT(Profile, (),
                      (id, username, name, biography, standing, followers, verified, restricted,
                       geo_gating, signs_in))
BOOST_DESCRIBE_STRUCT(Code, (), (app, profile, redirect_uri, scopes, issued_ms, used))
BOOST_DESCRIBE_STRUCT(Token, (), (app, profile, scopes, long_lived, issued_ms, expires_ms, revoked))
BOOST_DESCRIBE_STRUCT(Medium, (), (digest, type, alt_text, duration_ms))
BOOST_DESCRIBE_STRUCT(Words, (),
                      (media_type, text, reply_to, reply_control, quote, topic_tag, link, poll,
                       long_text, gif, ghost, spoiler))
BOOST_DESCRIBE_STRUCT(Container, (),
                      (id, profile, words, medium, children, is_child, created_ms, ready_ms,
                       failure, not_found, post))
BOOST_DESCRIBE_STRUCT(Post, (),
                      (id, profile, shortcode, words, media, children, carousel, root, repost_of,
                       at_ms, removed))
BOOST_DESCRIBE_STRUCT(Fate, (), (failure, not_found))
BOOST_DESCRIBE_STRUCT(Act, (), (profile, kind, at_ms))
BOOST_DESCRIBE_STRUCT(State, (),
                      (apps, profiles, codes, tokens, containers, posts, fates, acts,
                       last_container, last_post))

namespace {

// Above 2^53, where a double loses digits.
constexpr std::int64_t kFirstContainer = 18'001'000'000'000'001;
constexpr std::int64_t kFirstPost = 19'001'000'000'000'001;

}  // namespace

const Post* State::post(const std::string& id) const {
  const auto found = posts.find(id);
  return found == posts.end() || found->second.removed ? nullptr : &found->second;
}

const Profile* State::profile_named(std::string_view id_or_username) const {
  const auto found = std::ranges::find_if(profiles, [&](const auto& entry) {
    return entry.first == id_or_username || entry.second.username == id_or_username;
  });
  return found == profiles.end() ? nullptr : &found->second;
}

void State::revoke(const std::string& profile) {
  for (auto& [value, token] : tokens)
    if (profile.empty() || token.profile == profile) token.revoked = true;
}

std::int64_t State::acts_since(const std::string& profile, std::string_view kind,
                               std::int64_t since_ms) const {
  return std::ranges::count_if(acts, [&](const Act& act) {
    return act.profile == profile && act.kind == kind && act.at_ms > since_ms;
  });
}

std::string State::next_container_id() {
  return std::to_string(kFirstContainer + last_container++);
}

std::string State::next_post_id() { return std::to_string(kFirstPost + last_post++); }

void State::forget_old(std::int64_t now_ms) {
  std::erase_if(acts, [&](const Act& act) { return act.at_ms <= now_ms - kDayMs; });
  // A token that expired this long ago still says so; later it is garbage like any other.
  std::erase_if(tokens,
                [&](const auto& entry) { return entry.second.expires_ms < now_ms - 30 * kDayMs; });
  std::erase_if(codes, [&](const auto& entry) { return entry.second.issued_ms < now_ms - kDayMs; });
}

State seeded_state() {
  State state;
  state.apps["4455667788990011"] = {
      .id = "4455667788990011", .secret = "sandbox-threads-secret", .name = "Herald Demo"};
  const Profile profiles[] = {{.id = "17841405793187218",
                               .username = "bluebakery",
                               .name = "Blue Bakery",
                               .biography = "Bread since 1987.",
                               .standing = "tester",
                               .followers = 431,
                               .signs_in = true},
                              {.id = "17841405793187219",
                               .username = "cornerbooks",
                               .name = "Corner Books",
                               .biography = "Second hand, first rate.",
                               .standing = "tester",
                               .followers = 64,
                               .geo_gating = true,
                               .signs_in = true},
                              {.id = "17841405793187220",
                               .username = "harbourchoir",
                               .name = "Harbour Choir",
                               .biography = "We sing on Sundays.",
                               .standing = "tester",
                               .followers = 19}};
  for (const auto& profile : profiles) state.profiles[profile.id] = profile;
  auto id = state.next_post_id();
  state.posts[id] = {.id = id,
                     .profile = "17841405793187220",
                     .shortcode = "DChoir00001",
                     .words = {.media_type = "TEXT", .text = "We sing on Sunday, at eleven."},
                     .at_ms = 1'717'998'000'000};
  return state;
}

std::string to_json(const State& state) {
  return boost::json::serialize(boost::json::value_from(state));
}

State state_from(std::string_view json) {
  return boost::json::value_to<State>(boost::json::parse(json));
}

}  // namespace herald::sandbox::threads
