// What TikTok remembers: apps, creators, grants and their tokens, publishing tasks, posts. Plain
// data, saved whole as JSON. Post ids are text here and bare numbers above 2^53 in answers; times
// are milliseconds of sandbox time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/grants.h"

namespace herald::sandbox::tiktok {

struct App {
  std::string key;
  std::string secret;
  std::string name;
  std::vector<std::string> scopes;  // What TikTok approved it for.
  bool audited = true;
  bool needs_challenge = true;  // Of the web flow; the desktop flow always does.
};

struct User {
  std::string id;  // The sandbox's own; an app sees open_id_of() instead.
  std::string username;
  std::string nickname;
  std::string bio;
  std::int64_t followers = 0;
  std::int64_t following = 0;
  std::int64_t longest_s = 600;  // max_video_post_duration_sec
  bool is_private = false;
  bool comment_disabled = false;
  bool duet_disabled = false;
  bool stitch_disabled = false;
  bool banned = false;    // From posting.
  bool old_app = false;   // Its TikTok app is older than 31.8.
  bool signs_in = false;  // One of the demo person's accounts.
};

struct Code {
  std::string app;
  std::string user;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::string challenge;
  std::int64_t issued_ms = 0;
  bool used = false;
};

struct Medium {
  std::string digest;
  std::string type;  // "video/mp4", "image/jpeg", ...
  std::int64_t duration_ms = 0;
  int width = 0;
  int height = 0;
};

// What the app said about a post, and what TikTok made of it.
struct Details {
  std::string title;  // A video's caption.
  std::string description;
  std::string privacy;  // "PUBLIC_TO_EVERYONE", ...; empty: a draft's.
  bool no_comments = false;
  bool no_duet = false;
  bool no_stitch = false;
  bool paid_partnership = false;
  bool own_business = false;
  bool made_by_ai = false;
  bool with_music = false;
};

// What an init call began. Status and fail reason stand as TikTok words them.
struct Task {
  std::string id;  // The publish_id.
  std::string app;
  std::string user;
  bool photo = false;
  bool draft = false;
  bool pulls = false;  // PULL_FROM_URL
  Details details;
  std::vector<Medium> media;
  std::int64_t began_ms = 0;
  std::string upload_id;  // With its secret, what the upload_url says; empty: pulled.
  std::string upload_secret;
  std::int64_t size = 0;
  std::int64_t chunk_size = 0;
  std::int64_t chunks = 0;
  std::int64_t stored = 0;  // Bytes, uploaded or downloaded.
  std::int64_t stored_chunks = 0;
  std::int64_t ready_ms = 0;  // When processing ends; 0: it has not begun.
  std::string status;         // "PROCESSING_UPLOAD", ...
  std::string failure;        // Known before it is told.
  std::vector<std::string> posts;

  bool running() const { return status.starts_with("PROCESSING"); }
};

struct Post {
  std::string id;
  std::string author;
  bool photo = false;
  Details details;
  std::vector<Medium> media;
  std::int64_t at_ms = 0;
  std::int64_t public_ms = 0;
  bool shown = false;  // The ledger has it.
  bool deleted = false;
};

struct State : GrantTable {
  std::map<std::string, App> apps;
  std::map<std::string, User> users;
  std::map<std::string, Code> codes;
  std::map<std::string, Task> tasks;
  std::map<std::string, Post> posts;  // All ids are equally long: oldest first.
  std::vector<std::string> outcomes;  // How the next processings end.
  std::int64_t last_id = 0;

  // Null where it was deleted.
  const Post* post(const std::string& id) const;
  User* user_named(std::string_view name);  // By id or username.
  // An id as TikTok makes them: seconds and a count.
  std::string next_id(std::int64_t now_ms);
};

// A person's id for one app, and for all apps of one developer.
std::string open_id_of(const std::string& app, const std::string& user);
std::string union_id_of(const std::string& user);

// The demo people and apps of the README.
State seeded_state();

std::string to_json(const State& state);
State state_from(std::string_view json);  // Throws std::exception on what to_json never wrote.

}  // namespace herald::sandbox::tiktok
