// One init, then the bytes chunk by chunk, of which the last makes the post; or one init by which
// TikTok fetches the media. After that TikTok is asked how far it is.
#include <algorithm>

#include "domain/check.h"
#include "platforms/steps.h"
#include "platforms/tiktok.h"

namespace herald::tiktok_flows {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPolls[] = {5s, 10s, 30s};
constexpr Duration kPollLater = 60s;
constexpr std::int64_t kPollsDense = 32;  // About half an hour.
constexpr Duration kPollRare = 1h;
constexpr std::int64_t kPollsMax = kPollsDense + 72;  // Three days: moderation may take hours.
constexpr std::int64_t kPollsToSettle = 3;
constexpr std::int64_t kStuckMax = 6;
constexpr std::int64_t kRestartsMax = 3;

// Further notes: "ask" when only TikTok knows what it has stored; "stuck", "restarts", "polls";
// "post_id", "note" and "settled" at the end.
enum class Stage { start, ask, send, poll, done };

Stage stage_of(const Notes& notes) {
  if (notes.has("settled")) return Stage::done;
  if (notes.has(kTaken)) return Stage::poll;
  if (notes.has("ask")) return Stage::ask;
  return notes.has(kUploadUrl) ? Stage::send : Stage::start;
}

std::uint64_t offset_of(const Notes& notes) {
  return static_cast<std::uint64_t>(notes.number(kOffset));
}

Meter uploading(const Notes& notes, const Chunks& chunks) {
  return {"Uploading", offset_of(notes), chunks.total};
}

Meter working() { return {"TikTok is working on it", 0, 0}; }

std::string content_type(const Input& input) {
  const std::string& type = input.media.front().original.content_type;
  return type.starts_with("video/") ? type : "video/mp4";
}

Step start(const Input& input) {
  const bool empty = input.media.empty() || input.media.front().original.size_bytes == 0;
  if (empty) {
    return Error{ErrorKind::invalid, "The file is missing or empty.", "no bytes", {}, "no_media"};
  }
  return init(input);
}

Step send(const Input& input, const Notes& notes) {
  const Chunks chunks = chunks_of(input);
  const std::uint64_t offset = offset_of(notes);
  const std::uint64_t end = chunks.end_of(offset);
  Call call;
  call.step = "upload";
  call.effect = end == chunks.total ? Effect::publish : Effect::prepare;
  call.method = "PUT";
  call.url = notes.text(kUploadUrl);  // It holds its own key: no token goes along.
  call.headers = {{"Content-Range", "bytes " + std::to_string(offset) + "-" +
                                        std::to_string(end - 1) + "/" +
                                        std::to_string(chunks.total)}};
  call.body = MediaBytes{input.media.front().id, "", offset, end - offset, content_type(input)};
  call.keep_headers = {"content-range"};
  call.patience = Patience::upload;
  return call;
}

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (const auto delay = notes.number("rest"); delay > 0) {
    notes.erase("rest");
    return rest(Duration(delay), notes, working());
  }
  switch (stage_of(notes)) {
    case Stage::start:
      return start(input);
    case Stage::send:
      return send(input, notes);
    case Stage::ask:
    case Stage::poll:
      return status_of(notes.text(kPublishId));
    case Stage::done:
      break;
  }
  const std::string id = notes.text("post_id");
  return finished(Published{id, link_of(input, id), notes.text("note")});
}

// ---------------------------------------------------------------- absorb

Notes without_session(Notes notes) {
  notes.erase(kPublishId).erase(kUploadUrl).erase(kBegunAt).erase(kOffset).erase(kDoubted);
  return notes.erase("stuck").erase("ask");
}

Absorbed taken(Notes notes) {
  notes.erase(kDoubted).erase("stuck").erase("ask");
  notes.set(kTaken, "yes").set("rest", kPolls[0].count());
  return accepted(notes, working());
}

Absorbed absorb_start(const Input& input, Notes notes, const Answer& answer) {
  const JsonAnswer json(answer.body);
  if (auto fault = fault_in(answer, json)) return faulty(notes, std::move(*fault));
  const std::string id = json.text("/data/publish_id");
  const std::string url = json.text("/data/upload_url");
  const bool complete = pulls(input) || url.starts_with("https://");
  if (id.empty() || !complete) return in_doubt(notes, nonsense(answer, "TikTok"));
  notes.set(kPublishId, id);
  if (pulls(input)) return taken(notes);
  notes.set(kUploadUrl, url).set(kBegunAt, to_ms(input.now)).set(kOffset, 0);
  return accepted(notes, uploading(notes, chunks_of(input)));
}

