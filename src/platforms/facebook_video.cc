// A video's bytes first, then the one call that makes it visible, then a wait until Facebook is
// done. Videos go in the chunks that Facebook asks for, reels and stories in one piece from where
// it stands. Source: developers.facebook.com/docs/video-api/guides/reels-publishing,
// .../page-stories-api and .../graph-api/reference/page/videos, checked 2026-11-22.
#include <algorithm>

#include "domain/check.h"
#include "platforms/facebook.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"

namespace herald::facebook_flows {
namespace {

using namespace std::chrono_literals;
using graph::As;

constexpr Duration kPolls[] = {5s, 10s, 20s, 30s};
constexpr Duration kPollLater = 60s;
constexpr std::int64_t kPollsMax = 60;  // About an hour.
constexpr std::int64_t kUploadTries = 3;
constexpr std::int64_t kDoubtsMax = 5;
constexpr std::string_view kUploadHost = "https://rupload.facebook.com/";

enum class Stage { start, upload, look, finish, wait, done };

bool is_story(const Input& input) { return input.kind == "story"; }
bool in_chunks(const Input& input) { return input.kind == "video"; }

const char* edge_name(const Input& input) {
  if (in_chunks(input)) return "videos";
  return is_story(input) ? "video_stories" : "video_reels";
}

std::int64_t size_of(const Input& input) {
  return static_cast<std::int64_t>(input.media.front().original.size_bytes);
}

// Notes beside those of facebook.h: "session" and "end" (chunks) or "url" (one piece); "start",
// how many bytes are there; "lost" when Facebook has to be asked how many; "uploaded"; "ready", of
// a story that may be finished; "live"; "post_id" and "link" of what it became.
Stage stage_of(const Input& input, const Notes& notes) {
  if (notes.has("live")) return Stage::done;
  if (notes.has(kFinished)) return is_story(input) ? Stage::done : Stage::wait;
  if (!notes.has(kVideo)) return Stage::start;
  if (notes.has("lost")) return Stage::look;
  if (!notes.has("uploaded")) return Stage::upload;
  return is_story(input) && !notes.has("ready") ? Stage::look : Stage::finish;
}

Call phase_call(const Input& input, std::string step, const char* phase, std::vector<Field> form) {
  form.insert(form.begin(), {"upload_phase", phase});
  return graph::post(input, As::account, std::move(step),
                     edge(input.account.remote_id, edge_name(input)), std::move(form));
}

Call start_call(const Input& input) {
  std::vector<Field> form;
  if (in_chunks(input)) form.push_back({"file_size", std::to_string(size_of(input))});
  return phase_call(input, "start upload", "start", std::move(form));
}

MediaBytes bytes_of(const Input& input, std::int64_t begin, std::int64_t end) {
  return {input.media.front().id, "", static_cast<std::uint64_t>(begin),
          static_cast<std::uint64_t>(end - begin), "application/octet-stream"};
}

Call upload_call(const Input& input, const Notes& notes) {
  const std::int64_t begin = notes.number("start");
  Call call;
  if (in_chunks(input)) {
    call = phase_call(
        input, "upload", "transfer",
        {{"upload_session_id", notes.text("session")}, {"start_offset", std::to_string(begin)}});
    call.body = MultipartBody{std::move(std::get<FormBody>(call.body).fields), "video_file_chunk",
                              "video", bytes_of(input, begin, notes.number("end"))};
  } else {
    call.step = "upload";
    call.method = "POST";
    call.url = notes.text("url");
    call.headers = {{"offset", std::to_string(begin)},
                    {"file_size", std::to_string(size_of(input))}};
    call.body = bytes_of(input, begin, size_of(input));
    call.carrier = TokenCarrier::oauth;
    call.token = {Reference::Kind::account_token, ""};
  }
  call.patience = Patience::upload;
  return call;
}

Call finish_call(const Input& input, const Notes& notes) {
  std::vector<Field> form;
  if (in_chunks(input)) {
    form.push_back({"upload_session_id", notes.text("session")});
  } else {
    form.push_back({"video_id", notes.text(kVideo)});
  }
  const auto at = scheduled_at(input);
  if (input.kind == "reel") form.push_back({"video_state", at ? "SCHEDULED" : "PUBLISHED"});
  if (at && in_chunks(input)) form.push_back({"published", "false"});
  if (at) form.push_back({"scheduled_publish_time", std::to_string(to_ms(*at) / 1000)});
  const auto title = text_of(input.options, "title");
  if (!title.empty()) form.push_back({"title", title});
  if (!input.text.empty()) form.push_back({"description", input.text});
  Call call = phase_call(input, "publish", "finish", std::move(form));
  call.effect = Effect::publish;
  return call;
}

Published published(const Input& input, const Notes& notes) {
  std::string id = notes.text("post_id");
  if (is_story(input)) return {id, {}, {}};
  const std::string video = notes.text(kVideo);
  if (id.empty()) id = video;
  if (id != video && id.find('_') == id.npos) id = input.account.remote_id + "_" + id;
  std::string link = notes.text("link");
  const char* place = input.kind == "reel" ? "reel/" : "";
  if (link.empty()) link = std::string("https://www.facebook.com/") + place + video;
  if (notes.text("live") == "yes") return {id, link, schedule_note(input)};
  return {id, link, "Facebook has taken it and is still processing it."};
}

// ---------------------------------------------------------------- what an answer brings

// The upload is begun anew; nobody has seen any of it.
Notes without_video(Notes notes) {
  for (const char* name : {kVideo, "session", "url", "start", "end", "lost", "uploaded", "ready"}) {
    notes.erase(name);
  }
  return notes;
}

bool take_chunk(const Input& input, const JsonAnswer& json, Notes& notes) {
  const auto start = json.number("/start_offset");
  const auto end = json.number("/end_offset");
  if (!start || !end || *start < 0 || *end < *start || *end > size_of(input)) return false;
  notes.set("start", *start).set("end", *end).erase("tries");
  if (*start == *end) notes.set("uploaded", "yes");
  return true;
}

Absorbed absorb_start(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) return refused_quietly(notes, std::move(*fault));
  const Notes before = notes;
  const JsonAnswer json(answer.body);
  const std::string id = json.text("/video_id");
  const std::string url = json.text("/upload_url");
  const std::string session = json.text("/upload_session_id");
  const bool way = in_chunks(input) ? !session.empty() && take_chunk(input, json, notes)
                                    : url.starts_with(kUploadHost);
  if (!is_id(id) || !way) return in_doubt(before, nonsense(answer, "Facebook"));
  return accepted(notes.set(kVideo, id)
                      .set(in_chunks(input) ? "session" : "url", in_chunks(input) ? session : url));
}

// Tried again from where Facebook stands; after some times, from the beginning.
Absorbed upload_failed(const Input& input, Notes notes, graph::Fault fault) {
  const bool stops = fault.error.kind == ErrorKind::unauthorized ||
                     fault.error.kind == ErrorKind::rate_limited ||
                     fault.error.kind == ErrorKind::internal;
  if (stops) return refused_quietly(notes, std::move(fault));
  if (notes.count("tries").number("tries") < kUploadTries) {
    if (in_chunks(input)) return refused_quietly(notes, std::move(fault));
    return accepted(notes.set("lost", "yes"));
  }
  return refused_quietly(without_video(notes).erase("tries"), std::move(fault));
}

Absorbed absorb_upload(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) return upload_failed(input, notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  const bool taken =
      in_chunks(input) ? take_chunk(input, json, notes) : json.flag("/success").value_or(false);
  if (!taken) return upload_failed(input, notes, {.error = nonsense(answer, "Facebook")});
  if (!in_chunks(input)) notes.set("uploaded", "yes").set("start", size_of(input)).erase("tries");
  const auto total = static_cast<std::uint64_t>(size_of(input));
  return accepted(notes,
                  Meter{"Uploading", static_cast<std::uint64_t>(notes.number("start")), total});
}

// The guide and the servers spell some of these differently; both are taken.
std::int64_t error_in(const JsonAnswer& json) {
  for (const char* phase : {"uploading_phase", "processing_phase", "publishing_phase"}) {
    for (const char* name : {"/errors/0/code", "/error/code"}) {
      const auto code = json.number(std::string("/status/") + phase + name);
      if (code) return *code;
    }
  }
  return 0;
}

bool has_failed(const JsonAnswer& json) {
  const std::string status = json.text("/status/video_status");
  return status == "error" || status == "upload_failed" || status == "expired";
}

Error failure_in(const JsonAnswer& json) {
  const auto code = error_in(json);
  const Answer as_error{.status = 400,
                        .body = "{\"error\":{\"code\":" + std::to_string(code) + "}}"};
  Error error = fault_in(as_error)->error;
  error.detail = "video error " + std::to_string(code);
  if (code != 0) return error;
  error.kind = ErrorKind::invalid;
  error.code = "video_unreadable";
  error.message = "Facebook could not process this video. Try another file.";
  return error;
}

bool is_complete(const JsonAnswer& json) {
  const std::string phase = json.text("/status/uploading_phase/status");
  return phase == "complete" || phase == "completed";
}

Absorbed poll_again(Notes notes) {
  const auto polls = notes.count("polls").number("polls");
  const auto dense = static_cast<std::int64_t>(std::size(kPolls));
  return accepted(notes.set("rest", (polls < dense ? kPolls[polls] : kPollLater).count()));
}

// Of the bytes, before the video is finished.
Absorbed absorb_look(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) return upload_failed(input, notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (has_failed(json)) return refused(without_video(notes), failure_in(json));
  if (is_complete(json)) {
    return accepted(notes.set("uploaded", "yes").set("ready", "yes").erase("lost").erase("polls"));
  }
  if (notes.has("uploaded") && !notes.has("lost")) return poll_again(notes);
  auto there = json.number("/status/uploading_phase/bytes_transferred");
  if (!there) there = json.number("/status/uploading_phase/bytes_transfered");
  const std::int64_t from = std::clamp<std::int64_t>(there.value_or(0), 0, size_of(input) - 1);
  return accepted(notes.set("start", from).erase("lost"));
}

Absorbed absorb_finish(const Input& input, Notes notes, const Answer& answer) {
  auto fault = fault_in(answer);
  if (!fault) {
    const JsonAnswer json(answer.body);
    const std::string post = json.text("/post_id");
    const bool done = json.flag("/success").value_or(false) && (!is_story(input) || is_id(post));
    if (!done) return in_doubt(notes, nonsense(answer, "Facebook"));
    if (is_id(post)) notes.set("post_id", post);
    return accepted(notes.set(kFinished, "yes").set("rest", kPolls[0].count()).erase("polls"));
  }
  // After a doubt it may be refused because it is done, perhaps only just: looked at again.
  const auto doubts = notes.number(kDoubts);
  const bool may_be_done = doubts >= 1 && doubts <= kDoubtsMax;
  if (fault->visible != Verdict::refused || may_be_done) {
    return in_doubt(notes, std::move(fault->error));
  }
  if (fault->error.kind == ErrorKind::invalid) notes = without_video(std::move(notes));
  return refused(notes, std::move(fault->error));
}

Absorbed absorb_wait(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) {
    const bool stops = fault->error.kind == ErrorKind::unauthorized ||
                       fault->error.kind == ErrorKind::rate_limited;
    if (stops) return refused_quietly(notes, std::move(*fault));
    // It is in Facebook's hands: a look that fails takes nothing from that.
  }
  const JsonAnswer json(answer.body);
  if (has_failed(json)) {
    Absorbed gone = refused(Notes(), failure_in(json));
    gone.taken_back = true;
    return gone;
  }
  if (is_id(json.text("/post_id"))) notes.set("post_id", json.text("/post_id"));
  std::string link = json.text("/permalink_url");
  if (link.starts_with('/')) link = "https://www.facebook.com" + link;
  if (link.starts_with("https://")) notes.set("link", link);
  const bool ready = json.text("/status/video_status") == "ready";
  const std::string status = json.text("/status/publishing_phase/publish_status");
  const bool waits = scheduled_at(input) && (ready || status == "scheduled");
  const bool shown =
      waits || status == "published" || (ready && json.flag("/published").value_or(false));
  if (shown) return accepted(notes.set("live", "yes"));
  if (notes.number("polls") >= kPollsMax) return accepted(notes.set("live", "later"));
  return poll_again(notes);
}

}  // namespace

