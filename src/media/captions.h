// Captions: WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format", 4.1) and SubRip, which nobody
// has written down: a number, a line of times, lines of text, an empty line.
#pragma once

#include <cstdint>
#include <string_view>

#include "domain/result.h"
#include "media/byte_source.h"

namespace herald::media {

inline constexpr std::uint64_t kCaptionsBytesMax = 1ULL << 20;

bool is_web_vtt(std::string_view head);

// Whether the first cue of a SubRip file stands here, in full.
bool begins_with_cue(std::string_view head);

// The whole must be small, UTF-8 and text; else invalid with a sentence for the uploader.
Result<Done> check_captions(ByteSource& file);

}  // namespace herald::media
