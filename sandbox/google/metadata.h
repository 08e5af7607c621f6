// The rules for what an app may say about a video, and their refusals (YU-05 to YU-10).
// https://developers.google.com/youtube/v3/docs/videos#resource
#pragma once

#include <string_view>

#include "sandbox/google/body.h"
#include "sandbox/google/query.h"
#include "sandbox/google/state.h"

namespace herald::sandbox::google {

// Everything but a thumbnail that can be asked of a video, by `part`.
Checked<Parts> video_parts(const Call& call);

// A new video's writable fields. `fallback_title` is used where no snippet was sent at all.
Checked<Video> read_draft(const boost::json::object& body, const Parts& parts,
                          std::string_view fallback_title);

// Replaces the sent parts of a video; a writable field left out of a sent part is cleared.
Checked<Done> rewrite(Video& video, const boost::json::object& body, const Parts& parts,
                      std::int64_t now_ms);

}  // namespace herald::sandbox::google
