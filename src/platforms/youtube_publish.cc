// One session, chunk by chunk; the last chunk makes the video exist. Then YouTube processes it.
#include <algorithm>

#include "domain/check.h"
#include "domain/http_date.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPolls[] = {10s, 30s};
constexpr Duration kPollLater = 60s;
constexpr std::int64_t kPollsDense = 32;  // About half an hour.
constexpr Duration kPollRare = 1h;
constexpr std::int64_t kPollsMax = kPollsDense + 24;
constexpr std::int64_t kStuckMax = 8;
constexpr Duration kStuckPause = 5s;
constexpr Duration kSettled = 4min;  // Nothing sent before can still be on its way.

enum class Stage { start, send, search, poll, done };

Stage stage_of(const Notes& notes) {
  if (notes.has(kVideoId)) return notes.has("settled") ? Stage::done : Stage::poll;
  if (notes.has("lost_at")) return Stage::search;
  return notes.has(kSession) ? Stage::send : Stage::start;
}

std::uint64_t offset_of(const Notes& notes) {
  return static_cast<std::uint64_t>(notes.number(kOffset));
}

Meter uploading(const Notes& notes, std::uint64_t total) {
  return {"Uploading", offset_of(notes), total};
}

std::string content_type(const Input& input) {
  const std::string& type = input.media.front().original.content_type;
  return type.starts_with("video/") ? type : "application/octet-stream";
}

Step start(const Input& input) {
  const auto total = file_size(input);
  if (total == 0) {
    return Error{
        ErrorKind::invalid, "The video file is missing or empty.", "no bytes", {}, "no_media"};
  }
  Call call;
  call.step = "start upload";
  call.method = "POST";
  call.url = "https://www.googleapis.com/upload/youtube/v3/videos";
  const bool notify = flag_of(input.options, "notify_subscribers", true);
  call.query = {{"uploadType", "resumable"},
                {"part", "snippet,status"},
                {"notifySubscribers", notify ? "true" : "false"}};
  call.headers = {{"X-Upload-Content-Length", std::to_string(total)},
                  {"X-Upload-Content-Type", content_type(input)}};
  call.body = JsonBody{video_resource(input), {}};
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  call.keep_headers = {"location", "date"};
  return call;
}

bool is_last(const Notes& notes, std::uint64_t total) {
  return offset_of(notes) + chunk_size(total) >= total;
}

Step send(const Input& input, const Notes& notes) {
  const auto total = file_size(input);
  const auto offset = offset_of(notes);
  // What was heard in an earlier turn may be out of date: a chunk may have gone through unseen.
  if (notes.number(kHeardAt) != to_ms(input.now) || offset >= total) {
    return query_session(notes, total);
  }
  const auto length = std::min(chunk_size(total), total - offset);
  Call call;
  call.step = "upload";
  call.effect = is_last(notes, total) ? Effect::publish : Effect::prepare;
  call.method = "PUT";
  call.url = notes.text(kSession);
  call.headers = {{"Content-Range", "bytes " + std::to_string(offset) + "-" +
                                        std::to_string(offset + length - 1) + "/" +
                                        std::to_string(total)}};
  call.body = MediaBytes{input.media.front().id, "", offset, length, content_type(input)};
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  call.keep_headers = {"range"};
  call.patience = Patience::upload;
  return call;
}

Notes without_session(Notes notes) {
  notes.erase(kSession).erase(kSessionAt).erase(kOffset).erase(kHeardAt).erase(kDoubted);
  return notes.erase("stuck").erase("lost_at").erase("search");
}

// The session went away while a last chunk may have been on its way to it: the uploads are looked
// through as find() does it, until the video cannot be there any more.
Input as_find(const Input& input, const Notes& notes) {
  Input looking = input;
  Notes session;
  if (notes.has(kSessionAt)) session.set(kSessionAt, notes.text(kSessionAt));
  looking.publish_progress = session.progress();
  return looking;
}

