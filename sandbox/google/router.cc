#include "sandbox/google/router.h"

#include <algorithm>
#include <array>

#include "sandbox/google/analytics.h"
#include "sandbox/google/captions.h"
#include "sandbox/google/categories.h"
#include "sandbox/google/channels.h"
#include "sandbox/google/comments.h"
#include "sandbox/google/consent.h"
#include "sandbox/google/fault.h"
#include "sandbox/google/identity.h"
#include "sandbox/google/insert.h"
#include "sandbox/google/oauth.h"
#include "sandbox/google/playlists.h"
#include "sandbox/google/query.h"
#include "sandbox/google/thumbnails.h"
#include "sandbox/google/upload.h"
#include "sandbox/google/videos.h"
#include "sandbox/google/watch.h"

namespace herald::sandbox::google {

namespace {

using Endpoint = Answer (*)(Context&, const Call&);

Answer watch(Context& google, const Call& call) { return watch_page(google, call); }
Answer picture(Context& google, const Call& call) { return thumbnail(google, call); }
Answer portrait_of(Context& google, const Call& call) { return channel_picture(google, call); }

struct Route {
  std::string_view host;  // "api": www.googleapis.com and youtube.googleapis.com.
  std::string_view method;
  std::string_view path;  // One that ends in '/': all below.
  Endpoint endpoint;
};

constexpr std::string_view kAccounts = "accounts.google.com";
constexpr std::string_view kOAuth = "oauth2.googleapis.com";
constexpr std::string_view kAnalytics = "youtubeanalytics.googleapis.com";

// Older addresses of an endpoint stay alive for years, and clients go on using them.
constexpr std::array kRoutes = std::to_array<Route>({
    {kAccounts, "GET", "/o/oauth2/v2/auth", authorize},
    {kAccounts, "GET", "/o/oauth2/auth", authorize},
    {kAccounts, "POST", "/o/oauth2/v2/consent", decide},
    {kAccounts, "POST", "/o/oauth2/consent", decide},
    {kAccounts, "POST", "/o/oauth2/token", exchange},
    {kAccounts, "POST", "/o/oauth2/revoke", revoke},
    {kAccounts, "GET", "/o/oauth2/revoke", revoke},
    {kAccounts, "GET", "/.well-known/openid-configuration", openid_configuration},
    {kOAuth, "POST", "/token", exchange},
    {kOAuth, "POST", "/revoke", revoke},
    {kOAuth, "GET", "/revoke", revoke},
    {kOAuth, "GET", "/tokeninfo", token_info},
    {kOAuth, "POST", "/tokeninfo", token_info},
    {"openidconnect.googleapis.com", "GET", "/v1/userinfo", user_info},
    {"openidconnect.googleapis.com", "POST", "/v1/userinfo", user_info},
    {"api", "POST", "/oauth2/v3/token", exchange},
    {"api", "POST", "/oauth2/v4/token", exchange},
    {"api", "GET", "/oauth2/v1/tokeninfo", token_info},
    {"api", "GET", "/oauth2/v2/tokeninfo", token_info},
    {"api", "POST", "/oauth2/v2/tokeninfo", token_info},
    {"api", "GET", "/oauth2/v3/tokeninfo", token_info},
    {"api", "GET", "/oauth2/v1/userinfo", user_info},
    {"api", "GET", "/oauth2/v2/userinfo", user_info},
    {"api", "GET", "/oauth2/v3/userinfo", user_info},
    {"api", "GET", "/oauth2/v1/certs", signing_keys},
    {"api", "GET", "/oauth2/v3/certs", signing_keys},
    {"api", "GET", "/youtube/v3/channels", list_channels},
    {"api", "GET", "/youtube/v3/videos", list_videos},
    {"api", "POST", "/youtube/v3/videos", insert_without_media},
    {"api", "PUT", "/youtube/v3/videos", update_video},
    {"api", "DELETE", "/youtube/v3/videos", delete_video},
    {"api", "GET", "/youtube/v3/videoCategories", list_categories},
    {"api", "GET", "/youtube/v3/playlists", list_playlists},
    {"api", "POST", "/youtube/v3/playlists", insert_playlist},
    {"api", "GET", "/youtube/v3/playlistItems", list_playlist_items},
    {"api", "POST", "/youtube/v3/playlistItems", insert_playlist_item},
    {"api", "GET", "/youtube/v3/commentThreads", list_threads},
    {"api", "POST", "/youtube/v3/commentThreads", insert_thread},
    {"api", "GET", "/youtube/v3/comments", list_comments},
    {"api", "POST", "/youtube/v3/comments", insert_comment},
    {"api", "POST", "/upload/youtube/v3/videos", insert_video},
    {"api", "PUT", "/upload/youtube/v3/videos", put_bytes},
    {"api", "GET", "/youtube/v3/captions", list_captions},
    {"api", "POST", "/youtube/v3/captions", insert_captions},
    {"api", "POST", "/upload/youtube/v3/captions", insert_captions},
    {"api", "PUT", "/upload/youtube/v3/captions", put_bytes},
    {"api", "POST", "/upload/youtube/v3/thumbnails/set", set_thumbnail},
    {"api", "POST", "/youtube/v3/thumbnails/set", set_thumbnail},
    {kAnalytics, "GET", "/v2/reports", query_report},
    {"www.youtube.com", "GET", "/watch", watch},
    {"www.youtube.com", "GET", "/shorts/", watch},
    {"youtu.be", "GET", "/", watch},
    {"i.ytimg.com", "GET", "/vi/", picture},
    {"yt3.ggpht.com", "GET", "/", portrait_of},
});

bool path_fits(std::string_view pattern, std::string_view path) {
  return pattern.ends_with('/') ? path.starts_with(pattern) : path == pattern;
}

http::Response nothing_here(const Call& call, bool other_method) {
  if (!call.host.ends_with("googleapis.com"))
    return text_answer(other_method ? 405 : 404, "The sandbox has no such page.\n");
  if (!other_method) return to_response(not_found());
  return to_response(
      Fault{.code = 405, .message = "Method Not Allowed", .reason = "httpMethodNotAllowed"});
}

}  // namespace

Answer route(Context& google, const Call& call) {
  const bool api = call.host == "www.googleapis.com" || call.host == "youtube.googleapis.com";
  auto path = std::string_view(call.path);
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  // The bytes of a session may come by POST, too; so may any method in disguise.
  auto method = call.method == "HEAD" ? "GET" : call.method;
  if (method == "POST" && api && parameter(call, "upload_id")) method = "PUT";
  if (const auto named = call.header("X-HTTP-Method-Override"); method == "POST" && !named.empty())
    method = named;
  bool other_method = false;
  for (const auto& route : kRoutes) {
    if (route.host != (api ? "api" : std::string_view(call.host))) continue;
    if (!path_fits(route.path, route.path.ends_with('/') ? call.path : path)) continue;
    if (route.method == method) return route.endpoint(google, call);
    other_method = true;
  }
  return {.response = nothing_here(call, other_method)};
}

}  // namespace herald::sandbox::google
