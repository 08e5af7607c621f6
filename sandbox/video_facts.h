// What an MP4 or MOV file says about itself (ISO/IEC 14496-12): its boxes, not its pictures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace herald::sandbox {

struct VideoFacts {
  std::int64_t duration_ms = 0;
  int width = 0;  // Of the first video track.
  int height = 0;
  double frames_per_second = 0;  // 0: the file does not say.
  std::string codec;             // Its sample entry: "avc1", "hvc1", "hev1", ...
  bool moov_first = false;       // The index stands before the media, as streaming wants it.
};

// Empty: no `ftyp`, no `moov` with a duration, or boxes that do not fit into each other.
std::optional<VideoFacts> video_facts(std::string_view bytes);

}  // namespace herald::sandbox