Step search(const Input& input, Notes notes) {
  Step step = find().next(as_find(input, notes), notes.text("search"));
  const auto* finished = std::get_if<Finished>(&step);
  if (finished == nullptr) return step;
  const Found& found = std::get<Found>(finished->outcome);
  if (found.what == Found::What::accepted) {
    return rest({}, without_session(notes).set(kVideoId, found.published.remote_id));
  }
  if (found.what == Found::What::cannot_tell) {
    return Error{
        ErrorKind::conflict,
        "More than one video on the channel may be this one. Look at them, and retry only if it "
        "is not there.",
        "no clear match after the session was gone",
        {},
        "ambiguous"};
  }
  const Time sure = from_ms(notes.number("lost_at")) + spec().listing_lag + kSettled;
  if (input.now >= sure) return rest({}, without_session(notes));
  return rest(sure - input.now, notes.erase("search"));
}

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  const auto total = file_size(input);
  if (const auto delay = notes.number("rest"); delay > 0) {
    notes.erase("rest");
    const bool processing = stage_of(notes) == Stage::poll;
    return rest(
        Duration(delay), notes,
        processing ? Meter{"YouTube is processing it", total, total} : uploading(notes, total));
  }
  switch (stage_of(notes)) {
    case Stage::start:
      return start(input);
    case Stage::send:
      return send(input, notes);
    case Stage::search:
      return search(input, notes);
    case Stage::poll:
      return get("read the video's status", "videos",
                 {{"part", "status,processingDetails"}, {"id", notes.text(kVideoId)}});
    case Stage::done:
      break;
  }
  const std::string id = notes.text(kVideoId);
  return finished(Published{id, watch_url(id), notes.text("note")});
}

// ---------------------------------------------------------------- absorb

Absorbed absorb_start(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  const std::string* location = answer.header("location");
  if (location == nullptr || !is_ours(*location)) {
    return in_doubt(notes, nonsense(answer, "YouTube"));
  }
  notes.set(kSession, *location).set(kOffset, 0).set(kHeardAt, to_ms(input.now));
  const std::string* date = answer.header("date");
  const auto said = date == nullptr ? std::nullopt : time_of_http_date(*date);
  if (said) notes.set(kSessionAt, to_ms(*said));
  return accepted(notes, uploading(notes, file_size(input)));
}

Absorbed stored(const Input& input, Notes notes, std::uint64_t bytes) {
  const auto total = file_size(input);
  const bool last = is_last(notes, total);
  const bool grown = bytes > offset_of(notes);
  notes.set(kOffset, static_cast<std::int64_t>(std::min(bytes, total)))
      .set(kHeardAt, to_ms(input.now));
  if (grown) {
    notes.erase("stuck");
  } else if (notes.count("stuck").number("stuck") > kStuckMax) {
    return refused(notes.erase("stuck"), {ErrorKind::unavailable,
                                          "YouTube is not storing the upload. We are trying again.",
                                          "offset stays at " + std::to_string(bytes),
                                          {},
                                          "upload_stuck"});
  }
  // All is there, and yet the video is not: it is being put together.
  if (bytes >= total) notes.set("rest", kStuckPause.count());
  // To the chunk that would complete the video this says that it did not.
  return last ? not_yet(notes, uploading(notes, total)) : accepted(notes, uploading(notes, total));
}

Absorbed absorb_send(const Input& input, Notes notes, const Answer& answer) {
  const SessionAnswer heard = session_answer(answer);
  switch (heard.what) {
    case SessionAnswer::What::incomplete:
      return stored(input, notes, heard.stored);
    case SessionAnswer::What::complete:
      notes = without_session(notes);
      notes.set(kVideoId, heard.video_id);
      notes.set("rest", kPolls[0].count());
      return accepted(notes, Meter{"YouTube is processing it", file_size(input), file_size(input)});
    case SessionAnswer::What::gone: {
      // After the last chunk it may have gone because the video is there; to any other call it
      // says that there is nothing, and a new session begins.
      Error error = nonsense(answer, "YouTube");
      error.detail = "the upload session is gone";
      if (notes.has(kDoubted)) return in_doubt(notes.set("lost_at", to_ms(input.now)), error);
      if (is_last(notes, file_size(input))) return in_doubt(without_session(notes), error);
      return accepted(without_session(notes));
    }
    case SessionAnswer::What::other:
      break;
  }
  auto fault = fault_in(input, answer);
  if (!fault) return in_doubt(notes, nonsense(answer, "YouTube"));
  if (fault->visible == Verdict::refused) return refused(notes, std::move(fault->error));
  return in_doubt(notes, std::move(fault->error));
}