bool is_video(const Input& input) {
  return !input.media.empty() && input.media.front().original.type == MediaType::video;
}

Call video_call(const Input& input, const std::string& id, std::string step) {
  return graph::get(input, As::account, std::move(step), segment(id),
                    {{"fields", "status,post_id,permalink_url,published"}});
}

bool is_publishing(const Input& input, const Answer& answer) {
  const JsonAnswer json(answer.body);
  const std::string phase = json.text("/status/publishing_phase/status");
  const std::string status = json.text("/status/publishing_phase/publish_status");
  // What came in chunks is processed once it is finished.
  const bool ready = in_chunks(input) && json.text("/status/video_status") == "ready";
  return ready || status == "published" || status == "scheduled" ||
         (!phase.empty() && phase != "not_started") || json.flag("/published").value_or(false) ||
         has_failed(json);
}

Step next_of_video(const Input& input, Notes notes) {
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"), Meter{"Facebook is processing it", 0, 0});
  }
  switch (stage_of(input, notes)) {
    case Stage::start:
      return start_call(input);
    case Stage::upload:
      return upload_call(input, notes);
    case Stage::look:
    case Stage::wait:
      return video_call(input, notes.text(kVideo), "read the video");
    case Stage::finish:
      return finish_call(input, notes);
    case Stage::done:
      break;
  }
  return finished(published(input, notes));
}

