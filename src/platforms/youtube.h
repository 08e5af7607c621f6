// YouTube channels: a resumable upload whose last chunk makes the video exist.
// Source: developers.google.com/youtube/v3, checked 2026-11-22.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::youtube_flows {

const PlatformSpec& spec();

FlowSteps discover();
FlowSteps lookup();
FlowSteps publish();
FlowSteps find();
FlowSteps follow_up();
FlowSteps measure();

std::vector<Violation> check(const Input& input);
Answer imagine(const Input& input, const Progress& progress, const Call& call);

// ---------------------------------------------------------------- Errors

// One line of the table: what an error's reason means.
struct Rule {
  std::string_view reason;
  ErrorKind kind;
  // What it proves about the chunk that would complete a video: `refused` or `unknown`.
  Verdict visible;
  const char* name;     // Error::code.
  const char* message;  // For a person.
};
std::span<const Rule> rules();

struct Fault {
  std::string reason;  // Empty when the answer names none.
  Error error;
  Verdict visible = Verdict::unknown;
};

// Nothing when the answer is a success.
std::optional<Fault> fault_in(const Input& input, const Answer& answer);

// What a video's own status says went wrong: failureReason, rejectionReason.
std::optional<Error> processing_error(std::string_view upload_status, std::string_view reason);

// ---------------------------------------------------------------- What the flows share

// Notes of the publish flow that find() reads and changes:
//   session     the upload session's address; as good as a credential
//   session_at  when it was begun, ms, as YouTube's own clock said; missing where it did not
//   offset      bytes that the platform has stored
//   heard_at    when it said so, ms
//   doubted     a last chunk may still be on its way to this session
//   video_id    once the video exists
inline constexpr const char* kSession = "session";
inline constexpr const char* kSessionAt = "session_at";
inline constexpr const char* kOffset = "offset";
inline constexpr const char* kHeardAt = "heard_at";
inline constexpr const char* kDoubted = "doubted";
inline constexpr const char* kVideoId = "video_id";

// Where lookup() puts the channel's playlists.
inline constexpr const char* kPlaylists = "playlists";

// A call to the Data API with the person's token: "videos" -> .../youtube/v3/videos.
Call get(std::string step, std::string_view resource, std::vector<Field> query);

// Asks an upload session how far it is. Changes nothing.
Call query_session(const Notes& notes, std::uint64_t total);

// What an upload session answered: 308 with the bytes stored, or the video.
struct SessionAnswer {
  enum class What { incomplete, complete, gone, other };
  What what = What::other;
  std::uint64_t stored = 0;  // incomplete: bytes, from the start.
  std::string video_id;      // complete: the id of what was uploaded.
};
SessionAnswer session_answer(const Answer& answer);

// An upload session's address is where the token goes next: only to Google.
bool is_ours(const std::string& address);

// The follow-up "captions". Notes: "session"; "done" when it is over.
Step next_captions(const Input& input, const Notes& notes);
Absorbed absorb_captions(const Input& input, Notes notes, const Answer& answer);

std::uint64_t file_size(const Input& input);
// Every chunk but the last has this size: a multiple of 256 KiB.
std::uint64_t chunk_size(std::uint64_t total);

// The snippet and status that go with the upload, as JSON.
std::string video_resource(const Input& input);

// What the tags count against their limit: lengths, two more for a tag with a space, and a comma
// between tags.
std::int64_t tags_total(const std::vector<std::string>& tags);

inline std::string watch_url(const std::string& video_id) {
  return "https://www.youtube.com/watch?v=" + video_id;
}

}  // namespace herald::youtube_flows
