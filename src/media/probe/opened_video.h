// A video as libavformat has it opened: its tracks, and packets within a budget of bytes. Nothing
// but the given bytes is read: no playlist, no other file, no network.
#pragma once

#include <memory>
#include <string>

#include "domain/result.h"
#include "media/byte_source.h"
#include "media/probe/video.h"

struct AVFormatContext;
struct AVStream;

namespace herald::media {

class OpenedVideo {
 public:
  // `file` must outlive it. invalid: it cannot be read as such a container.
  static Result<std::unique_ptr<OpenedVideo>> open(ByteSource& file, Container container);
  virtual ~OpenedVideo() = default;
  virtual AVFormatContext& format() = 0;
};

// The first track of moving pictures, or null.
AVStream* picture_of(const AVFormatContext& format);
// By how much its frames must be turned to be upright: 0, 90, 180 or 270.
int clockwise_degrees(const AVStream& stream);

// invalid, code "media_refused".
std::unexpected<Error> refuse_video(const char* message, std::string detail = {});
std::unexpected<Error> unreadable_video(int av_error);

}  // namespace herald::media
