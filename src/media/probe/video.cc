#include "media/probe/video.h"

extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/display.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "media/boxes.h"

namespace herald::media {
namespace {

constexpr int kReadBytes = 16 * 1024;
constexpr int kStreamsMax = 32;
constexpr int kSideMax = 16'384;

std::unexpected<Error> refuse(const char* message, std::string detail = {}) {
  auto error = fail(ErrorKind::invalid, message, std::move(detail));
  error.error().code = "media_refused";
  return error;
}

std::unexpected<Error> unreadable(int av_error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(av_error, text.data(), text.size());
  return refuse("The video is damaged or cut off. Export it anew and upload that.", text.data());
}

// What libavformat sees of the world: these bytes, within the budget.
struct Input {
  ByteSource& file;
  std::int64_t position = 0;

  static int read(void* self, std::uint8_t* room, int size) {
    auto& input = *static_cast<Input*>(self);
    if (size <= 0) return AVERROR(EINVAL);
    if (input.file.bytes_read() > kProbedBytesMax) return AVERROR_EXIT;
    const auto count =
        input.file.read_at(static_cast<std::uint64_t>(input.position),
                           {reinterpret_cast<char*>(room), static_cast<std::size_t>(size)});
    if (!count) return AVERROR(EIO);
    if (*count == 0) return AVERROR_EOF;
    input.position += static_cast<std::int64_t>(*count);
    return static_cast<int>(*count);
  }

  static std::int64_t seek(void* self, std::int64_t offset, int whence) {
    auto& input = *static_cast<Input*>(self);
    const auto size = static_cast<std::int64_t>(input.file.size());
    switch (whence & ~AVSEEK_FORCE) {
      case AVSEEK_SIZE:
        return size;
      case SEEK_SET:
        break;
      case SEEK_CUR:
        offset += input.position;
        break;
      default:
        return AVERROR(EINVAL);
    }
    if (offset < 0 || offset > size) return AVERROR(EINVAL);
    return input.position = offset;
  }
};

struct Closer {
  void operator()(AVIOContext* io) const {
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
using Io = std::unique_ptr<AVIOContext, Closer>;
using Format = std::unique_ptr<AVFormatContext, Closer>;

int open_nothing_else(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

Result<Format> open_format(const Io& io, Container container) {
  AVFormatContext* context = avformat_alloc_context();
  if (context == nullptr || !io) return unreadable(AVERROR(ENOMEM));
  context->pb = io.get();
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
  context->io_open = &open_nothing_else;
  context->max_streams = kStreamsMax;
  // The demuxer is named, so that none is looked for (M-03).
  const auto* demuxer = av_find_input_format(container == Container::iso ? "mov" : "matroska");
  const int error = avformat_open_input(&context, "", demuxer, nullptr);
  if (error < 0) return unreadable(error);  // It freed the context.
  return Format(context);
}

bool is_picture(const AVStream& stream) {
  return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
         (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
}

// A quarter turn swaps the sides.
bool is_turned(const AVStream& stream) {
  std::size_t size = 0;
  const auto* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  if (matrix == nullptr || size < 9 * sizeof(std::int32_t)) return false;
  const double degrees = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  return std::isfinite(degrees) && std::lround(degrees / 90) % 2 != 0;
}

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
  const AVStream* picture = nullptr;
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    const AVStream& stream = *format.streams[i];
    if (picture == nullptr && is_picture(stream)) picture = &stream;
    if (facts.has_audio || stream.codecpar->codec_type != AVMEDIA_TYPE_AUDIO) continue;
    facts.has_audio = true;
    facts.audio_codec = avcodec_get_name(stream.codecpar->codec_id);
  }
  if (picture == nullptr) return refuse("The video has no picture track. Upload one that has.");
  facts.width = picture->codecpar->width;
  facts.height = picture->codecpar->height;
  if (facts.width <= 0 || facts.height <= 0 || facts.width > kSideMax || facts.height > kSideMax ||
      picture->codecpar->codec_id == AV_CODEC_ID_NONE) {
    return refuse("The video's picture track is of an unknown kind. Export it as MP4 (H.264).");
  }
  if (is_turned(*picture)) std::swap(facts.width, facts.height);
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
  av_log_set_level(AV_LOG_QUIET);
  Input input{file};
  auto* buffer = static_cast<unsigned char*>(av_malloc(kReadBytes));
  const Io io(
      avio_alloc_context(buffer, kReadBytes, 0, &input, &Input::read, nullptr, &Input::seek));
  HERALD_TRY(const Format format, open_format(io, container));
  HERALD_TRY(auto facts, read_streams(*format));
  facts.moov_first = layout.moov_first;
  return facts;
}

}  // namespace herald::media