Absorbed absorb_of_video(const Input& input, Notes notes, const Answer& answer) {
  switch (stage_of(input, notes)) {
    case Stage::start:
      return absorb_start(input, notes, answer);
    case Stage::upload:
      return absorb_upload(input, notes, answer);
    case Stage::look:
      return absorb_look(input, notes, answer);
    case Stage::finish:
      return absorb_finish(input, notes, answer);
    case Stage::wait:
      return absorb_wait(input, notes, answer);
    case Stage::done:
      break;
  }
  return in_doubt(notes, nonsense(answer, "Facebook"));
}

Answer imagine_of_video(const Input& input, const Notes& notes) {
  const std::string end = std::to_string(size_of(input));
  const std::string begin = stage_of(input, notes) == Stage::start ? "0" : end;
  return {.status = 200,
          .body = R"({"success":true,"video_id":"1","upload_session_id":"1","post_id":"1",)"
                  R"("upload_url":"https://rupload.facebook.com/video-upload/1",)"
                  R"("status":{"video_status":"ready","uploading_phase":{"status":"complete"},)"
                  R"("publishing_phase":{"status":"complete","publish_status":"published"}},)"
                  R"("start_offset":")" +
                  begin + R"(","end_offset":")" + end + "\"}"};
}

}  // namespace herald::facebook_flows
