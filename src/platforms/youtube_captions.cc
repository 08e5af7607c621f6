// After publishing: the captions file, by the resumable protocol, since it comes with metadata.
// Source: developers.google.com/youtube/v3/docs/captions/insert, checked 2026-11-22.
#include <boost/json.hpp>

#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

namespace json = boost::json;

constexpr const char* kAnyType = "application/octet-stream";

Call start(const Input& input, std::uint64_t size) {
  Call call = get("start the captions", "", {{"uploadType", "resumable"}, {"part", "snippet"}});
  call.method = "POST";
  call.url = "https://www.googleapis.com/upload/youtube/v3/captions";
  call.headers = {{"X-Upload-Content-Length", std::to_string(size)},
                  {"X-Upload-Content-Type", kAnyType}};
  const json::object snippet{{"videoId", input.remote_id},
                             {"language", text_of(input.options, "captions_language")},
                             {"name", ""},
                             {"isDraft", false}};
  call.body = JsonBody{json::serialize(json::object{{"snippet", snippet}}), {}};
  call.keep_headers = {"location"};
  return call;
}

Absorbed absorb_start(Notes notes, const Answer& answer) {
  const std::string* location = answer.header("location");
  if (location == nullptr || !is_ours(*location)) {
    return in_doubt(notes, nonsense(answer, "YouTube"));
  }
  return accepted(notes.set(kSession, *location));
}

}  // namespace

Step next_captions(const Input& input, const Notes& notes) {
  const auto found = input.option_media.find("captions");
  if (found == input.option_media.end()) {
    return Error{ErrorKind::invalid, "The captions' file is missing.", "no medium", {}, "no_media"};
  }
  const std::uint64_t size = found->second.original.size_bytes;
  if (!notes.has(kSession)) return start(input, size);
  Call call = get("send the captions", "", {});
  call.method = "PUT";
  call.url = notes.text(kSession);
  call.body = MediaBytes{found->second.id, "", 0, size, kAnyType};
  call.patience = Patience::upload;
  return call;
}

Absorbed absorb_captions(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    // A track of this language and name can be there once only: an earlier try went through.
    if (fault->reason == "captionExists") return accepted(notes.set("done", input.remote_id));
    // Whatever became of the session, the next try begins a new one.
    notes.erase(kSession);
    if (fault->visible == Verdict::unknown) return in_doubt(notes, std::move(fault->error));
    if (fault->error.code == "permission_missing") fault->error.kind = ErrorKind::forbidden;
    return refused(notes, std::move(fault->error));
  }
  if (!notes.has(kSession)) return absorb_start(notes, answer);
  const SessionAnswer heard = session_answer(answer);
  if (heard.what != SessionAnswer::What::complete) {
    return in_doubt(notes.erase(kSession), nonsense(answer, "YouTube"));
  }
  return accepted(notes.set("done", heard.video_id));
}

}  // namespace herald::youtube_flows
