// What Meta remembers: people, Pages, Instagram accounts, consents, tokens, containers, media.
// Plain data, saved whole as JSON. Ids are text; times are milliseconds of sandbox time.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/meta/facebook_state.h"
#include "sandbox/meta/picture.h"

namespace herald::sandbox::meta {

struct App {
  std::string id;
  std::string secret;
  std::string name;
};

struct Person {
  std::string id;
  std::string name;
};

struct Page {
  std::string id;
  std::string name;
  std::string username;
  std::string category;
  std::string instagram;  // Linked professional account; empty: none.
  std::vector<std::string> tasks;
  std::int64_t fans = 0;   // People who like it.
  bool role_lost = false;  // The person no longer runs it: answers FB-22.
};

struct InstagramAccount {
  std::string id;
  std::string username;
  std::string name;
  std::string biography;
  std::int64_t followers = 0;
  bool restricted = false;        // Answers IG-24.
  bool business_manager = false;  // The Page role came from Business Manager: wants ads_management.
  std::string scoped_id;          // Its id for apps of Instagram Login.
  std::string account_type;       // "BUSINESS" or "MEDIA_CREATOR".
};

struct Consent {
  std::string app;
  std::string person;
  std::map<std::string, std::string> permissions;  // Name to "granted" or "declined".
  std::vector<std::string> pages;
};

struct Code {
  std::string text;
  std::string app;
  std::string person;
  std::string account;  // Of Instagram Login.
  std::string redirect_uri;
  std::int64_t issued_ms = 0;
  bool used = false;
};

struct Token {
  std::string text;
  std::string kind;  // "USER", "PAGE", "APP", or "INSTAGRAM" of Instagram Login.
  std::string app;
  std::string person;  // Of Instagram Login: the account's scoped id.
  std::string page;
  std::string account;  // Of Instagram Login.
  std::int64_t issued_ms = 0;
  std::int64_t expires_ms = 0;  // 0: never.
  bool long_lived = false;
  int dead = 0;  // The subcode of 190 that it answers; 0: alive.
};

struct Container {
  std::string id;
  std::string account;
  std::string app;
  std::string media_type;  // As sent; "" is a single image.
  std::string caption;
  std::string alt_text;
  std::string upload_type;            // "resumable" or empty.
  std::vector<std::string> children;  // Containers of a carousel.
  bool is_child = false;
  bool share_to_feed = true;
  std::vector<Picture> pictures;  // One; none yet while bytes are awaited.
  std::string cover;              // Digest of a reel's own cover; empty: a frame.
  std::int64_t created_ms = 0;
  std::int64_t ready_ms = 0;  // 0: bytes are awaited.
  std::int64_t thumb_offset_ms = 0;
  int failure = 0;            // The seven digits of status ERROR.
  std::string media;          // Once published.
  std::string upload_digest;  // What a resumable upload has brought so far.
  std::int64_t upload_size = 0;
  std::int64_t upload_total = 0;
};

struct Media {
  std::string id;
  std::string account;
  std::string shortcode;
  std::string caption;
  std::string alt_text;
  std::string media_type;    // IMAGE, VIDEO or CAROUSEL_ALBUM.
  std::string product_type;  // FEED, REELS or STORY.
  std::string parent;        // The carousel a child belongs to.
  std::vector<std::string> children;
  std::vector<Picture> pictures;
  std::string cover;
  std::int64_t at_ms = 0;
  std::int64_t viewers = -1;  // Set by the control API; -1: grows by itself.
  bool shared_to_feed = true;
  bool comments_enabled = true;
  bool by_api = true;  // Counts towards the publishing quota.
  bool removed = false;
};

struct Comment {
  std::string id;
  std::string media;
  std::string parent;  // The comment it replies to; empty: top level.
  std::string account;
  std::string username;
  std::string text;
  std::int64_t at_ms = 0;
  bool hidden = false;
};

struct State {
  std::vector<App> apps;
  std::vector<App> instagram_apps;  // Of Instagram Login: other ids, other secrets.
  std::map<std::string, Person> people;
  std::map<std::string, Page> pages;
  std::map<std::string, InstagramAccount> accounts;
  std::map<std::string, Consent> consents;  // By "app/person".
  std::map<std::string, Code> codes;
  std::map<std::string, Token> tokens;
  std::map<std::string, Container> containers;
  std::map<std::string, Media> media;
  std::map<std::string, Comment> comments;
  std::map<std::string, PagePhoto> photos;
  std::map<std::string, PageVideo> videos;
  std::map<std::string, PagePost> posts;
  std::set<std::string> unseen;  // Posts that nobody sees yet. Not saved: the posts tell.
  std::map<std::string, PageComment> page_comments;
  std::map<std::string, UploadSession> uploads;
  std::map<std::string, std::int64_t> sequences;

  const App* app(std::string_view id) const;
  const App* instagram_app(std::string_view id) const;
  Consent* consent(const std::string& app, const std::string& person);
  const Page* page_of_account(const std::string& account) const;
  // "17889450000000001", "17889450000000002", ...
  std::string next_id(const std::string& kind, std::int64_t first);
  // Kills the tokens of a person for an app (empty: any app), Page tokens included.
  void kill_tokens(const std::string& app, const std::string& person, int subcode);
};

// The demo people of the README, before anyone has consented to anything.
State seeded_state();

std::string to_json(const State& state);
State state_from(std::string_view json);  // Throws std::exception on what to_json never wrote.

}  // namespace herald::sandbox::meta