// How much TikTok has. To the chunk that would complete the video this says that it did not.
Absorbed stored(const Input& input, Notes notes, std::uint64_t bytes, bool last) {
  const Chunks chunks = chunks_of(input);
  const bool grown = bytes > offset_of(notes);
  if (bytes >= chunks.total) return taken(notes);
  notes.set(kOffset, static_cast<std::int64_t>(bytes)).erase("ask");
  if (grown) {
    notes.erase("stuck");
  } else if (notes.count("stuck").number("stuck") > kStuckMax) {
    return refused(notes.erase("stuck"), {ErrorKind::unavailable,
                                          "TikTok is not storing the upload. We are trying again.",
                                          "offset stays at " + std::to_string(bytes),
                                          {},
                                          "upload_stuck"});
  }
  return last ? not_yet(notes, uploading(notes, chunks))
              : accepted(notes, uploading(notes, chunks));
}

// The address is not good any more (403, 404), or not for these bytes (400): nothing is posted
// without the last chunk, so a new one is asked for. Unless an earlier last chunk may have done it.
Absorbed session_gone(Notes notes, const Answer& answer, bool last) {
  Error error = nonsense(answer, "TikTok");
  error.detail = "the upload address is gone, status " + std::to_string(answer.status);
  if (notes.has(kDoubted)) return in_doubt(notes, error);
  notes = without_session(notes);
  if (notes.count("restarts").number("restarts") > kRestartsMax) {
    return refused(notes.erase("restarts"),
                   {ErrorKind::unavailable,
                    "The upload did not come to an end within the hour that TikTok gives it. "
                    "We are trying again; a smaller file helps.",
                    error.detail,
                    {},
                    "upload_expired"});
  }
  return last ? not_yet(notes) : accepted(notes);
}

Absorbed absorb_send(const Input& input, Notes notes, const Answer& answer) {
  const Chunks chunks = chunks_of(input);
  const std::uint64_t end = chunks.end_of(offset_of(notes));
  const bool last = end == chunks.total;
  const auto told = stored_by(answer.header("content-range"), chunks);
  switch (answer.status) {
    case 200:
    case 201:
      return last ? taken(notes) : stored(input, notes, end, false);
    case 206:
      if (last && !told) return in_doubt(notes, nonsense(answer, "TikTok"));
      return stored(input, notes, told.value_or(end), last);
    case 416:
      if (told) return stored(input, notes, *told, last);
      notes.set("ask", "yes");
      return last ? not_yet(notes) : accepted(notes);
    case 400:
    case 403:
    case 404:
      return session_gone(notes, answer, last);
    default:
      return in_doubt(notes, nonsense(answer, "TikTok"));
  }
}

Absorbed absorb_ask(const Input& input, Notes notes, const Answer& answer) {
  const JsonAnswer json(answer.body);
  if (auto fault = fault_in(answer, json)) return faulty(notes, std::move(*fault));
  if (json.text("/data/status") != "PROCESSING_UPLOAD") return taken(notes);
  const auto bytes = json.number("/data/uploaded_bytes").value_or(notes.number(kOffset));
  return stored(input, notes, static_cast<std::uint64_t>(std::max<std::int64_t>(bytes, 0)), false);
}

// ---------------------------------------------------------------- watching

Absorbed settled(Notes notes, std::string note) {
  if (!note.empty()) notes.set("note", std::move(note));
  return accepted(notes.set("settled", "yes"));
}

Absorbed poll_again(Notes notes, std::string note) {
  const auto polls = notes.count("polls").number("polls");
  if (polls > kPollsMax) return settled(notes, std::move(note));
  const auto first = static_cast<std::int64_t>(std::size(kPolls));
  const Duration delay = polls < first         ? kPolls[polls]
                         : polls < kPollsDense ? kPollLater
                                               : kPollRare;
  return accepted(notes.set("rest", delay.count()), working());
}

