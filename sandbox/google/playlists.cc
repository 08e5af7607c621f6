#include "sandbox/google/playlists.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/google/body.h"
#include "sandbox/google/caller.h"
#include "sandbox/google/list.h"
#include "sandbox/google/time.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr Method kList{.rpc = "V3DataPlaylistService.List",
                       .scopes = kYoutube | kForceSsl | kReadonly | kPartner,
                       .takes_api_key = true};
constexpr Method kInsert{
    .rpc = "V3DataPlaylistService.Insert", .scopes = kYoutube | kForceSsl | kPartner, .units = 50};
constexpr std::size_t kTitleMax = 150;

std::unexpected<Fault> refuse(std::string reason, std::string message, std::string location) {
  return std::unexpected(Fault{.message = std::move(message),
                               .domain = "youtube.playlist",
                               .reason = std::move(reason),
                               .location = std::move(location),
                               .location_type = "other"});
}

json::object playlist_json(const Context& google, const Playlist& playlist, const Parts& parts) {
  const auto* identity = google.directory.identity(playlist.channel);
  json::object out{{"kind", "youtube#playlist"}, {"etag", ""}, {"id", playlist.id}};
  if (parts.contains("snippet"))
    out["snippet"] = {
        {"publishedAt", rfc3339(playlist.created_ms)},
        {"channelId", playlist.channel},
        {"title", playlist.title},
        {"description", playlist.description},
        {"thumbnails", thumbnails_json("https://i.ytimg.com/pl/" + playlist.id + "/")},
        {"channelTitle", identity->channel_title},
        {"localized", {{"title", playlist.title}, {"description", playlist.description}}}};
  if (parts.contains("status")) out["status"] = {{"privacyStatus", playlist.privacy}};
  if (parts.contains("contentDetails"))
    out["contentDetails"] = {
        {"itemCount",
         std::ranges::count(google.state.playlist_items, playlist.id, &PlaylistItem::playlist)}};
  return tagged(std::move(out));
}

Checked<Parts> playlist_parts(const Call& call) {
  return read_parts(call, {"contentDetails", "localizations", "player", "snippet", "status"});
}

Checked<http::Response> list(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kList));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, playlist_parts(call));
  HERALD_TRY(const auto filter,
             read_filter(call, {"channelId", "id", "mine"}, "channelId, id, mine"));
  HERALD_TRY(const auto page, read_page(call, 5, 0, 50));
  const auto ids = listed(call, "id");
  const auto channel = parameter(call, "channelId").value_or("");
  json::array items;
  for (const auto& playlist : google.state.playlists) {
    const bool owner = playlist.channel == caller.channel;
    const bool fits = filter == "mine" ? owner
                      : filter == "id" ? std::ranges::find(ids, playlist.id) != ids.end()
                                       : playlist.channel == channel;
    const bool shown =
        owner || playlist.privacy == "public" || (filter == "id" && playlist.privacy == "unlisted");
    if (fits && shown) items.push_back(playlist_json(google, playlist, parts));
  }
  return list_answer("youtube#playlistListResponse", items, page);
}

Checked<http::Response> insert(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kInsert));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, playlist_parts(call));
  HERALD_TRY(const auto body, read_object(call.body->view()));
  auto snippet = Members(body).inside("snippet");
  auto status = Members(body).inside("status");
  Playlist playlist{.id = "PL" + random_base64url(24),
                    .channel = caller.channel,
                    .title = snippet.text("title").value_or(""),
                    .description = snippet.text("description").value_or(""),
                    .privacy = status.text("privacyStatus").value_or("public"),
                    .created_ms = google.now_ms()};
  if (snippet.fault()) return std::unexpected(*snippet.fault());
  if (status.fault()) return std::unexpected(*status.fault());
  if (playlist.title.empty())
    return refuse("playlistTitleRequired", "The request must specify a playlist title.",
                  "body.snippet.title");
  if (playlist.title.size() > kTitleMax || playlist.title.find_first_of("<>") != std::string::npos)
    return refuse("invalidPlaylistSnippet", "The request provides an invalid playlist snippet.",
                  "body.snippet");
  if (playlist.privacy != "public" && playlist.privacy != "unlisted" &&
      playlist.privacy != "private")
    return refuse("invalidPlaylistStatus", "The request provides an invalid playlist status.",
                  "body.status.privacyStatus");
  google.state.playlists.push_back(playlist);
  return resource_answer(200, playlist_json(google, playlist, parts));
}

}  // namespace

Answer list_playlists(Context& google, const Call& call) {
  return {.response = to_response(list(google, call))};
}

Answer insert_playlist(Context& google, const Call& call) {
  return {.response = to_response(insert(google, call))};
}

}  // namespace herald::sandbox::google
