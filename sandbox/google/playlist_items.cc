#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/google/body.h"
#include "sandbox/google/caller.h"
#include "sandbox/google/list.h"
#include "sandbox/google/playlists.h"
#include "sandbox/google/time.h"
#include "sandbox/google/video.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr Method kList{.rpc = "V3DataPlaylistItemService.List",
                       .scopes = kYoutube | kForceSsl | kReadonly | kPartner,
                       .takes_api_key = true};
constexpr Method kInsert{.rpc = "V3DataPlaylistItemService.Insert",
                         .scopes = kYoutube | kForceSsl | kPartner,
                         .units = 50};
constexpr std::string_view kDomain = "youtube.playlistItem";
constexpr std::ptrdiff_t kItemsMax = 5000;

std::unexpected<Fault> refuse(int code, std::string reason, std::string message,
                              std::string location, std::string type = "parameter") {
  return std::unexpected(Fault{.code = code,
                               .message = std::move(message),
                               .domain = std::string(kDomain),
                               .reason = std::move(reason),
                               .location = std::move(location),
                               .location_type = std::move(type)});
}

// The uploads of a channel as a playlist, newest first. Failed and rejected ones stay listed to
// their owner.
std::vector<PlaylistItem> uploads_of(const State& state, const Identity& identity) {
  std::vector<PlaylistItem> items;
  for (const auto& video : state.videos)
    if (video.channel == identity.channel)
      items.push_back({.id = base64url(identity.uploads() + "." + video.id),
                       .playlist = identity.uploads(),
                       .video = video.id,
                       .added_ms = video.uploaded_ms});
  std::ranges::reverse(items);
  return items;
}

json::object item_json(const Context& google, const PlaylistItem& item, std::size_t position,
                       const Parts& parts, const std::string& channel) {
  const auto* video = google.state.video(item.video);
  const auto* owner = google.directory.identity(channel);
  const auto* author = google.directory.identity(video->channel);
  json::object out{{"kind", "youtube#playlistItem"}, {"etag", ""}, {"id", item.id}};
  if (parts.contains("snippet"))
    out["snippet"] = {{"publishedAt", rfc3339(item.added_ms)},
                      {"channelId", channel},
                      {"title", video->title},
                      {"description", video->description},
                      {"thumbnails", thumbnails_json("https://i.ytimg.com/vi/" + video->id + "/")},
                      {"channelTitle", owner->channel_title},
                      {"playlistId", item.playlist},
                      {"position", position},
                      {"resourceId", {{"kind", "youtube#video"}, {"videoId", video->id}}},
                      {"videoOwnerChannelTitle", author->channel_title},
                      {"videoOwnerChannelId", author->channel}};
  if (parts.contains("contentDetails")) {
    json::object details{{"videoId", video->id}};
    if (reached_audience(*video)) details["videoPublishedAt"] = rfc3339(video->published_ms);
    out["contentDetails"] = details;
  }
  if (parts.contains("status")) out["status"] = {{"privacyStatus", video->privacy}};
  return tagged(std::move(out));
}

Checked<Parts> item_parts(const Call& call) {
  return read_parts(call, {"contentDetails", "snippet", "status"});
}

struct Listing {
  std::string channel;
  std::vector<PlaylistItem> items;
};

Checked<Listing> listing_of(const Context& google, const std::string& playlist_id,
                            const Caller& caller) {
  for (const auto& identity : google.directory.identities())
    if (identity.uploads() == playlist_id)
      return Listing{identity.channel, uploads_of(google.state, identity)};
  const auto* playlist = google.state.playlist(playlist_id);
  if (playlist == nullptr) return std::unexpected(playlist_not_found(std::string(kDomain)));
  if (playlist->privacy == "private" && playlist->channel != caller.channel)
    return refuse(403, "playlistItemsNotAccessible",
                  "The request is not properly authorized to retrieve the specified playlist.",
                  "playlistId");
  Listing listing{.channel = playlist->channel};
  for (const auto& item : google.state.playlist_items)
    if (item.playlist == playlist_id) listing.items.push_back(item);
  return listing;
}

