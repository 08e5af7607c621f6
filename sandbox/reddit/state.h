// What Reddit remembers: apps, people, communities, grants and their tokens, uploads, posts and
// comments. Plain data, saved whole as JSON. Ids are base 36, as Reddit writes them; times are
// milliseconds of sandbox time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/grants.h"
#include "sandbox/reddit/community.h"

namespace herald::sandbox::reddit {

struct App {
  std::string id;
  std::string secret;  // Empty: an installed app.
  std::string name;
};

struct User {
  std::string id;
  std::string name;
  std::int64_t link_karma = 0;
  std::int64_t comment_karma = 0;
  std::int64_t created_ms = 0;
  bool verified_email = false;
  bool suspended = false;
  bool is_new = false;              // Must wait between two posts.
  std::int64_t may_post_at_ms = 0;  // 0: at once.
  bool signs_in = false;            // One of the demo person's accounts.
};

struct Code {
  std::string app;
  std::string user;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  bool permanent = false;
  std::int64_t issued_ms = 0;
  bool used = false;
};

struct LeaseField {
  std::string name;
  std::string value;
};

// A place to upload one file to.
struct Asset {
  std::string id;
  std::string owner;
  std::string type;  // "image/jpeg"
  std::string host;  // Of the bucket.
  std::string key;
  std::vector<LeaseField> fields;
  std::int64_t max_bytes = 0;
  std::int64_t expires_ms = 0;
  std::string digest;         // Empty: nothing was uploaded yet.
  std::int64_t ready_ms = 0;  // When it is processed.
  bool broken = false;
  int width = 0;
  int height = 0;
};

struct Picture {
  std::string asset;
  std::string caption;
  std::string link;
};

struct Post {
  std::string id;
  std::string community;  // Its name.
  std::string author;     // User id.
  std::string kind;       // "self", "link", "image", "video", "videogif" or "gallery".
  std::string title;
  std::string text;
  std::string url;                // Of a link.
  std::vector<Picture> pictures;  // Uploaded media; the poster is none of them.
  std::string poster;             // The asset of a film's poster.
  std::string flair_id;
  std::string flair_text;
  bool nsfw = false;
  bool spoiler = false;
  bool send_replies = false;
  std::int64_t at_ms = 0;
  bool locked = false;
  bool deleted = false;        // By its author.
  std::string removed_by;      // "automod_filtered", "moderator", ...; empty: it stands.
  std::string removal_coming;  // Likewise, once it has been seen.
};

struct Comment {
  std::string id;
  std::string post;
  std::string parent;  // A fullname: "t3_..." or "t1_...".
  std::string author;
  std::string text;
  std::int64_t at_ms = 0;
  bool deleted = false;
};

// A media post on its way: what its websocket will say, and when.
struct Pending {
  Post post;
  std::string socket;  // Its key in the websocket's address.
  std::int64_t ready_ms = 0;
  bool fails = false;
  bool over = false;
  std::string redirect;  // The post's path, once it is there.
};

// A count of calls in a window that begins with the first of them.
struct Window {
  std::int64_t began_ms = 0;
  std::int64_t count = 0;
};

struct State : GrantTable {
  std::map<std::string, App> apps;
  std::map<std::string, User> users;
  std::map<std::string, Community> communities;  // By name in lower case.
  std::map<std::string, Code> codes;
  std::map<std::string, Asset> assets;
  std::map<std::string, Post> posts;  // All ids are equally long: oldest first.
  std::map<std::string, Comment> comments;
  std::map<std::string, Pending> pending;  // By socket.
  std::map<std::string, Window> windows;
  std::vector<std::string> outcomes;  // How the next uploads end: "succeeded" or "failed".
  std::vector<std::string> removals;  // What becomes of the next posts.
  std::int64_t last_id = 0;

  const User* user_named(std::string_view name) const;  // In any case of letters.
  Community* community(std::string_view name);          // Null: there is none.
  std::string next_id();                                // Six letters and digits.
};

// The demo people, communities and apps of the README.
State seeded_state();

std::string to_json(const State& state);
State state_from(std::string_view json);  // Throws std::exception on what to_json never wrote.

std::string lower(std::string_view text);  // ASCII.

}  // namespace herald::sandbox::reddit
