#include "media/probe/opened_video.h"

extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/display.h>
}

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace herald::media {
namespace {

constexpr int kReadBytes = 16 * 1024;
constexpr int kStreamsMax = 32;

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
  if (context == nullptr || !io) return unreadable_video(AVERROR(ENOMEM));
  context->pb = io.get();
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
  context->io_open = &open_nothing_else;
  context->max_streams = kStreamsMax;
  // The demuxer is named, so that none is looked for (M-03).
  const auto* demuxer = av_find_input_format(container == Container::iso ? "mov" : "matroska");
  const int error = avformat_open_input(&context, "", demuxer, nullptr);
  if (error < 0) return unreadable_video(error);  // It freed the context.
  return Format(context);
}

// The input stands still while libavformat points into it.
class Opened final : public OpenedVideo {
 public:
  explicit Opened(ByteSource& file) : input_{file} {
    auto* buffer = static_cast<unsigned char*>(av_malloc(kReadBytes));
    io_.reset(
        avio_alloc_context(buffer, kReadBytes, 0, &input_, &Input::read, nullptr, &Input::seek));
  }
  Result<Done> start(Container container) {
    HERALD_TRY(format_, open_format(io_, container));
    return Done{};
  }
  AVFormatContext& format() override { return *format_; }

 private:
  Input input_;
  Io io_;
  Format format_;
};

}  // namespace

Result<std::unique_ptr<OpenedVideo>> OpenedVideo::open(ByteSource& file, Container container) {
  av_log_set_level(AV_LOG_QUIET);
  auto opened = std::make_unique<Opened>(file);
  HERALD_CHECK(opened->start(container));
  return opened;
}

AVStream* picture_of(const AVFormatContext& format) {
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    AVStream& stream = *format.streams[i];
    if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
        (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0) {
      return &stream;
    }
  }
  return nullptr;
}

int clockwise_degrees(const AVStream& stream) {
  std::size_t size = 0;
  const auto* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  if (matrix == nullptr || size < 9 * sizeof(std::int32_t)) return 0;
  const double left = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  if (!std::isfinite(left)) return 0;
  const auto quarters = static_cast<int>(std::lround(-left / 90));
  return (quarters % 4 + 4) % 4 * 90;
}

std::unexpected<Error> refuse_video(const char* message, std::string detail) {
  auto error = fail(ErrorKind::invalid, message, std::move(detail));
  error.error().code = "media_refused";
  return error;
}

std::unexpected<Error> unreadable_video(int av_error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(av_error, text.data(), text.size());
  return refuse_video("The video is damaged or cut off. Export it anew and upload that.",
                      text.data());
}

}  // namespace herald::media
