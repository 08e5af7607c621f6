// What the platform takes of images and videos (fact sheet, content rules of Instagram).
#include <array>

#include "sandbox/image_facts.h"
#include "sandbox/meta/instagram.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::meta {

namespace {

constexpr std::size_t kMiB = 1024 * 1024;
constexpr std::size_t kImageMax = 8 * kMiB;
constexpr std::size_t kReelMax = 300 * kMiB;
constexpr std::size_t kStoryVideoMax = 100 * kMiB;
constexpr std::int64_t kImageMs = 2'000;
constexpr std::int64_t kVideoMs = 8'000;
constexpr int kVideoUnsupported = 2207026;
constexpr int kVideoWidthMax = 1920;

bool is_story(const Container& container) { return container.media_type == "STORIES"; }

bool aspect_allowed(const Picture& image) {
  return image.width * 5 >= image.height * 4 && image.width * 100 <= image.height * 191;
}

bool video_allowed(const Container& container, const VideoFacts& facts, std::size_t size) {
  static constexpr std::array kCodecs = {"avc1", "avc3", "hvc1", "hev1"};
  bool codec_known = false;
  for (const char* codec : kCodecs) codec_known = codec_known || facts.codec == codec;
  const std::int64_t longest_ms = is_story(container) ? 60'000 : 900'000;
  return codec_known && facts.width > 0 && facts.width <= kVideoWidthMax &&
         size <= (is_story(container) ? kStoryVideoMax : kReelMax) && facts.duration_ms >= 3'000 &&
         facts.duration_ms <= longest_ms + 500;
}

}  // namespace

Graph<Picture> read_image(GraphCall& graph, const Fetched& file, const std::string& url) {
  const auto failed = [](GraphError error) { return std::unexpected(std::move(error)); };
  if (file.outcome == Fetched::Outcome::timed_out) return failed(refuse(kDownloadSlow));
  if (file.outcome == Fetched::Outcome::too_large) return failed(refuse(kImageTooLarge));
  if (file.outcome != Fetched::Outcome::ok || file.status != 200)
    return failed(refuse(kDownloadFailed, {url}));
  const auto bytes = file.body->view();
  const auto facts = image_facts(bytes);
  if (!facts) return failed(refuse(kDownloadFailed, {url}));
  if (bytes.size() > kImageMax) return failed(refuse(kImageTooLarge));
  if (facts->format != "jpeg" && graph.world.switches.on("meta.jpeg_only"))
    return failed(refuse(kImageFormat, {facts->format}));
  return Picture{.digest = graph.world.media.keep(bytes),
                 .type = "image/" + facts->format,
                 .width = facts->width,
                 .height = facts->height};
}

std::optional<GraphError> take_image(GraphCall& graph, Container& container, const Fetched& file,
                                     const std::string& url) {
  auto picture = read_image(graph, file, url);
  if (!picture) return std::move(picture).error();
  if (!is_story(container) && !aspect_allowed(*picture))
    return refuse(kAspectRatio,
                  {std::to_string(picture->width) + "/" + std::to_string(picture->height)});
  container.pictures = {std::move(*picture)};
  start_processing(graph.world, container);
  return std::nullopt;
}

void take_video(World& world, Container& container, SharedBytes bytes) {
  const auto facts = video_facts(bytes->view());
  const bool in_order = facts && (facts->moov_first || !world.switches.on("meta.moov_first"));
  if (!in_order || !video_allowed(container, *facts, bytes->view().size())) {
    container.failure = kVideoUnsupported;
  } else {
    container.pictures = {{.digest = world.media.keep(bytes->view()),
                           .type = "video/mp4",
                           .width = facts->width,
                           .height = facts->height,
                           .duration_ms = facts->duration_ms}};
  }
  start_processing(world, container);
}

void start_processing(const World& world, Container& container) {
  const bool video = container.failure != 0 ||
                     (!container.pictures.empty() && container.pictures.front().duration_ms > 0);
  const double scaled =
      static_cast<double>(video ? kVideoMs : kImageMs) * world.settings.processing_scale;
  container.ready_ms = to_ms(world.clock.now()) + static_cast<std::int64_t>(scaled);
}

}  // namespace herald::sandbox::meta
