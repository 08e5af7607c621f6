// The box structure of an ISO base media file (MP4, MOV), read before any library sees the file:
// sizes that lie, endless nesting and absurd numbers of tracks end here. Reads box headers only, at
// most 64 KiB of any file.
#pragma once

#include <cstdint>

#include "domain/result.h"
#include "media/byte_source.h"

namespace herald::media {

struct MovieLayout {
  bool moov_first = false;
  bool fragmented = false;  // The index is spread over the file; its duration is not in the front.
  int tracks = 0;
  std::uint64_t moov_bytes = 0;
};

// invalid, with a sentence for the uploader: damaged, cut off, or built to harm.
Result<MovieLayout> read_layout(ByteSource& file);

}  // namespace herald::media
