// Pictures through libvips: JPEG, PNG, WebP and GIF, no other loader. The descriptor is read from
// its beginning and not closed. Run start_images() once first.
#pragma once

#include <string>

#include "domain/media.h"
#include "domain/result.h"
#include "ports/media_probe.h"

namespace herald::media {

// internal: the library does not start.
Result<Done> start_images();

// Reads the header only. invalid: broken, more pixels than the budget, or too many frames.
Result<MediaFacts> probe_image(int file);

// Upright, sRGB, no metadata; transparency becomes white. Lowers the quality and then the size
// until the limit holds. Checks the budget before it decodes.
Result<Rendition> render_jpeg(int file, const JpegLimits& limits);

// A picture that was decoded elsewhere: three bytes a pixel, sRGB, row after row.
struct Pixels {
  std::string rgb;
  int width = 0;
  int height = 0;
  int clockwise_degrees = 0;  // By which it must be turned: 0, 90, 180 or 270.
};
Result<Rendition> render_jpeg(const Pixels& pixels, const JpegLimits& limits);

}  // namespace herald::media
