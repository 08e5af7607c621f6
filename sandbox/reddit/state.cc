#include "sandbox/reddit/state.h"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json.hpp>

namespace herald::sandbox {

BOOST_DESCRIBE_STRUCT(Grant, (), (app, user, scopes, dead))
BOOST_DESCRIBE_STRUCT(Token, (), (grant, refreshes, expires_ms, dead, spent))

}  // namespace herald::sandbox

namespace herald::sandbox::reddit {

BOOST_DESCRIBE_STRUCT(App, (), (id, secret, name))
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, name, link_karma, comment_karma, created_ms, verified_email, suspended,
                       is_new, may_post_at_ms, signs_in))
BOOST_DESCRIBE_STRUCT(Code, (), (app, user, redirect_uri, scopes, permanent, issued_ms, used))
BOOST_DESCRIBE_STRUCT(LeaseField, (), (name, value))
BOOST_DESCRIBE_STRUCT(Asset, (),
                      (id, owner, type, host, key, fields, max_bytes, expires_ms, digest, ready_ms,
                       broken, width, height))
BOOST_DESCRIBE_STRUCT(Picture, (), (asset, caption, link))
BOOST_DESCRIBE_STRUCT(Post, (),
                      (id, community, author, kind, title, text, url, pictures, poster, flair_id,
                       flair_text, nsfw, spoiler, send_replies, at_ms, locked, deleted, removed_by,
                       removal_coming))
BOOST_DESCRIBE_STRUCT(Comment, (), (id, post, parent, author, text, at_ms, deleted))
BOOST_DESCRIBE_STRUCT(Pending, (), (post, socket, ready_ms, fails, over, redirect))
BOOST_DESCRIBE_STRUCT(Window, (), (began_ms, count))
BOOST_DESCRIBE_STRUCT(Flair, (), (id, text, editable, mod_only))
BOOST_DESCRIBE_STRUCT(Rule, (), (short_name, kind, violation_reason))
BOOST_DESCRIBE_STRUCT(Requirements, (),
                      (title_required_strings, title_blacklisted_strings, title_regexes,
                       title_text_min_length, title_text_max_length, body_restriction_policy,
                       body_required_strings, body_blacklisted_strings, body_regexes,
                       body_text_min_length, body_text_max_length, domain_blacklist,
                       domain_whitelist, link_restriction_policy, is_flair_required,
                       gallery_min_items, gallery_max_items, gallery_captions_requirement,
                       gallery_urls_requirement, guidelines_text))
BOOST_DESCRIBE_STRUCT(Community, (),
                      (name, title, type, submission_type, allow_images, allow_videos,
                       allow_galleries, over18, subscribers, flairs_enabled, flairs, rules,
                       requirements, members, contributors, banned))
BOOST_DESCRIBE_STRUCT(State, (),
                      (apps, users, communities, codes, grants, tokens, assets, posts, comments,
                       pending, windows, outcomes, removals, last_id))

namespace {

constexpr std::int64_t kFirstId = 77'000'000;  // Six digits in base 36.

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

const User* State::user_named(std::string_view name) const {
  const auto found = std::ranges::find_if(
      users, [&](const auto& entry) { return lower(entry.second.name) == lower(name); });
  return found == users.end() ? nullptr : &found->second;
}

Community* State::community(std::string_view name) {
  const auto found = communities.find(lower(name));
  return found == communities.end() ? nullptr : &found->second;
}

std::string State::next_id() {
  static constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  last_id = std::max(last_id, kFirstId) + 1;
  std::string id;
  for (auto rest = last_id; rest > 0; rest /= 36)
    id.insert(id.begin(), kDigits[static_cast<std::size_t>(rest % 36)]);
  return id;
}

std::string to_json(const State& state) {
  return boost::json::serialize(boost::json::value_from(state));
}

State state_from(std::string_view json) {
  return boost::json::value_to<State>(boost::json::parse(json));
}

}  // namespace herald::sandbox::reddit