Absorbed absorb_search(const Input& input, Notes notes, const Answer& answer) {
  Absorbed heard = find().absorb(as_find(input, notes), notes.text("search"), answer);
  if (heard.verdict == Verdict::accepted) notes.set("search", std::move(heard.progress));
  heard.progress = notes.progress();
  return heard;
}

Absorbed poll_again(Notes notes) {
  const auto polls = notes.count("polls").number("polls");
  if (polls > kPollsMax) {
    notes.set("note", "YouTube is still processing the video.").set("settled", "yes");
    return accepted(notes);
  }
  const auto dense = static_cast<std::int64_t>(std::size(kPolls));
  const Duration delay = polls < dense         ? kPolls[polls]
                         : polls < kPollsDense ? kPollLater
                                               : kPollRare;
  return accepted(notes.set("rest", delay.count()));
}

// The channel's word against what was asked: projects that YouTube has not audited get private.
void compare_privacy(const Input& input, const std::string& privacy, Notes& notes) {
  // It goes public by itself, and that may have happened.
  if (const auto later = text_of(input.options, "publish_at"); !later.empty()) {
    notes.set("note", "YouTube publishes it at " + later + ".");
    return;
  }
  const auto chosen = text_of(input.options, "privacy");
  const std::string asked = chosen.empty() ? "public" : chosen;
  if (privacy.empty() || privacy == asked) return;
  notes.set("note", "YouTube set it to " + privacy + " although " + asked +
                        " was asked for. Videos of apps that YouTube has not audited stay private; "
                        "ask the operator of this server.");
}

Absorbed absorb_poll(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    if (fault->error.code == "permission_missing") {
      notes.set("note", "Herald may not see whether YouTube has finished processing it.");
      return accepted(notes.set("settled", "yes"));
    }
    if (fault->error.kind == ErrorKind::unauthorized)
      return refused(notes, std::move(fault->error));
    // The video is there: trouble with looking at it is no failure of the post.
    return poll_again(notes);
  }
  const JsonAnswer json(answer.body);
  const std::string status = json.text("/items/0/status/uploadStatus");
  const std::string reason = status == "rejected" ? json.text("/items/0/status/rejectionReason")
                                                  : json.text("/items/0/status/failureReason");
  if (auto error = processing_error(status, reason)) {
    // There will be no video: a retry uploads the file again.
    Absorbed gone = refused({}, std::move(*error));
    gone.taken_back = true;
    return gone;
  }
  if (status != "processed") return poll_again(notes);
  compare_privacy(input, json.text("/items/0/status/privacyStatus"), notes);
  return accepted(notes.set("settled", "yes"));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  switch (stage_of(notes)) {
    case Stage::start:
      return absorb_start(input, notes, answer);
    case Stage::send:
      return absorb_send(input, notes, answer);
    case Stage::search:
      return absorb_search(input, notes, answer);
    case Stage::poll:
      return absorb_poll(input, notes, answer);
    case Stage::done:
      break;
  }
  return in_doubt(notes, nonsense(answer, "YouTube"));
}

}  // namespace

FlowSteps publish() { return {next, absorb}; }

// Of the chunks a plan shows the first and the last: the ones between are alike.
Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  const auto total = file_size(input);
  const auto last_begins = total == 0 ? 0 : (total - 1) / chunk_size(total) * chunk_size(total);
  const auto privacy = text_of(input.options, "privacy");
  Answer answer{.status = 200};
  switch (stage_of(notes)) {
    case Stage::start:
      answer.headers["location"] =
          "https://www.googleapis.com/upload/youtube/v3/videos?upload_id=session";
      break;
    case Stage::send:
      if (is_last(notes, total)) {
        answer.body = R"({"id":"video"})";
      } else {
        answer.status = 308;
        answer.headers["range"] = "bytes=0-" + std::to_string(last_begins - 1);
      }
      break;
    case Stage::search:
    case Stage::poll:
    case Stage::done:
      answer.body = R"({"items":[{"status":{"uploadStatus":"processed","privacyStatus":")" +
                    (privacy.empty() ? "public" : privacy) + "\"}}]}";
      break;
  }
  return answer;
}

}  // namespace herald::youtube_flows
