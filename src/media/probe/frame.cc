#include "media/probe/frame.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include <algorithm>
#include <memory>
#include <string>

#include "media/probe/image.h"
#include "media/probe/opened_video.h"

namespace herald::media {
namespace {

constexpr std::int64_t kMomentMs = 1000;
constexpr int kFramesMax = 150;                  // Up to 120 a second, and some before the moment.
constexpr int kPacketsMax = 2000;                // Of all tracks.
constexpr std::int64_t kPixelsMax = 64ll << 20;  // 8K and more.

// What cameras and editors write. Every decoder more is more for a hostile file to choose from.
constexpr AVCodecID kDecoded[] = {AV_CODEC_ID_H264,  AV_CODEC_ID_HEVC,  AV_CODEC_ID_VP8,
                                  AV_CODEC_ID_VP9,   AV_CODEC_ID_AV1,   AV_CODEC_ID_MPEG4,
                                  AV_CODEC_ID_MJPEG, AV_CODEC_ID_PRORES};

struct Freer {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(SwsContext* context) const { sws_freeContext(context); }
};
using Decoder = std::unique_ptr<AVCodecContext, Freer>;
using Frame = std::unique_ptr<AVFrame, Freer>;
using Packet = std::unique_ptr<AVPacket, Freer>;

Result<Decoder> open_decoder(const AVStream& stream) {
  const AVCodecID id = stream.codecpar->codec_id;
  const AVCodec* codec =
      std::ranges::find(kDecoded, id) != std::end(kDecoded) ? avcodec_find_decoder(id) : nullptr;
  if (codec == nullptr) return refuse_video("Frames of this kind of video are not looked at.");
  Decoder decoder(avcodec_alloc_context3(codec));
  if (!decoder) return unreadable_video(AVERROR(ENOMEM));
  int error = avcodec_parameters_to_context(decoder.get(), stream.codecpar);
  decoder->thread_count = 1;
  decoder->max_pixels = kPixelsMax;
  decoder->pkt_timebase = stream.time_base;
  if (error >= 0) error = avcodec_open2(decoder.get(), codec, nullptr);
  if (error < 0) return unreadable_video(error);
  return decoder;
}

// Reads on until a frame is at or after the moment; keeps the newest that came.
class Reader {
 public:
  Reader(AVFormatContext& format, AVStream& stream, Decoder decoder)
      : format_(format), stream_(stream), decoder_(std::move(decoder)) {}

  Frame read() {
    const Packet packet(av_packet_alloc());
    if (!packet || !next_) return nullptr;
    const std::int64_t start = stream_.start_time == AV_NOPTS_VALUE ? 0 : stream_.start_time;
    moment_ = start + av_rescale_q(kMomentMs, {1, 1000}, stream_.time_base);
    const bool sought = av_seek_frame(&format_, stream_.index, moment_, AVSEEK_FLAG_BACKWARD) >= 0;
    if (!sought) av_seek_frame(&format_, stream_.index, start, AVSEEK_FLAG_BACKWARD);
    for (int i = 0; i < kPacketsMax && !done_; ++i) {
      if (av_read_frame(&format_, packet.get()) < 0) {
        take(nullptr);  // The decoder gives what it still holds.
        break;
      }
      if (packet->stream_index == stream_.index) take(packet.get());
      av_packet_unref(packet.get());
    }
    return std::move(newest_);
  }

 private:
  // What a damaged packet breaks, the next key frame may mend.
  void take(const AVPacket* packet) {
    if (avcodec_send_packet(decoder_.get(), packet) < 0) return;
    while (!done_ && avcodec_receive_frame(decoder_.get(), next_.get()) >= 0) {
      std::swap(newest_, next_);
      if (!next_) next_.reset(av_frame_alloc());
      done_ = !next_ || ++count_ >= kFramesMax || newest_->best_effort_timestamp >= moment_;
    }
  }

  AVFormatContext& format_;
  AVStream& stream_;
  Decoder decoder_;
  Frame newest_;
  Frame next_{av_frame_alloc()};
  std::int64_t moment_ = 0;
  int count_ = 0;
  bool done_ = false;
};

// Red, green and blue bytes, no wider than `max_width` once it stands upright.
Result<Pixels> pixels_of(const AVFrame& frame, int degrees, int max_width) {
  Pixels pixels;
  pixels.clockwise_degrees = degrees;
  const int across = degrees % 180 == 0 ? frame.width : frame.height;
  const double scale = std::min(1.0, static_cast<double>(max_width) / across);
  pixels.width = std::max(1, static_cast<int>(frame.width * scale));
  pixels.height = std::max(1, static_cast<int>(frame.height * scale));
  const auto format = static_cast<AVPixelFormat>(frame.format);
  const std::unique_ptr<SwsContext, Freer> scaler(
      sws_getContext(frame.width, frame.height, format, pixels.width, pixels.height,
                     AV_PIX_FMT_RGB24, SWS_AREA, nullptr, nullptr, nullptr));
  if (!scaler) return refuse_video("The video's frames are of an unknown kind.");
  const int matrix = frame.colorspace == AVCOL_SPC_UNSPECIFIED && frame.height >= 720
                         ? SWS_CS_ITU709
                         : static_cast<int>(frame.colorspace);
  sws_setColorspaceDetails(scaler.get(), sws_getCoefficients(matrix),
                           frame.color_range == AVCOL_RANGE_JPEG ? 1 : 0,
                           sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
  // Rows with room behind them: the scaler writes whole vectors.
  const auto row_bytes = static_cast<std::size_t>(pixels.width) * 3;
  const auto stride = (row_bytes + 63) / 64 * 64;
  const auto rows = static_cast<std::size_t>(pixels.height);
  std::string room(stride * rows + 64, '\0');
  std::uint8_t* const planes[4] = {reinterpret_cast<std::uint8_t*>(room.data())};
  const int strides[4] = {static_cast<int>(stride)};
  if (sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) !=
      pixels.height) {
    return refuse_video("The video's frames cannot be scaled.");
  }
  for (std::size_t row = 0; row < rows; ++row) pixels.rgb.append(room, row * stride, row_bytes);
  return pixels;
}

}  // namespace

Result<Rendition> render_frame(ByteSource& file, Container container, const JpegLimits& limits) {
  HERALD_TRY(const auto video, OpenedVideo::open(file, container));
  AVStream* stream = picture_of(video->format());
  if (stream == nullptr) return refuse_video("The video has no picture track.");
  HERALD_TRY(Decoder decoder, open_decoder(*stream));
  const Frame frame = Reader(video->format(), *stream, std::move(decoder)).read();
  if (!frame || frame->width <= 0 || frame->height <= 0) {
    return refuse_video("No frame of the video can be read.");
  }
  HERALD_TRY(const Pixels pixels, pixels_of(*frame, clockwise_degrees(*stream), limits.max_width));
  return render_jpeg(pixels, limits);
}

}  // namespace herald::media
