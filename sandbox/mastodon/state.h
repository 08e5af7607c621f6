// Everything that one instance of Mastodon remembers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace herald::sandbox::mastodon {

inline constexpr std::int64_t kSecondMs = 1000;
inline constexpr std::int64_t kMinuteMs = 60 * kSecondMs;
inline constexpr std::int64_t kHourMs = 60 * kMinuteMs;
inline constexpr std::int64_t kDayMs = 24 * kHourMs;

struct App {
  std::string client_id;
  std::string secret;
  std::string name;
  std::vector<std::string> scopes;
  std::vector<std::string> redirect_uris;  // Beside those that the operator registered.
};

struct Account {
  std::string id;
  std::string username;
  std::string display_name;
  std::string note;
  std::string privacy = "public";  // What a post gets that does not say.
  bool sensitive = false;
  std::string language = "en";
  std::string quote_policy = "public";
  std::string standing = "active";  // Or "disabled", "moved", "unconfirmed", "pending".
  bool silenced = false;
  std::int64_t followers = 0;
  std::int64_t following = 0;
  bool signs_in = false;  // One of the demo person's own.
};

struct Code {
  std::string app;
  std::string account;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::string challenge;
  std::int64_t issued_ms = 0;
  bool used = false;
};

struct Token {
  std::string app;
  std::string account;  // Empty: the app's own.
  std::vector<std::string> scopes;
  std::int64_t issued_ms = 0;
  bool expired = false;
  bool revoked = false;
};

struct Medium {
  std::string id;
  std::string account;
  std::string digest;  // On the MediaShelf.
  std::string mime;
  std::string type;  // "image", "gifv", "video" or "audio".
  std::string description;
  double focus_x = 0;
  double focus_y = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::int64_t duration_ms = 0;
  std::int64_t kept_since_ms = 0;  // Removed a day later while no status has it.
  std::int64_t ready_ms = 0;       // -1: never.
  bool fails = false;              // Its processing ends in an error.
  std::string status;              // That has it; empty: none.
};

struct Poll {
  std::string id;
  std::vector<std::string> options;
  std::int64_t expires_ms = 0;
  bool multiple = false;
  bool hide_totals = false;
};

struct Status {
  std::string id;
  std::string account;
  std::string app;  // Empty: the web page.
  std::string text;
  std::string spoiler;
  std::string visibility;
  bool sensitive = false;
  std::string language;
  std::string in_reply_to;
  std::string quoted;
  std::string quote_policy;
  std::vector<std::string> media;  // Ids, in order.
  Poll poll;                       // Without options: none.
  std::int64_t created_ms = 0;
  std::int64_t listed_ms = 0;  // Missing from lists until then.
  bool removed = false;
};

struct Scheduled {
  std::string id;
  std::int64_t due_ms = 0;
  Status status;
};

// What an Idempotency-Key stands for.
struct Key {
  std::string status;  // Or a Scheduled's id.
  bool scheduled = false;
  std::int64_t runs_until_ms = 0;  // The first request is still under way.
  std::int64_t kept_until_ms = 0;
};

// A limit's fixed window, and how much of it is used.
struct Window {
  std::int64_t number = 0;
  std::int64_t used = 0;
};

// How the next upload fares.
struct Fate {
  std::string outcome;  // "stuck", "fails", or as always.
  std::int64_t processing_ms = -1;
};

struct State {
  std::string host;
  std::map<std::string, App> apps;  // By client id.
  std::map<std::string, Account> accounts;
  std::map<std::string, Code> codes;
  std::map<std::string, Token> tokens;
  std::map<std::string, Medium> media;
  std::map<std::string, Status> statuses;  // All ids are equally long: oldest first.
  std::map<std::string, Scheduled> scheduled;
  std::map<std::string, Key> keys;  // "<account>/<key>"
  std::map<std::string, Window> windows;
  std::vector<Fate> media_fates;
  std::vector<std::int64_t> status_runs;  // How long the next creations take.
  std::string signed_in;                  // Whom the browser has logged in.
  std::int64_t last_status = 0;
  std::int64_t last_medium = 0;
  std::int64_t last_other = 0;
  std::int64_t first_status = 0;
  std::int64_t first_medium = 0;

  // Null where there is none (any more).
  const Status* status(const std::string& id) const;
  const Account* account_named(std::string_view id_or_username) const;
  // Ends what a person gave; empty: any person.
  void revoke(const std::string& account);
  std::string next_status_id();
  std::string next_medium_id();
  std::string next_id();  // Of a poll, a scheduled status, an app.
  // Codes, keys and unattached media whose time is over.
  void forget_old(std::int64_t now_ms);
};

inline constexpr std::string_view kHost = "mastodon.example";
// Another instance, with ids and an app of its own: nothing of the first is valid there.
inline constexpr std::string_view kOtherHost = "other.mastodon.example";

// The demo people and apps of the README.
State seeded_state(std::string_view host);

using States = std::map<std::string, State>;  // By host.
std::string to_json(const States& states);
States states_from(std::string_view json);  // Throws std::exception on what to_json never wrote.

}  // namespace herald::sandbox::mastodon
