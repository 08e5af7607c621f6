// What an uploaded file is, by its own bytes, and whether the instance takes it.
#pragma once

#include "sandbox/mastodon/refusal.h"

namespace herald::sandbox::mastodon {

// With the facts of the file filled in; refused as MA-39. `mime` is what the upload says it is.
Checked<Medium> examined(const Context& x, const Words& words, std::string_view bytes,
                         std::string_view mime);

// What GET /api/v2/instance advertises, by release.
std::vector<std::string> supported_types(const Context& x);

inline constexpr std::int64_t kMiB = 1024LL * 1024;
inline constexpr std::int64_t kImageMost = 16 * kMiB;
inline constexpr std::int64_t kVideoMost = 99 * kMiB;
inline constexpr std::int64_t kImagePixels = 33'177'600;
inline constexpr std::int64_t kGifPixels = 921'600;
inline constexpr std::int64_t kVideoPixels = 8'294'400;
inline constexpr std::int64_t kFramesASecond = 120;

}  // namespace herald::sandbox::mastodon
