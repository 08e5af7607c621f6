// A video is registered, sent to the store that Pinterest names, with the fields of that form
// first, the file last and no token, and polled until a pin may name it. Nobody sees any of this.
// Source: developers.pinterest.com/docs/work-with-organic-content-and-users/create-boards-and-pins,
// checked 2026-11-22.
#include "platforms/json_answer.h"
#include "platforms/pinterest.h"
#include "platforms/steps.h"

namespace herald::pinterest_flows {
namespace {

using namespace std::chrono_literals;

constexpr Duration kFormLife = 50min;  // Not documented; a late one is refused, and asked for anew.
constexpr Duration kPolls[] = {2s, 4s, 8s};
constexpr Duration kPollLater = 10s;
constexpr std::int64_t kPollsDense = 90;  // Fifteen minutes.
constexpr Duration kPollRare = 5min;
constexpr std::int64_t kPollsMax = 150;  // Counted, not timed: our clock may jump.
constexpr std::int64_t kAnewMax = 3;

// Notes beside "media" and "ready": of the form in hand "url", "asked_at" and the lists "names" and
// "values"; "polls"; "anew" how often it began anew.

Notes without_form(Notes notes) {
  return notes.erase("url").erase("asked_at").keep_first("names", 0).keep_first("values", 0);
}

// Another upload of the same file may pass, so many times.
Absorbed anew(const Notes& notes, Error error) {
  Notes fresh = without_form(notes);
  fresh.erase("media").erase("polls").erase("rest");
  error.kind = ErrorKind::unavailable;
  if (fresh.count("anew").number("anew") > kAnewMax) {
    fresh.erase("anew");
    error.kind = ErrorKind::invalid;
    error.message = "Pinterest did not take the video, though it was uploaded again and again.";
  }
  return refused(fresh, std::move(error));
}

Absorbed absorb_form(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) return faulty(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  const std::string id = json.text("/media_id");
  const std::string url = json.text("/upload_url");
  const auto fields = json.members("/upload_parameters");
  if (id.empty() || !url.starts_with("https://") || fields.empty()) {
    return in_doubt(notes, nonsense(answer, "Pinterest"));
  }
  for (const auto& [name, value] : fields) notes.add("names", name).add("values", value);
  return accepted(notes.set("media", id).set("url", url).set("asked_at", to_ms(input.now)));
}

// The store's refusals are its own: they say nothing of the connection.
Absorbed absorb_file(Notes notes, const Answer& answer) {
  if (answer.status >= 400 && answer.status < 500) {
    return anew(notes, nonsense(answer, "Pinterest"));
  }
  if (!is_success(answer)) return in_doubt(notes, nonsense(answer, "Pinterest"));
  return accepted(without_form(notes).set("rest", kPolls[0].count()));
}

Absorbed absorb_status(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    if (answer.status == 404) return anew(notes, nonsense(answer, "Pinterest"));
    return faulty(notes, std::move(*fault));
  }
  const std::string status = JsonAnswer(answer.body).text("/status");
  if (status == "succeeded") return accepted(notes.erase("polls").set("ready", "yes"));
  if (status == "failed") {
    return refused(notes.erase("media").erase("polls"),
                   {ErrorKind::invalid,
                    "Pinterest could not process the video. Use another file.",
                    "media failed",
                    {},
                    "video_failed"});
  }
  if (status != "registered" && status != "processing") {
    return in_doubt(notes, nonsense(answer, "Pinterest"));
  }
  const auto polls = notes.count("polls").number("polls");
  if (polls > kPollsMax) return anew(notes, nonsense(answer, "Pinterest"));
  const auto quick = static_cast<std::int64_t>(std::size(kPolls));
  const Duration delay = polls < quick         ? kPolls[polls]
                         : polls < kPollsDense ? kPollLater
                                               : kPollRare;
  return accepted(notes.set("rest", delay.count()));
}

Call upload(const Input& input, const Notes& notes) {
  const MediumInput& medium = input.media.front();
  MultipartBody body;
  for (std::size_t i = 0; i < notes.list("names").size(); ++i) {
    body.fields.push_back({notes.list("names")[i], notes.list("values")[i]});
  }
  body.file_field = "file";
  body.file_name = medium.filename.empty() ? medium.id.value : medium.filename;
  body.file = {medium.id, "", 0, medium.original.size_bytes, medium.original.content_type};
  Call call;
  call.step = "upload";
  call.method = "POST";
  call.url = notes.text("url");
  call.body = std::move(body);
  call.patience = Patience::upload;
  return call;
}

}  // namespace

bool more_to_upload(const Input& input, const Notes& notes) {
  return input.kind == "video" && !notes.has("ready");
}

Step upload_next(const Input& input, const Notes& notes) {
  if (!notes.has("media")) {
    return post(input, "ask where to upload", "media", R"({"media_type":"video"})");
  }
  if (!notes.has("url")) {
    return get(input, "look at the video", "media/" + segment(notes.text("media")));
  }
  if (input.now > from_ms(notes.number("asked_at")) + kFormLife) {
    return rest({}, without_form(notes).erase("media"));
  }
  return upload(input, notes);
}

Absorbed upload_absorb(const Input& input, const Notes& notes, const Answer& answer) {
  if (!notes.has("media")) return absorb_form(input, notes, answer);
  return notes.has("url") ? absorb_file(notes, answer) : absorb_status(input, notes, answer);
}

Answer imagine_upload(const Notes& notes) {
  if (notes.has("url")) return {.status = 204};
  if (notes.has("media")) return {.status = 200, .body = R"({"status":"succeeded"})"};
  return {.status = 201,
          .body = R"({"media_id":"1","upload_url":)"
                  R"("https://pinterest-media-upload.s3-accelerate.amazonaws.com/",)"
                  R"("upload_parameters":{"key":"file"}})"};
}

}  // namespace herald::pinterest_flows
