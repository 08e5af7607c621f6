// What became of a last chunk whose end was not seen. The session is a ticket for one video: it is
// asked first. When it is gone, the channel's uploads are looked through for a video of this title
// and this file.
#include <algorithm>

#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/window.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

constexpr std::int64_t kPagesMax = 4;

// Notes: "session" is "gone" or "open" (with "stored") or "complete" (with "video_id"); "uploads"
// the playlist; "candidates" ids from it, of which "doubtful" may be older; "listed", "examined"
// when those steps are over, "cut" when not all was listed; "matches".

// The video may be dated from when its session was begun.
Age age_in(const Input& input, const std::optional<Time>& published) {
  if (!published) return Age::doubtful;
  const Notes publish(input.publish_progress);
  if (!publish.has(kSessionAt)) {
    const Age age = age_of(input, *published);
    return age == Age::before ? Age::doubtful : age;
  }
  const Time session = from_ms(publish.number(kSessionAt));
  return *published < session - kClockSkew ? Age::before : Age::since;
}

Found still_open(const Input& input, const Notes& notes) {
  Notes publish(input.publish_progress);
  publish.set(kOffset, notes.number("stored")).set(kDoubted, "yes").erase("stuck").erase("rest");
  return {.what = Found::What::absent, .progress = publish.progress(), .once_only = true};
}

// Nothing of it is left: the upload begins anew. `certain`: the session itself said no.
Found nothing_there(bool certain) {
  return {.what = Found::What::absent, .progress = Notes().progress(), .once_only = certain};
}

// The video exists; publishing goes on by watching it.
Found taken_over(const std::string& video_id) {
  Notes publish;
  publish.set(kVideoId, video_id);
  return {.what = Found::What::accepted,
          .published = {video_id, watch_url(video_id), {}},
          .progress = publish.progress()};
}

Found judged(const Notes& notes) {
  const auto& matches = notes.list("matches");
  if (matches.empty() && !notes.has("cut")) return nothing_there(false);
  const bool one = matches.size() == 1;
  const bool old = one && std::ranges::count(notes.list("doubtful"), matches.front()) > 0;
  return one && !old ? taken_over(matches.front()) : Found{.what = Found::What::cannot_tell};
}

// The playlist of the channel's uploads; empty while it is not known.
std::string uploads_of(const Input& input, const Notes& notes) {
  const auto fact = input.account.facts.find("uploads_playlist");
  const bool known = fact != input.account.facts.end() && !fact->second.empty();
  return known ? fact->second : notes.text("uploads");
}

Step list_uploads(const Input& input, const Notes& notes) {
  std::vector<Field> query{
      {"part", "snippet"}, {"playlistId", uploads_of(input, notes)}, {"maxResults", "50"}};
  if (notes.has("page")) query.push_back({"pageToken", notes.text("page")});
  return get("look through the uploads", "playlistItems", std::move(query));
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  const Notes publish(input.publish_progress);
  const std::string session = notes.text("session");
  if (publish.has(kVideoId)) return finished(taken_over(publish.text(kVideoId)));
  if (session.empty() && publish.has(kSession)) return query_session(publish, file_size(input));
  if (session == "complete") return finished(taken_over(notes.text(kVideoId)));
  if (session == "open") return finished(still_open(input, notes));
  if (session == "refused") return finished(nothing_there(true));
  if (uploads_of(input, notes).empty()) {
    return get("find the uploads", "channels", {{"part", "contentDetails"}, {"mine", "true"}});
  }
  if (!notes.has("listed")) return list_uploads(input, notes);
  const auto& candidates = notes.list("candidates");
  if (candidates.empty() || notes.has("examined")) return finished(judged(notes));
  std::string ids;
  for (const auto& id : candidates) ids += (ids.empty() ? "" : ",") + id;
  return get("look at the file of the video", "videos", {{"part", "fileDetails"}, {"id", ids}});
}

Absorbed absorb_session(const Input& input, Notes notes, const Answer& answer) {
  const SessionAnswer heard = session_answer(answer);
  switch (heard.what) {
    case SessionAnswer::What::incomplete:
      return accepted(
          notes.set("session", "open").set("stored", static_cast<std::int64_t>(heard.stored)));
    case SessionAnswer::What::complete:
      return accepted(notes.set("session", "complete").set(kVideoId, heard.video_id));
    case SessionAnswer::What::gone:
      return accepted(notes.set("session", "gone"));
    case SessionAnswer::What::other:
      break;
  }
  auto fault = fault_in(input, answer);
  if (!fault) return in_doubt(notes, nonsense(answer, "YouTube"));
  // A finished session repeats its last answer: a refusal of the content is one.
  const bool final = fault->visible == Verdict::refused && fault->error.kind == ErrorKind::invalid;
  if (final) return accepted(notes.set("session", "refused"));
  return refused(notes, std::move(fault->error));
}

Absorbed absorb_list(const Input& input, Notes notes, const JsonAnswer& json) {
  bool past_start = false;
  for (std::size_t i = 0; i < json.size("/items"); ++i) {
    const auto field = [&](const char* name) { return json.text(at("/items", i, name)); };
    const Age age = age_in(input, time_of(field("/snippet/publishedAt")));
    if (age == Age::before) past_start = true;
    if (age == Age::before || field("/snippet/title") != text_of(input.options, "title")) continue;
    const std::string id = field("/snippet/resourceId/videoId");
    notes.add("candidates", id);
    if (age == Age::doubtful) notes.add("doubtful", id);
  }
  const std::string page = json.text("/nextPageToken");
  const bool more = !page.empty() && !past_start;
  if (!more) return accepted(notes.set("listed", "yes"));
  if (notes.count("pages").number("pages") < kPagesMax) return accepted(notes.set("page", page));
  return accepted(notes.set("cut", "yes").set("listed", "yes"));  // There is more than was seen.
}

// File details are there for the owner, and not always: a video without them stays a match.
Absorbed absorb_files(const Input& input, Notes notes, const JsonAnswer& json) {
  const auto ours = static_cast<std::int64_t>(file_size(input));
  for (const auto& id : notes.list("candidates")) {
    bool same_file = true;
    for (std::size_t i = 0; i < json.size("/items"); ++i) {
      if (json.text(at("/items", i, "/id")) != id) continue;
      const auto size = json.number(at("/items", i, "/fileDetails/fileSize"));
      if (size && *size != ours) same_file = false;
    }
    if (same_file) notes.add("matches", id);
  }
  return accepted(notes.set("examined", "yes"));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const bool had_session = Notes(input.publish_progress).has(kSession);
  if (!notes.has("session") && had_session) return absorb_session(input, notes, answer);
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  if (!json.is_object()) return in_doubt(notes, nonsense(answer, "YouTube"));
  if (uploads_of(input, notes).empty()) {
    const auto uploads = json.text("/items/0/contentDetails/relatedPlaylists/uploads");
    if (uploads.empty()) return in_doubt(notes, nonsense(answer, "YouTube"));
    return accepted(notes.set("uploads", uploads));
  }
  return notes.has("listed") ? absorb_files(input, notes, json) : absorb_list(input, notes, json);
}

}  // namespace

FlowSteps find() { return {next, absorb}; }

}  // namespace herald::youtube_flows
