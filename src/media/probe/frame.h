// One frame of a video as a picture.
#pragma once

#include "media/byte_source.h"
#include "media/probe/video.h"
#include "ports/media_probe.h"

namespace herald::media {

// The frame about a second in, or the last one before it that can be decoded; upright, scaled down.
// Decodes a bounded number of frames on one thread. Run start_images() once first. invalid: no
// frame can be had, or its codec is not among those that are decoded.
Result<Rendition> render_frame(ByteSource& file, Container container, const JpegLimits& limits);

}  // namespace herald::media