Checked<http::Response> list(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kList));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, item_parts(call));
  HERALD_TRY(const auto filter, read_filter(call, {"id", "playlistId"}, "id, playlistId"));
  HERALD_TRY(const auto page, read_page(call, 5, 0, 50));
  const auto ids = listed(call, "id");
  const auto wanted = parameter(call, "videoId");
  std::vector<std::string> playlists = {parameter(call, "playlistId").value_or("")};
  if (filter == "id") {
    playlists.clear();
    for (const auto& playlist : google.state.playlists) playlists.push_back(playlist.id);
  }
  json::array items;
  for (const auto& id : playlists) {
    const auto listing = listing_of(google, id, caller);
    if (!listing && filter == "id") continue;
    if (!listing) return std::unexpected(listing.error());
    for (std::size_t i = 0; i < listing->items.size(); ++i) {
      const auto& item = listing->items[i];
      const auto* video = google.state.video(item.video);
      const bool shown = video->privacy != "private" || video->channel == caller.channel;
      if (!shown || (wanted && item.video != *wanted)) continue;
      if (filter == "id" && std::ranges::find(ids, item.id) == ids.end()) continue;
      items.push_back(item_json(google, item, i, parts, listing->channel));
    }
  }
  return list_answer("youtube#playlistItemListResponse", items, page);
}

// Checks what is to be added to what; makes the item.
Checked<PlaylistItem> read_item(const Context& google, const json::object& body,
                                const Caller& caller) {
  auto snippet = Members(body).inside("snippet");
  auto resource = snippet.inside("resourceId");
  const auto playlist_id = snippet.text("playlistId");
  const auto video_id = resource.text("videoId");
  if (snippet.fault()) return std::unexpected(*snippet.fault());
  if (resource.fault()) return std::unexpected(*resource.fault());
  if (!playlist_id) return refuse(400, "playlistIdRequired", "Required", {}, {});
  if (!video_id || resource.text("kind").value_or("youtube#video") != "youtube#video")
    return refuse(400, "resourceIdRequired", "Required", {}, {});
  if (playlist_id->starts_with("UU"))
    return refuse(400, "playlistOperationUnsupported",
                  "The API does not support the ability to insert videos into the specified "
                  "playlist.",
                  "playlistId");
  const auto* playlist = google.state.playlist(*playlist_id);
  if (playlist == nullptr) return std::unexpected(playlist_not_found(std::string(kDomain)));
  if (playlist->channel != caller.channel)
    return refuse(403, "playlistItemsNotAccessible",
                  "The request is not properly authorized to insert the specified playlist item.",
                  "body.snippet.playlistId", "other");
  const auto* video = google.state.video(*video_id);
  if (video == nullptr || (video->privacy == "private" && video->channel != caller.channel))
    return refuse(404, "videoNotFound", "Video not found.", "body.snippet.resourceId.videoId",
                  "other");
  if (std::ranges::count(google.state.playlist_items, *playlist_id, &PlaylistItem::playlist) >=
      kItemsMax)
    return refuse(403, "playlistContainsMaximumNumberOfVideos",
                  "The playlist already contains the maximum allowed number of items.",
                  "body.snippet.playlistId", "other");
  return PlaylistItem{.id = base64url(*playlist_id + "." + random_base64url(6)),
                      .playlist = *playlist_id,
                      .video = *video_id,
                      .added_ms = google.now_ms()};
}

Checked<http::Response> insert(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kInsert));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, item_parts(call));
  HERALD_TRY(const auto body, read_object(call.body->view()));
  HERALD_TRY(const auto item, read_item(google, body, caller));
  const auto position =
      std::ranges::count(google.state.playlist_items, item.playlist, &PlaylistItem::playlist);
  google.state.playlist_items.push_back(item);
  return resource_answer(
      200, item_json(google, item, static_cast<std::size_t>(position), parts, caller.channel));
}

}  // namespace

Answer list_playlist_items(Context& google, const Call& call) {
  return {.response = to_response(list(google, call))};
}

Answer insert_playlist_item(Context& google, const Call& call) {
  return {.response = to_response(insert(google, call))};
}

}  // namespace herald::sandbox::google
