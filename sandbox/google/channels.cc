#include "sandbox/google/channels.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/google/caller.h"
#include "sandbox/google/list.h"
#include "sandbox/google/video.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr Method kList{.rpc = "V3DataChannelService.List",
                       .scopes = kYoutube | kForceSsl | kReadonly | kPartner,
                       .takes_api_key = true};

json::object statistics(const Context& google, const Identity& identity) {
  auto views = identity.views;
  auto videos = identity.videos;
  for (const auto& video : google.state.videos) {
    if (video.channel != identity.channel) continue;
    views += plays(google, video, 0, google.now_ms());
    videos += video.privacy == "public" ? 1 : 0;
  }
  return {{"viewCount", std::to_string(views)},
          {"subscriberCount", std::to_string(identity.subscribers)},
          {"hiddenSubscriberCount", false},
          {"videoCount", std::to_string(videos)}};
}

json::object snippet(const Identity& identity) {
  const auto picture = [&](int side) {
    return json::object{
        {"url", "https://yt3.ggpht.com/" + identity.channel + "=s" + std::to_string(side) + "-c"},
        {"width", side},
        {"height", side}};
  };
  return {
      {"title", identity.channel_title},
      {"description", identity.about},
      {"customUrl", identity.handle},
      {"publishedAt", identity.since},
      {"thumbnails", {{"default", picture(88)}, {"medium", picture(240)}, {"high", picture(800)}}},
      {"localized", {{"title", identity.channel_title}, {"description", identity.about}}}};
}

json::object channel_json(const Context& google, const Identity& identity, const Parts& parts,
                          bool owner) {
  json::object out{{"kind", "youtube#channel"}, {"etag", ""}, {"id", identity.channel}};
  if (parts.contains("snippet")) out["snippet"] = snippet(identity);
  if (parts.contains("contentDetails"))
    out["contentDetails"] = {
        {"relatedPlaylists", {{"likes", ""}, {"uploads", identity.uploads()}}}};
  if (parts.contains("statistics")) out["statistics"] = statistics(google, identity);
  if (parts.contains("status")) {
    json::object status{{"privacyStatus", "public"}, {"isLinked", true}};
    if (owner) status["longUploadsStatus"] = json::string(google.choice("long_uploads"));
    out["status"] = status;
  }
  if (parts.contains("brandingSettings"))
    out["brandingSettings"] = {{"channel", {{"title", identity.channel_title}}}};
  return tagged(std::move(out));
}

bool fits(const Identity& identity, const Call& call, const Caller& caller,
          std::string_view filter) {
  if (filter == "mine") return identity.channel == caller.channel;
  if (filter == "forHandle") {
    const auto handle = parameter(call, "forHandle").value_or("");
    return handle == identity.handle || "@" + handle == identity.handle;
  }
  const auto ids = listed(call, "id");
  return filter == "id" && std::ranges::find(ids, identity.channel) != ids.end();
}

Checked<http::Response> list(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kList));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(
      const auto parts,
      read_parts(call, {"auditDetails", "brandingSettings", "contentDetails", "contentOwnerDetails",
                        "localizations", "snippet", "statistics", "status", "topicDetails"}));
  HERALD_TRY(const auto filter,
             read_filter(call,
                         {"id", "mine", "forHandle", "forUsername", "managedByMe", "mySubscribers",
                          "categoryId"},
                         "forUsername, managedByMe, mine, forHandle, id, categoryId, "
                         "mySubscribers"));
  HERALD_TRY(const auto page, read_page(call, 5, 0, 50));
  if (filter == "mine" && caller.channel.empty()) return std::unexpected(login_required());
  json::array items;
  for (const auto& identity : google.directory.identities())
    if (fits(identity, call, caller, filter) && google.choice("channel") != "none_empty")
      items.push_back(channel_json(google, identity, parts, identity.channel == caller.channel));
  return list_answer("youtube#channelListResponse", items, page, true);
}

}  // namespace

Answer list_channels(Context& google, const Call& call) {
  return {.response = to_response(list(google, call))};
}

}  // namespace herald::sandbox::google
