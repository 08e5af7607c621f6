// What Threads remembers: apps, profiles, tokens, containers, posts. Plain data, saved whole as
// JSON. Ids are text; times are milliseconds of sandbox time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace herald::sandbox::threads {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

struct App {
  std::string id;
  std::string secret;
  std::string name;
};

struct Profile {
  std::string id;
  std::string username;
  std::string name;
  std::string biography;
  std::string standing;  // "tester", "uninvited" (no consent), "ungranted" (a token of no use).
  std::int64_t followers = 0;
  bool verified = false;
  bool restricted = false;
  bool geo_gating = false;  // May choose the countries of a post.
  bool signs_in = false;    // One of the demo person's.
};

struct Code {
  std::string app;
  std::string profile;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::int64_t issued_ms = 0;
  bool used = false;
};

struct Token {
  std::string app;
  std::string profile;
  std::vector<std::string> scopes;
  bool long_lived = false;
  std::int64_t issued_ms = 0;
  std::int64_t expires_ms = 0;
  bool revoked = false;
};

struct Medium {
  std::string digest;  // On the MediaShelf; empty: none.
  std::string type;
  std::string alt_text;
  std::int64_t duration_ms = 0;  // 0: a still image.
};

// What a post says, from its container to its page.
struct Words {
  std::string media_type;  // As sent: "TEXT", "IMAGE", "VIDEO" or "CAROUSEL".
  std::string text;
  std::string reply_to;
  std::string reply_control;
  std::string quote;
  std::string topic_tag;
  std::string link;
  std::vector<std::string> poll;  // Its options.
  std::string long_text;          // Of a text attachment.
  std::string gif;
  bool ghost = false;
  bool spoiler = false;
};

struct Container {
  std::string id;
  std::string profile;
  Words words;
  Medium medium;
  std::vector<std::string> children;
  bool is_child = false;
  std::int64_t created_ms = 0;
  std::int64_t ready_ms = 0;
  std::string failure;         // The error_message of its ERROR; empty: it gets FINISHED.
  std::int64_t not_found = 0;  // Publishings still to be answered as if it were not there.
  std::string post;            // Once published.
};

struct Post {
  std::string id;
  std::string profile;
  std::string shortcode;
  Words words;
  std::vector<Medium> media;
  std::vector<std::string> children;
  std::string carousel;  // The post that a child belongs to.
  std::string root;      // The first post of a reply's thread.
  std::string repost_of;
  std::int64_t at_ms = 0;
  bool removed = false;
};

// How the next container fares.
struct Fate {
  std::string failure;
  std::int64_t not_found = 0;
};

// Something that a daily limit counts.
struct Act {
  std::string profile;
  std::string kind;  // "post", "reply" or "delete".
  std::int64_t at_ms = 0;
};

struct State {
  std::map<std::string, App> apps;
  std::map<std::string, Profile> profiles;
  std::map<std::string, Code> codes;
  std::map<std::string, Token> tokens;
  std::map<std::string, Container> containers;
  std::map<std::string, Post> posts;  // All ids are equally long: oldest first.
  std::vector<Fate> fates;
  std::vector<Act> acts;
  std::int64_t last_container = 0;
  std::int64_t last_post = 0;

  // Null where there is none (any more).
  const Post* post(const std::string& id) const;
  const Profile* profile_named(std::string_view id_or_username) const;
  // Ends what a person gave; empty: any person.
  void revoke(const std::string& profile);
  std::int64_t acts_since(const std::string& profile, std::string_view kind,
                          std::int64_t since_ms) const;
  std::string next_container_id();
  std::string next_post_id();
  // Acts and tokens that no rule asks about any more.
  void forget_old(std::int64_t now_ms);
};

// The demo people and apps of the README.
State seeded_state();

std::string to_json(const State& state);
State state_from(std::string_view json);  // Throws std::exception on what to_json never wrote.

}  // namespace herald::sandbox::threads
