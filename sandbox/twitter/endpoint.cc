#include "sandbox/twitter/endpoint.h"

#include "sandbox/query.h"

namespace herald::sandbox::twitter {

namespace {

constexpr Limit kUploads{.name = "upload", .user = 1875, .app_day = 180'000};

const std::vector<Endpoint>& endpoints() {
  using Scopes = std::vector<std::string_view>;
  static const Scopes read = {"tweet.read", "users.read"};
  static const Scopes write = {"tweet.read", "users.read", "tweet.write"};
  static const Scopes media = {"media.write"};
  static const std::vector<Endpoint> all = {
      {"POST", "/2/tweets", create_post, write, {.name = "create", .user = 100, .app_day = 10'000}},
      {"DELETE", "/2/tweets/{id}", delete_post, write, {.name = "delete", .user = 50}},
      {"GET",
       "/2/tweets/analytics",
       post_analytics,
       read,
       {.name = "analytics", .user = 300, .app = 300}},
      {"GET", "/2/tweets", look_up_posts, read, {.name = "posts", .user = 5000, .app = 3500}, true},
      {"GET",
       "/2/tweets/{id}",
       look_up_post,
       read,
       {.name = "post", .user = 900, .app = 450},
       true},
      {"GET",
       "/2/users/{id}/tweets",
       timeline,
       read,
       {.name = "timeline", .user = 900, .app = 10'000},
       true},
      {"GET", "/2/users/me", look_up_me, read, {.name = "me", .user = 75}},
      {"GET",
       "/2/users/by/username/{id}",
       look_up_username,
       read,
       {.name = "username", .user = 900, .app = 300},
       true},
      {"GET", "/2/users/{id}", look_up_user, read, {.name = "user", .user = 900, .app = 300}, true},
      {"POST", "/2/media/upload/initialize", initialize_upload, media, kUploads},
      {"POST", "/2/media/upload/{id}/append", append_upload, media, kUploads},
      {"POST", "/2/media/upload/{id}/finalize", finalize_upload, media, kUploads},
      {"GET",
       "/2/media/upload",
       upload_status,
       media,
       {.name = "upload-status", .user = 1000, .app_day = 100'000}},
      {"POST",
       "/2/media/upload",
       upload_at_once,
       media,
       {.name = "upload-at-once", .user = 500, .app_day = 50'000}},
      {"POST",
       "/2/media/metadata",
       set_metadata,
       media,
       {.name = "metadata", .user = 500, .app_day = 50'000}},
      {"POST",
       "/2/media/subtitles",
       set_subtitles,
       media,
       {.name = "subtitles", .user = 100, .app_day = 10'000}},
  };
  return all;
}

}  // namespace

const Endpoint* find_endpoint(std::string_view method, std::string_view path, std::string& id) {
  for (const auto& endpoint : endpoints())
    if (endpoint.method == method && fits(endpoint.path, path, id)) return &endpoint;
  return nullptr;
}

Answer answer_with(std::string body, int status) {
  return {.response = json_answer(status, std::move(body))};
}

}  // namespace herald::sandbox::twitter
