#include "platforms/twitter_media.h"

#include <algorithm>
#include <boost/json.hpp>

#include "platforms/steps.h"

namespace herald::twitter_flows {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::uint64_t kSegment = 4 << 20;
constexpr std::uint64_t kSegmentsMax = 999;
constexpr std::int64_t kPollsMax = 400;
constexpr std::int64_t kRestartsMax = 3;
constexpr Duration kExpiryMargin = 1min;

constexpr const char* kReady = "ready";
constexpr const char* kExpires = "expires";  // The first of what was uploaded, ms.
// Of the medium under way:
constexpr const char* kId = "id";
constexpr const char* kSegments = "segments";    // That X has.
constexpr const char* kSent = "sent";            // All of them are, and it was told so.
constexpr const char* kProcessed = "processed";  // It may be posted as far as X is concerned.

enum class Doing { upload, initialize, append, finalize, status, describe };

const MediumInput& current(const Input& input, const Notes& notes) {
  return input.media[notes.list(kReady).size()];
}

const MediaFacts& facts_of(const Input& input, const Notes& notes) {
  return current(input, notes).original;
}

bool is_gif(const MediaFacts& facts) { return facts.content_type == "image/gif"; }
bool in_segments(const MediaFacts& facts) {
  return facts.type == MediaType::video || is_gif(facts);
}

std::uint64_t segment_size(std::uint64_t total) {
  return std::max(kSegment, (total + kSegmentsMax - 1) / kSegmentsMax);
}

std::uint64_t sent_bytes(const Notes& notes, std::uint64_t total) {
  const auto segments = static_cast<std::uint64_t>(notes.number(kSegments));
  return std::min(segments * segment_size(total), total);
}

Doing doing(const Input& input, const Notes& notes) {
  const MediaFacts& facts = facts_of(input, notes);
  if (notes.has(kProcessed)) return Doing::describe;
  if (!notes.has(kId)) return in_segments(facts) ? Doing::initialize : Doing::upload;
  if (notes.has(kSent)) return Doing::status;
  const bool whole = sent_bytes(notes, facts.size_bytes) >= facts.size_bytes;
  return whole ? Doing::finalize : Doing::append;
}

const char* category(const MediaFacts& facts) {
  if (facts.type == MediaType::video) return "tweet_video";
  return is_gif(facts) ? "tweet_gif" : "tweet_image";
}

Meter meter(const Input& input, const Notes& notes) {
  const auto total = facts_of(input, notes).size_bytes;
  return {notes.has(kSent) ? "X is processing it" : "Uploading", sent_bytes(notes, total), total};
}

Call upload(const Input& input, const Notes& notes) {
  const MediumInput& medium = current(input, notes);
  const auto number = std::to_string(notes.list(kReady).size() + 1);
  Call call = ask("upload picture " + number, "media/upload");
  call.method = "POST";
  call.body =
      MultipartBody{{{"media_category", category(medium.original)}},
                    "media",
                    "media",
                    {medium.id, "", 0, medium.original.size_bytes, medium.original.content_type}};
  call.patience = Patience::upload;
  return call;
}

Call append(const Input& input, const Notes& notes) {
  const MediumInput& medium = current(input, notes);
  const auto total = medium.original.size_bytes;
  const auto begin = sent_bytes(notes, total);
  Call call = ask("upload", "media/upload/" + segment(notes.text(kId)) + "/append");
  call.method = "POST";
  call.body = MultipartBody{{{"segment_index", std::to_string(notes.number(kSegments))}},
                            "media",
                            "media",
                            {medium.id, "", begin, std::min(segment_size(total), total - begin),
                             "application/octet-stream"}};
  call.patience = Patience::upload;
  return call;
}

Notes without_current(Notes notes) {
  notes.erase(kId).erase(kSegments).erase(kSent).erase(kProcessed);
  return notes.erase("polls").erase("rest");
}

// The medium may be posted as soon as it is described.
Notes processed(const Input& input, Notes notes) {
  const MediumInput& medium = current(input, notes);
  notes.set(kProcessed, "yes");
  if (medium.original.type == MediaType::image && !medium.alt_text.empty()) return notes;
  notes.add(kReady, notes.text(kId));
  return without_current(std::move(notes));
}

// An upload that came to nothing is begun again, but not for ever.
Absorbed again(const Notes& notes, Error error) {
  const auto restarts = notes.number("restarts") + 1;
  Notes anew = without_media(notes).set("restarts", restarts);
  if (restarts > kRestartsMax) return refused(anew.erase("restarts"), std::move(error));
  return accepted(anew);
}

Absorbed absorb_state(const Input& input, Notes notes, const JsonAnswer& answer) {
  const auto life = answer.number("/data/expires_after_secs");
  if (life && *life > 0) {
    const auto ends = to_ms(input.now + std::chrono::seconds(*life) - kExpiryMargin);
    notes.set(kExpires, notes.has(kExpires) ? std::min(notes.number(kExpires), ends) : ends);
  }
  const std::string state = answer.text("/data/processing_info/state");
  const std::string name = answer.text("/data/processing_info/error/name");
  if (state.empty() || state == "succeeded") {
    return accepted(processed(input, notes), meter(input, notes));
  }
  if (state == "failed") {
    Error error{ErrorKind::invalid,
                "X could not process this file. Export it again, or use another one.",
                "processing failed: " + name,
                {},
                "media_refused"};
    if (name == "InternalError") return again(notes, std::move(error));
    return refused(without_media(notes), std::move(error));
  }
  if (notes.count("polls").number("polls") > kPollsMax) {
    return again(notes, {ErrorKind::unavailable,
                         "X is not done with this file. We are trying again.",
                         "still processing",
                         {},
                         "processing"});
  }
  const auto seconds = answer.number("/data/processing_info/check_after_secs").value_or(5);
  notes.set("rest", std::clamp<std::int64_t>(seconds, 1, 60) * 1000);
  return accepted(notes, meter(input, notes));
}

}  // namespace