// The field is misspelt at TikTok; it is a list of numbers, and clients have met everything else.
std::string post_id_in(const JsonAnswer& json) {
  for (const std::string name : {"publicaly_available_post_id", "publicly_available_post_id"}) {
    for (const std::string end : {"/0", ""}) {
      if (const auto id = json.text("/data/" + name + end); !id.empty()) return id;
    }
  }
  return {};
}

// The id comes once the post is public and was looked at by TikTok: for some who may see it, never.
Absorbed complete(const Input& input, Notes notes, const JsonAnswer& json) {
  const std::string id = post_id_in(json);
  if (!id.empty()) return settled(notes.set("post_id", id), {});
  const std::string privacy = text_of(input.options, "privacy");
  if (is_draft(input) || privacy == kPrivate) return settled(notes, {});
  const std::string note = "TikTok has published it, and has not said under which link.";
  const bool patient = privacy == kPublic || notes.number("polls") < kPollsDense;
  return patient ? poll_again(notes, note) : settled(notes, note);
}

// It said that it has all, and yet it lacks bytes: while the address is good it takes them, and
// makes one post at most.
bool lacks_bytes(const Input& input, const Notes& notes, const JsonAnswer& json) {
  const auto bytes = json.number("/data/uploaded_bytes");
  const auto total = static_cast<std::int64_t>(chunks_of(input).total);
  const bool open = input.now < from_ms(notes.number(kBegunAt)) + kUploadLife;
  return bytes && *bytes < total && open && notes.has(kUploadUrl) &&
         notes.number("polls") >= kPollsToSettle;
}

Absorbed absorb_poll(const Input& input, Notes notes, const Answer& answer) {
  const JsonAnswer json(answer.body);
  const char* unseen = "Herald could not see whether TikTok finished it. Look in the TikTok app.";
  if (auto fault = fault_in(answer, json)) {
    if (fault->error.kind == ErrorKind::unauthorized) {
      return refused(notes, std::move(fault->error));
    }
    // It is with TikTok: trouble with looking at it is no failure of the post.
    return poll_again(notes, unseen);
  }
  const std::string status = json.text("/data/status");
  if (status == "FAILED") {
    // There will be no post: a retry begins anew.
    Absorbed gone = refused({}, failure(json.text("/data/fail_reason")));
    gone.taken_back = true;
    return gone;
  }
  if (status == "PUBLISH_COMPLETE") return complete(input, notes, json);
  if (status == "SEND_TO_USER_INBOX") {
    return settled(notes, "It waits in the TikTok inbox. Open the TikTok app to finish it.");
  }
  if (status == "PROCESSING_UPLOAD" && lacks_bytes(input, notes, json)) {
    return accepted(notes.erase(kTaken).erase("polls").set(kDoubted, "yes").set("ask", "yes"));
  }
  return poll_again(notes, unseen);
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  switch (stage_of(notes)) {
    case Stage::start:
      return absorb_start(input, notes, answer);
    case Stage::send:
      return absorb_send(input, notes, answer);
    case Stage::ask:
      return absorb_ask(input, notes, answer);
    case Stage::poll:
      return absorb_poll(input, notes, answer);
    case Stage::done:
      break;
  }
  return in_doubt(notes, nonsense(answer, "TikTok"));
}

}  // namespace

FlowSteps publish() { return {next, absorb}; }

// Of the chunks a plan shows the first and the last: the ones between are alike.
Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  const Chunks chunks = chunks_of(input);
  Answer answer{.status = 200};
  switch (stage_of(notes)) {
    case Stage::start:
      answer.body = R"({"data":{"publish_id":"publish_id","upload_url":)"
                    R"("https://open-upload.tiktokapis.com/upload"},"error":{"code":"ok"}})";
      break;
    case Stage::send:
      answer.status = 201;
      if (offset_of(notes) < chunks.last()) {
        answer.status = 206;
        answer.headers["content-range"] =
            "bytes 0-" + std::to_string(chunks.last()) + "/" + std::to_string(chunks.total);
      }
      break;
    case Stage::ask:
    case Stage::poll:
    case Stage::done: {
      const char* status = is_draft(input) ? "SEND_TO_USER_INBOX" : "PUBLISH_COMPLETE";
      answer.body = std::string(R"({"data":{"status":")") + status +
                    R"(","publicaly_available_post_id":[1]},"error":{"code":"ok"}})";
      break;
    }
  }
  return answer;
}

}  // namespace herald::tiktok_flows
