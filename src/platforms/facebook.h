// Facebook Pages: texts, links and photos go to the Page's feed, videos, reels and stories to edges
// of their own. Files are uploaded first, so that one call makes the whole post visible.
// Source: developers.facebook.com/docs/pages-api and .../graph-api/reference/page, checked
// 2026-11-22.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platforms/graph.h"
#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::facebook_flows {

const PlatformSpec& spec();
std::span<const graph::Rule> rules();

FlowSteps discover();
FlowSteps lookup();
FlowSteps publish();
FlowSteps find();
FlowSteps follow_up();
FlowSteps measure();

std::vector<Violation> check(const Input& input);
Answer imagine(const Input& input, const Progress& progress, const Call& call);

// ---------------------------------------------------------------- What the flows share

// Notes of the publish flow that find() reads and changes:
//   photos      ids of the unpublished photos, in order
//   video_id    of the video that is, or was, uploaded
//   finished    the call that makes the video visible was taken
//   doubts      how many times a look has shown that a call in doubt had no effect
inline constexpr const char* kPhotos = "photos";
inline constexpr const char* kVideo = "video_id";
inline constexpr const char* kFinished = "finished";
inline constexpr const char* kDoubts = "doubts";

// By Facebook's own lines and those that hold for all of Meta.
std::optional<graph::Fault> fault_in(const Answer& answer);

// "1122/feed"
std::string edge(const std::string& id, const char* name);

// An id as Facebook gives it: digits, and "_" between a Page's and a post's.
bool is_id(const std::string& text);

// When Facebook itself is to publish the post; nothing: at once.
std::optional<Time> scheduled_at(const Input& input);
// For a person; empty: it is not for later.
std::string schedule_note(const Input& input);

// Unknown outcomes of calls that nobody sees are plain failures.
Absorbed refused_quietly(const Notes& notes, graph::Fault fault);

// ---------------------------------------------------------------- Videos (facebook_video.cc)

// Videos, reels and stories of a video: uploaded, then finished by one visible call.
bool is_video(const Input& input);
Step next_of_video(const Input& input, Notes notes);
Absorbed absorb_of_video(const Input& input, Notes notes, const Answer& answer);
Answer imagine_of_video(const Input& input, const Notes& notes);

// How far a video is: its status, the post it became and the link to it.
Call video_call(const Input& input, const std::string& id, std::string step);
// Its publication has begun, or is over; what it says proves that the visible call was taken.
bool is_publishing(const Input& input, const Answer& answer);

}  // namespace herald::facebook_flows