const std::vector<std::string>& ready_media(const Notes& notes) { return notes.list(kReady); }

bool has_all_media(const Input& input, const Notes& notes) {
  const bool expired = notes.has(kExpires) && to_ms(input.now) >= notes.number(kExpires);
  return notes.list(kReady).size() >= input.media.size() && !expired;
}

Notes without_media(Notes notes) {
  notes.erase(kReady).erase(kExpires);
  return without_current(std::move(notes));
}

Step next_of_media(const Input& input, Notes notes) {
  if (notes.has(kExpires) && to_ms(input.now) >= notes.number(kExpires)) {
    return rest({}, without_media(std::move(notes)));
  }
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"), meter(input, notes));
  }
  const MediumInput& medium = current(input, notes);
  if (medium.original.size_bytes == 0) {
    return Error{ErrorKind::invalid, "The file is missing or empty.", "no bytes", {}, "no_media"};
  }
  const std::string own = "media/upload/" + segment(notes.text(kId));
  switch (doing(input, notes)) {
    case Doing::upload:
      return upload(input, notes);
    case Doing::initialize:
      return send_json(
          "begin the upload", "media/upload/initialize",
          json::serialize(json::object{{"media_type", medium.original.content_type},
                                       {"total_bytes", medium.original.size_bytes},
                                       {"media_category", category(medium.original)}}));
    case Doing::append:
      return append(input, notes);
    case Doing::finalize: {
      Call call = ask("end the upload", own + "/finalize");
      call.method = "POST";
      call.body = EmptyBody{};
      return call;
    }
    case Doing::status:
      return ask("read how the processing goes", "media/upload",
                 {{"command", "STATUS"}, {"media_id", notes.text(kId)}});
    case Doing::describe:
      break;
  }
  const json::object text{{"alt_text", {{"text", medium.alt_text}}}};
  return send_json("describe picture " + std::to_string(notes.list(kReady).size() + 1),
                   "media/metadata",
                   json::serialize(json::object{{"id", notes.text(kId)}, {"metadata", text}}));
}

Absorbed absorb_of_media(const Input& input, Notes notes, const Answer& answer) {
  const Doing done = doing(input, notes);
  if (auto fault = fault_in(input, answer)) {
    if (fault->visible == Verdict::unknown) return in_doubt(notes, std::move(fault->error));
    // X lost the upload, or has not all of it.
    const bool lost =
        fault->error.kind == ErrorKind::invalid || fault->error.kind == ErrorKind::not_found;
    const bool may_be_lost = done == Doing::append || done == Doing::finalize ||
                             done == Doing::status || done == Doing::describe;
    if (lost && may_be_lost) return again(notes, std::move(fault->error));
    return refused(notes, std::move(fault->error));
  }
  const JsonAnswer json(answer.body);
  switch (done) {
    case Doing::append:
      notes.count(kSegments);
      return accepted(notes, meter(input, notes));
    case Doing::describe:
      notes.add(kReady, notes.text(kId));
      return accepted(without_current(std::move(notes)));
    case Doing::upload:
    case Doing::initialize: {
      const std::string id = json.text("/data/id");
      if (id.empty()) return in_doubt(notes, nonsense(answer, "X"));
      notes.set(kId, id);
      if (done == Doing::initialize) return accepted(notes, meter(input, notes));
      return absorb_state(input, notes.set(kSent, "yes"), json);
    }
    case Doing::finalize:
    case Doing::status:
      break;
  }
  if (!json.has("/data")) return in_doubt(notes, nonsense(answer, "X"));
  return absorb_state(input, notes.set(kSent, "yes"), json);
}

Answer imagine_of_media(const Input& input, const Notes& notes) {
  const bool slow = facts_of(input, notes).type == MediaType::video;
  const std::string id = R"({"data":{"id":"1")";
  if (doing(input, notes) != Doing::finalize || !slow) return {.status = 200, .body = id + "}}"};
  return {.status = 200,
          .body = id + R"(,"processing_info":{"state":"pending","check_after_secs":5}}})"};
}

}  // namespace herald::twitter_flows
