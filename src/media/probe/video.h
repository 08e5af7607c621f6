// Videos through libavformat: MP4 and MOV, and WebM and Matroska for their facts. Headers only: no
// decoder is opened, nothing but the given bytes is read (no playlist, no other file, no network).
#pragma once

#include <cstdint>

#include "domain/media.h"
#include "domain/result.h"
#include "media/byte_source.h"

namespace herald::media {

enum class Container { iso, matroska };

// More of a file is never read: its index may be large, its frames are not wanted.
inline constexpr std::uint64_t kProbedBytesMax = 80ull << 20;

// invalid: broken, without pictures, or built to harm.
Result<MediaFacts> probe_video(ByteSource& file, Container container);

}  // namespace herald::media
