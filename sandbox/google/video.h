// A video over time: processing, publication, counters; and its resource as the API shows it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/google/context.h"
#include "sandbox/google/query.h"

namespace boost::json {
class object;
}

namespace herald::sandbox::google {

// "uploaded" while processing, then "processed", "failed" or "rejected".
std::string_view upload_status(const Video& video, std::int64_t now_ms);
inline bool reached_audience(const Video& video) { return video.published_ms != 0; }

// Square or upright and at most three minutes.
bool is_short(const Video& video);
std::string watch_link(const Video& video);

// The audience's view of it goes into the ledger; `event` is the ledger's word.
void tell(Context& google, const Video& video, std::string event);

// It is taken down, with its comments and its places in playlists.
void forget_video(Context& google, const Video& video);

// What time brings: schedules that come due, processing that ends.
void settle_videos(Context& google);

// Made-up plays between two instants; nothing before publication.
std::int64_t plays(const Context& google, const Video& video, std::int64_t from_ms,
                   std::int64_t until_ms);

// The asked parts; what only the owner may see when `owner`.
boost::json::object video_json(const Context& google, const Video& video, const Parts& parts,
                               bool owner);

}  // namespace herald::sandbox::google
