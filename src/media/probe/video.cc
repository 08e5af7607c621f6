#include "media/probe/video.h"

extern "C" {
#include <libavformat/avformat.h>
}

#include <string>
#include <utility>

#include "media/boxes.h"
#include "media/probe/opened_video.h"

namespace herald::media {
namespace {

constexpr int kSideMax = 16'384;

std::int64_t duration_ms(const AVFormatContext& format, const AVStream& stream) {
  if (format.duration > 0) return av_rescale(format.duration, 1000, AV_TIME_BASE);
  if (stream.duration <= 0 || stream.time_base.den <= 0) return 0;
  return av_rescale(stream.duration, std::int64_t{1000} * stream.time_base.num,
                    stream.time_base.den);
}

double frames_per_second(const AVStream& stream) {
  const auto rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
  const double fps = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
  return fps < 1000 ? fps : 0;
}

Result<MediaFacts> read_streams(const AVFormatContext& format) {
  MediaFacts facts;
  facts.type = MediaType::video;
  const AVStream* picture = picture_of(format);
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    const AVStream& stream = *format.streams[i];
    if (facts.has_audio || stream.codecpar->codec_type != AVMEDIA_TYPE_AUDIO) continue;
    facts.has_audio = true;
    facts.audio_codec = avcodec_get_name(stream.codecpar->codec_id);
  }
  if (picture == nullptr) {
    return refuse_video("The video has no picture track. Upload one that has.");
  }
  facts.width = picture->codecpar->width;
  facts.height = picture->codecpar->height;
  if (facts.width <= 0 || facts.height <= 0 || facts.width > kSideMax || facts.height > kSideMax ||
      picture->codecpar->codec_id == AV_CODEC_ID_NONE) {
    return refuse_video(
        "The video's picture track is of an unknown kind. Export it as MP4 (H.264).");
  }
  if (clockwise_degrees(*picture) % 180 != 0) std::swap(facts.width, facts.height);
  facts.video_codec = avcodec_get_name(picture->codecpar->codec_id);
  facts.duration_ms = duration_ms(format, *picture);
  facts.frames_per_second = frames_per_second(*picture);
  return facts;
}

}  // namespace

Result<MediaFacts> probe_video(ByteSource& file, Container container) {
  MovieLayout layout;
  if (container == Container::iso) {
    HERALD_TRY(layout, read_layout(file));
  }
  HERALD_TRY(const auto video, OpenedVideo::open(file, container));
  HERALD_TRY(auto facts, read_streams(video->format()));
  facts.moov_first = layout.moov_first;
  return facts;
}

}  // namespace herald::media
