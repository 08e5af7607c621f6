// What X remembers: apps, people, grants and their tokens, media, posts. Plain data, saved whole as
// JSON. Ids are text, as the platform sends them (above 2^53); times are milliseconds of sandbox
// time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/grants.h"

namespace herald::sandbox::twitter {

struct App {
  std::string id;
  std::string secret;  // Empty: a public client.
  std::string name;
  std::string bearer;  // Its app-only token.
  bool no_credits = false;
};

struct User {
  std::string id;
  std::string username;
  std::string name;
  std::string subscription;  // "None", "Basic", "Premium" or "PremiumPlus".
  std::int64_t followers = 0;
  bool is_protected = false;
  bool suspended = false;
  bool signs_in = false;  // One of the demo person's accounts.

  bool premium() const { return subscription.starts_with("Premium"); }
};

struct Code {
  std::string app;
  std::string user;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::string challenge;
  bool plain = false;  // The challenge is the verifier itself.
  std::int64_t issued_ms = 0;
  bool used = false;
};

struct Medium {
  std::string id;
  std::string owner;
  std::vector<std::string> other_owners;
  std::string category;  // "tweet_image", "tweet_gif", "tweet_video", ...
  std::string type;      // "video/mp4"
  std::int64_t total = 0;
  std::map<std::string, std::int64_t> segments;  // By index, in three digits: bytes.
  std::int64_t expires_ms = 0;
  bool finalized = false;
  std::int64_t started_ms = 0;  // Of processing; 0: there is none.
  std::int64_t ready_ms = 0;
  std::string failure;  // Why processing will have failed; empty: it succeeds.
  std::string digest;
  std::int64_t size = 0;
  int width = 0;
  int height = 0;
  std::int64_t duration_ms = 0;
  std::string alt;
  std::vector<std::string> subtitles;  // Languages.
};

struct PostLink {
  std::string code;  // Behind https://t.co/.
  std::string expanded;
};

struct Post {
  std::string id;
  std::string author;
  std::string text;             // As written.
  std::vector<PostLink> links;  // One per link in the text, then the trailing one of media.
  std::vector<std::string> media;
  std::vector<std::string> poll;  // Its options; empty: none.
  std::int64_t poll_minutes = 0;
  std::string reply_to;
  std::string conversation;
  std::string quote;
  std::string reply_settings;
  bool made_with_ai = false;
  bool paid_partnership = false;
  std::int64_t at_ms = 0;
  bool deleted = false;
};

// A count of calls in a window that begins with the first of them.
struct Window {
  std::int64_t began_ms = 0;
  std::int64_t count = 0;
};

struct State : GrantTable {
  std::map<std::string, App> apps;
  std::map<std::string, User> users;
  std::map<std::string, Code> codes;
  std::map<std::string, Medium> media;
  std::map<std::string, Post> posts;  // All ids are equally long: oldest first.
  std::map<std::string, Window> windows;
  std::vector<std::string> outcomes;  // How the next processings end.
  std::int64_t last_id = 0;

  const User* user_named(std::string_view username) const;  // In any case of letters.
  // Null where it was deleted.
  const Post* post(const std::string& id) const;
  const Medium* medium(const std::string& id) const;
  // An id as X makes them: milliseconds since November 2010 and a count.
  std::string next_id(std::int64_t now_ms);
};

// The demo people and apps of the README.
State seeded_state();

std::string to_json(const State& state);
State state_from(std::string_view json);  // Throws std::exception on what to_json never wrote.

}  // namespace herald::sandbox::twitter
