// What Pinterest remembers: apps, people, boards, pins, films on their way. Plain data, saved whole
// as JSON. Ids are text; times are milliseconds of sandbox time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/grants.h"

namespace herald::sandbox::pinterest {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

struct App {
  std::string id;
  std::string secret;
  std::string name;
  std::string tier;  // "none" (never approved), "trial" or "standard".
};

struct User {
  std::string id;
  std::string username;
  std::string name;
  std::string account_type;  // "BUSINESS" or "PINNER"
  std::int64_t followers = 0;
  bool signs_in = false;  // One of the demo person's.
};

struct Board {
  std::string id;
  std::string owner;
  std::string name;
  std::string privacy;                     // "PUBLIC", "PROTECTED" or "SECRET"
  std::vector<std::string> collaborators;  // Who else may write to it.
  std::string section;                     // The id of its one section; empty: none.
  std::int64_t at_ms = 0;
  bool deleted = false;
};

struct Code {
  std::string app;
  std::string user;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::int64_t issued_ms = 0;
  bool used = false;
};

struct Picture {
  std::string digest;  // On the MediaShelf.
  std::string type;
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::string title;
  std::string description;
  std::string link;
};

// A film that was registered and perhaps uploaded.
struct Film {
  std::string id;
  std::string user;
  std::string key;     // Of its upload form.
  std::string digest;  // Empty: not uploaded yet.
  std::int64_t duration_ms = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::int64_t registered_ms = 0;
  std::int64_t ready_ms = 0;
  bool failed = false;
  bool used = false;
};

struct Pin {
  std::string id;
  std::string owner;
  std::string board;
  std::string section;
  std::string title;
  std::string description;
  std::string link;
  std::string alt_text;
  std::string media_type;         // "image", "multiple_images" or "video"
  std::vector<Picture> pictures;  // Of a film: its cover, which may be none of ours.
  std::string film;
  std::int64_t at_ms = 0;
  bool deleted = false;
};

// Something that a rate limit counts.
struct Act {
  std::string who;   // The app and the user; on Trial the app.
  std::string kind;  // "org_read", "org_write" or "org_analytics"
  std::int64_t at_ms = 0;
};

struct State : GrantTable {
  std::map<std::string, App> apps;
  std::map<std::string, User> users;
  std::map<std::string, Board> boards;
  std::map<std::string, Code> codes;
  std::map<std::string, Film> films;
  std::map<std::string, Pin> pins;  // All ids are equally long: oldest first.
  std::vector<Act> acts;
  std::vector<std::string> fates;  // Of the next films: "failed".
  std::int64_t last_id = 0;

  // Null where there is none (any more).
  const Pin* pin(const std::string& id) const;
  const Board* board(const std::string& id) const;
  User* user_named(std::string_view id_or_username);
  std::string next_id();
  void forget_old(std::int64_t now_ms);
};

bool may_write(const Board& board, const std::string& user);

// The demo people and app of the README.
State seeded_state();

std::string to_json(const State& state);
State state_from(std::string_view json);  // Throws std::exception on what to_json never wrote.

}  // namespace herald::sandbox::pinterest
