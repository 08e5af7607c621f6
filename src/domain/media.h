// One uploaded file: what was said about it, what was found in it, where it stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/ids.h"
#include "domain/time.h"

namespace herald {

enum class MediaType {
  image,
  video,
  document,  // PDF, PowerPoint, Word: a post of its own at some platforms.
  captions,  // What is said in a video, with times: WebVTT, SubRip.
};

constexpr const char* name_of(MediaType type) {
  constexpr const char* kNames[] = {"image", "video", "document", "captions"};
  return kNames[static_cast<int>(type)];
}

// What the bytes themselves say; nothing here is taken from the uploader's word. Pixels are as
// seen: after EXIF orientation or the video's rotation.
struct MediaFacts {
  MediaType type = MediaType::image;
  std::string content_type;  // "image/jpeg", "video/mp4", ...
  std::uint64_t size_bytes = 0;
  int width = 0;  // 0: it has no pixels.
  int height = 0;
  int frames = 0;                // Of an image: 1, more when it is animated. 0: not counted.
  std::int64_t duration_ms = 0;  // 0: a still.
  std::string video_codec;       // FFmpeg's name: "h264", "hevc", "vp9", ...; empty: none.
  std::string audio_codec;       // "aac", "opus", ...; empty: none.
  double frames_per_second = 0;  // The average; 0: unknown or a still.
  bool has_audio = false;
  bool moov_first = false;  // The index stands before the bytes: it can be played while fetched.
  std::string sha256_hex;   // Empty until the whole was read once.

  friend bool operator==(const MediaFacts&, const MediaFacts&) = default;
};

// Width by height; 0 when the height is unknown.
inline double ratio(const MediaFacts& facts) {
  return facts.height > 0 ? static_cast<double>(facts.width) / facts.height : 0;
}

enum class MediaStatus {
  uploading,   // Bytes are missing.
  processing,  // All there; being looked at.
  ready,
  refused,  // Not usable; `problem` says why.
};

struct Medium {
  MediaId id;
  CustomerId customer;
  UserId user;
  std::string filename;       // As the uploader named it: shown, never opened.
  std::string declared_type;  // The uploader's word; may be empty.
  std::uint64_t declared_bytes = 0;
  MediaStatus status = MediaStatus::uploading;
  std::uint64_t received_bytes = 0;
  MediaFacts facts;                   // Of the original; meaningful when ready.
  std::optional<MediaFacts> jpeg;     // The rendition for platforms that take only JPEG.
  std::optional<MediaFacts> preview;  // A JPEG within 1080p of a larger picture; a video's frame.
  std::string problem;                // One plain sentence when refused.
  Time created_at{};
  Time touched_at{};  // While uploading: when bytes last came, at least to some minutes.
};

}  // namespace herald
