// After publishing: the thumbnail (may be set again), the captions (youtube_captions.cc), the
// playlist and the first comment (looked for before they are made).
#include <boost/json.hpp>

#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

namespace json = boost::json;

Call post(std::string step, std::string_view resource, const json::object& body) {
  Call call = get(std::move(step), resource, {{"part", "snippet"}});
  call.effect = Effect::publish;
  call.method = "POST";
  call.body = JsonBody{json::serialize(body), {}};
  return call;
}

Step thumbnail(const Input& input) {
  const auto found = input.option_media.find("thumbnail");
  if (found == input.option_media.end()) {
    return Error{
        ErrorKind::invalid, "The thumbnail's file is missing.", "no medium", {}, "no_media"};
  }
  const MediumInput& medium = found->second;
  const bool as_is = medium.original.content_type == "image/jpeg" ||
                     medium.original.content_type == "image/png" || !medium.jpeg;
  const MediaFacts& sent = as_is ? medium.original : *medium.jpeg;
  Call call = get("set the thumbnail", "", {{"videoId", input.remote_id}, {"uploadType", "media"}});
  call.method = "POST";
  call.url = "https://www.googleapis.com/upload/youtube/v3/thumbnails/set";
  call.body = MediaBytes{medium.id, as_is ? "" : "jpeg", 0, sent.size_bytes, sent.content_type};
  call.patience = Patience::upload;
  return call;
}

Step playlist(const Input& input, const Notes& notes) {
  const auto id = text_of(input.options, "playlist");
  if (!notes.has("looked")) {
    return get(
        "look into the playlist", "playlistItems",
        {{"part", "id"}, {"playlistId", id}, {"videoId", input.remote_id}, {"maxResults", "1"}});
  }
  return post("add to the playlist", "playlistItems",
              {{"snippet",
                {{"playlistId", id},
                 {"resourceId", {{"kind", "youtube#video"}, {"videoId", input.remote_id}}}}}});
}

Step comment(const Input& input, const Notes& notes) {
  // An earlier try may have gone through.
  if (input.begun_at && !notes.has("looked")) {
    return get("look for the comment", "commentThreads",
               {{"part", "snippet"}, {"videoId", input.remote_id}, {"maxResults", "100"}});
  }
  const json::object text{{"textOriginal", text_of(input.options, "first_comment")}};
  return post("comment", "commentThreads",
              {{"snippet",
                {{"channelId", input.account.remote_id},
                 {"videoId", input.remote_id},
                 {"topLevelComment", {{"snippet", text}}}}}});
}

Step next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("done")) return finished(Published{notes.text("done"), {}, {}});
  if (input.remote_id.empty()) {
    return Error{ErrorKind::invalid,
                 "This was left out: the video's id is not known.",
                 "follow-up " + input.follow_up,
                 {},
                 "no_remote_id"};
  }
  if (input.follow_up == "thumbnail") return thumbnail(input);
  if (input.follow_up == "captions") return next_captions(input, notes);
  if (input.follow_up == "playlist") return playlist(input, notes);
  if (input.follow_up == "comment") return comment(input, notes);
  return Error{
      ErrorKind::internal, "Herald does not know this kind of work.", input.follow_up, {}, {}};
}

// The id of our own comment of these very words, if it is there.
std::string own_comment(const Input& input, const JsonAnswer& json) {
  for (std::size_t i = 0; i < json.size("/items"); ++i) {
    const std::string comment = at("/items", i, "/snippet/topLevelComment/snippet");
    const bool own = json.text(comment + "/authorChannelId/value") == input.account.remote_id;
    const bool same =
        json.text(comment + "/textOriginal") == text_of(input.options, "first_comment");
    if (own && same) return json.text(at("/items", i, "/id"));
  }
  return {};
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (input.follow_up == "captions") return absorb_captions(input, std::move(notes), answer);
  if (auto fault = fault_in(input, answer)) {
    if (fault->visible == Verdict::unknown) return in_doubt(notes, std::move(fault->error));
    // An optional permission is missing: the grant is alive, and only this fails.
    if (fault->error.code == "permission_missing") fault->error.kind = ErrorKind::forbidden;
    return refused(notes, std::move(fault->error));
  }
  const JsonAnswer json(answer.body);
  if (!json.is_object()) return in_doubt(notes, nonsense(answer, "YouTube"));
  if (input.follow_up == "thumbnail") return accepted(notes.set("done", input.remote_id));
  // A listing has items; what was made has an id.
  if (!notes.has("looked") && json.text("/id").empty()) {
    const std::string found =
        input.follow_up == "comment" ? own_comment(input, json) : json.text("/items/0/id");
    if (!found.empty()) notes.set("done", found);
    return accepted(notes.set("looked", "yes"));
  }
  if (json.text("/id").empty()) return in_doubt(notes, nonsense(answer, "YouTube"));
  return accepted(notes.set("done", json.text("/id")));
}

}  // namespace

FlowSteps follow_up() { return {next, absorb}; }

}  // namespace herald::youtube_flows
