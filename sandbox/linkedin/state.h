// What LinkedIn remembers: apps, people, organisations and roles, grants and tokens, uploads, posts
// and comments. Plain data, saved whole as JSON. Ids are text; times are milliseconds of sandbox
// time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace herald::sandbox::linkedin {

struct App {
  std::string id;
  std::string secret;
  std::string name;
  std::vector<std::string> scopes;  // Of the products that it was given.
};

struct Person {
  std::string id;  // "sub" of the OpenID answers.
  std::string given_name;
  std::string family_name;
  std::string vanity;
  std::string email;
  std::int64_t followers = 0;

  std::string name() const { return given_name + " " + family_name; }
  std::string urn() const { return "urn:li:person:" + id; }
};

struct Organization {
  std::string id;
  std::string name;
  std::string vanity;
  std::int64_t followers = 0;

  std::string urn() const { return "urn:li:organization:" + id; }
};

struct Role {
  std::string person;
  std::string organization;
  std::string role;   // "ADMINISTRATOR", "ANALYST", ...
  std::string state;  // "APPROVED", "REQUESTED", ...
};

struct Code {
  std::string app;
  std::string grant;
  std::string redirect_uri;
  std::int64_t issued_ms = 0;
  bool used = false;
};

// What one person allowed one app, until they allow something else or take it back.
struct Grant {
  std::string app;
  std::string person;
  std::vector<std::string> scopes;  // Sorted.
  std::int64_t authorized_ms = 0;
  bool ended = false;
};

struct Token {
  std::string grant;
  bool refreshes = false;
  std::int64_t issued_ms = 0;
  std::int64_t expires_ms = 0;
  bool revoked = false;
};

// One address to PUT bytes to.
struct UploadUrl {
  std::string asset;
  std::string use;  // "file", "part", "captions" or "thumbnail".
  std::int64_t part = 0;
  std::int64_t first_byte = 0;
  std::int64_t last_byte = 0;
  std::int64_t expires_ms = 0;
  std::string etag;  // Of what was sent; empty: nothing yet.
};

// An image, a document or a video, posted or not.
struct Asset {
  std::string urn;
  std::string owner;
  std::int64_t size = 0;           // As announced; videos only.
  std::vector<std::string> parts;  // Keys of upload_urls, in order; videos only.
  std::string upload_token;        // To be echoed; videos only.
  bool uploaded = false;
  std::int64_t ready_ms = 0;
  std::string failure;  // Why processing will have failed; empty: it succeeds.
  std::string digest;
  std::string type;  // "image/jpeg", "application/pdf", ...
  int width = 0;
  int height = 0;
  std::int64_t duration_ms = 0;
};

struct Post {
  std::string urn;       // urn:li:share:... or urn:li:ugcPost:...
  std::string activity;  // urn:li:activity:..., under which comments hang.
  std::string author;
  std::string sent;        // The commentary as it came.
  std::string commentary;  // What was kept of it.
  std::string shown;       // What people read.
  std::string visibility;
  std::string feed;       // "MAIN_FEED" or "NONE".
  std::string lifecycle;  // "PUBLISHED" or "DRAFT".
  std::string kind;       // "text", "article", "image", "images", "video", "document", ...
  std::string content;    // JSON text as sent; empty: none.
  std::string title;      // Of the article, the document, the video or the poll.
  std::string article;    // Its address.
  std::vector<std::string> assets;
  std::vector<std::string> options;  // Of a poll.
  std::string parent;                // Of a reshare.
  bool reshare_disabled = false;
  std::int64_t created_ms = 0;
  std::int64_t modified_ms = 0;
  bool deleted = false;
};

struct Comment {
  std::string id;
  std::string post;  // Its urn.
  std::string actor;
  std::string text;
  std::string parent;  // The comment answered; its urn.
  std::int64_t created_ms = 0;
  bool deleted = false;
};

struct State {
  std::map<std::string, App> apps;
  std::map<std::string, Person> people;
  std::map<std::string, Organization> organizations;
  std::vector<Role> roles;
  std::map<std::string, Code> codes;
  std::map<std::string, Grant> grants;
  std::map<std::string, Token> tokens;
  std::map<std::string, UploadUrl> upload_urls;
  std::map<std::string, Asset> assets;
  std::map<std::string, Post> posts;  // By urn.
  std::map<std::string, Comment> comments;
  std::map<std::string, std::int64_t> calls;  // Counted per day; see limits.h.
  std::vector<std::string> outcomes;          // How the next processings end.
  std::int64_t last_id = 0;

  // By any of its urns; null: never was. A deleted one is found.
  Post* find_post(std::string_view urn);
  const Post* find_post(std::string_view urn) const;
  // The name behind urn:li:person: or urn:li:organization:; empty: nobody's.
  std::string name_of(std::string_view urn) const;
  // Ids grow with time and are above 2^53.
  std::string next_id(std::int64_t now_ms);
};

// The demo person, organisations and apps of the README.
State seeded_state();

std::string to_json(const State& state);
State state_from(std::string_view json);  // Throws std::exception on what to_json never wrote.

}  // namespace herald::sandbox::linkedin
