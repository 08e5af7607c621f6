// Looks into uploaded files, within bounds of memory, time and pixels that hostile bytes cannot
// move. invalid: the file is not what may be published; the message is one plain sentence for the
// uploader. Calls block (disk, some CPU) and are safe from any thread.
#pragma once

#include <cstdint>
#include <string>

#include "domain/media.h"
#include "domain/result.h"

namespace herald {

// The uploader's word, to be held against the bytes. Empty fields claim nothing.
struct DeclaredFile {
  std::string content_type;
  std::string filename;
};

struct JpegLimits {
  std::uint64_t max_bytes = 8ull << 20;  // Instagram's.
  int max_width = 1440;                  // Instagram's; wider is scaled down, never up.
};

// One JPEG, upright, sRGB, without metadata.
struct Rendition {
  std::string bytes;
  MediaFacts facts;  // With its hash.
};

class MediaProbe {
 public:
  virtual ~MediaProbe() = default;
  // Reads headers only, whatever the size; the hash stays empty.
  virtual Result<MediaFacts> probe(const std::string& path, const DeclaredFile& declared) = 0;
  // SHA-256 of the whole file in hex, in constant memory. Takes as long as reading it.
  virtual Result<std::string> hash(const std::string& path) = 0;
  // Decodes and encodes anew. For stills; of an animation the first frame is taken.
  virtual Result<Rendition> make_jpeg(const std::string& path, const JpegLimits& limits) = 0;
  // A JPEG of the frame about a second into a video, or of the nearest that can be read.
  virtual Result<Rendition> make_preview(const std::string& path, const JpegLimits& limits) = 0;
};

}  // namespace herald
