// Which channel a grant opens, what it may upload, and how a video or the channel fares.
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

// ---------------------------------------------------------------- discover

Error no_channel() {
  return {ErrorKind::forbidden,
          "This Google account has no YouTube channel. Create one on YouTube, then connect again.",
          "no channel",
          {},
          "no_channel"};
}

Step discover_next(const Input&, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("none")) return no_channel();
  if (!notes.has("id")) {
    return get("find the channel", "channels",
               {{"part", "snippet,contentDetails,status"}, {"mine", "true"}});
  }
  DiscoveredAccount channel;
  channel.remote_id = notes.text("id");
  channel.name = notes.text("name");
  channel.username = notes.text("handle");
  channel.picture_url = notes.text("picture");
  channel.kind = "channel";
  channel.facts = notes.below("fact.");
  // Google's token answer names nobody. A consent is given for one channel, and revoked for it.
  return finished(Discovered{{channel}, channel.remote_id});
}

Absorbed discover_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) {
    if (fault->error.code == "no_channel") return refused(notes, no_channel());
    return refused(notes, std::move(fault->error));
  }
  const JsonAnswer json(answer.body);
  if (!json.is_object()) return in_doubt(notes, nonsense(answer, "YouTube"));
  const auto field = [&](const char* name) { return json.text(at("/items", 0, name)); };
  if (field("/id").empty()) return accepted(notes.set("none", "yes"));
  std::string handle = field("/snippet/customUrl");
  if (handle.starts_with('@')) handle.erase(0, 1);
  notes.set("id", field("/id"))
      .set("name", field("/snippet/title"))
      .set("handle", handle)
      .set("picture", field("/snippet/thumbnails/default/url"))
      .set("fact.uploads_playlist", field("/contentDetails/relatedPlaylists/uploads"))
      .set("fact.long_uploads", field("/status/longUploadsStatus"));
  return accepted(notes);
}

// ---------------------------------------------------------------- lookup

constexpr std::int64_t kPlaylistPagesMax = 10;

// Notes: "fact.*"; "read" once the channel's status is; "ids" and "titles" of the playlists;
// "after" the page to go on with; "listed".
Step lookup_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("read")) {
    return get("read what the channel may upload", "channels",
               {{"part", "status"}, {"mine", "true"}});
  }
  if (!notes.has("listed")) {
    std::vector<Field> query{{"part", "snippet"}, {"mine", "true"}, {"maxResults", "50"}};
    if (notes.has("after")) query.push_back({"pageToken", notes.text("after")});
    return get("list the playlists", "playlists", std::move(query));
  }
  LookedUp found{notes.below("fact."), input.now, {}};
  auto& playlists = found.choices[kPlaylists];
  const auto& ids = notes.list("ids");
  for (std::size_t i = 0; i < ids.size(); ++i) {
    playlists.push_back({ids[i], notes.list("titles")[i]});
  }
  return finished(std::move(found));
}

Absorbed lookup_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  if (!json.is_object()) return in_doubt(notes, nonsense(answer, "YouTube"));
  if (!notes.has("read")) {
    const auto status = json.text("/items/0/status/longUploadsStatus");
    if (!status.empty()) notes.set("fact.long_uploads", status);
    return accepted(notes.set("read", "yes"));
  }
  for (std::size_t i = 0; i < json.size("/items"); ++i) {
    const auto title = json.text(at("/items", i, "/snippet/title"));
    const auto id = json.text(at("/items", i, "/id"));
    notes.add("ids", id).add("titles", title.empty() ? id : title);
  }
  const auto after = json.text("/nextPageToken");
  const bool more = !after.empty() && notes.count("pages").number("pages") < kPlaylistPagesMax;
  return accepted(more ? notes.set("after", after) : notes.set("listed", "yes"));
}

// ---------------------------------------------------------------- measure

Step measure_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("read")) return finished(LookedUp{notes.below("is."), input.now, {}});
  if (input.remote_id.empty()) {
    return get("read the figures", "channels", {{"part", "statistics"}, {"mine", "true"}});
  }
  return get("read the figures", "videos", {{"part", "statistics"}, {"id", input.remote_id}});
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  constexpr std::pair<const char*, const char*> kFigures[] = {{"viewCount", "is.views"},
                                                              {"likeCount", "is.likes"},
                                                              {"commentCount", "is.comments"},
                                                              {"subscriberCount", "is.followers"},
                                                              {"videoCount", "is.posts"}};
  const JsonAnswer json(answer.body);
  for (const auto& [field, name] : kFigures) {
    // Counts are strings on the wire.
    const auto value = json.number(std::string("/items/0/statistics/") + field);
    if (value) notes.set(name, *value);
  }
  return accepted(notes.set("read", "yes"));
}

}  // namespace

FlowSteps discover() { return {discover_next, discover_absorb}; }
FlowSteps lookup() { return {lookup_next, lookup_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }

}  // namespace herald::youtube_flows
