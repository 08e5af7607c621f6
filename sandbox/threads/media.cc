#include "sandbox/threads/media.h"

#include <algorithm>
#include <array>

#include "sandbox/image_facts.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::threads {

namespace {

constexpr std::size_t kMiB = 1024 * 1024;
constexpr std::size_t kImageMax = 8 * kMiB;
constexpr std::size_t kVideoMax = 1024 * kMiB;
constexpr std::int64_t kVideoMaxMs = 300'000;
constexpr std::int64_t kBitsASecondMax = 100'000'000;
constexpr int kColumnsMax = 1920;
constexpr int kRatioMax = 10;
constexpr int kNarrowest = 100;  // A film may be this often as high as it is wide.

std::string video_fault(const Context& x, const VideoFacts& facts, std::size_t size) {
  static constexpr std::array kCodecs = {"avc1", "avc3", "hvc1", "hev1"};
  const auto ms = facts.duration_ms;
  if (ms <= 0 || ms > kVideoMaxMs) return "INVALID_DURATION";
  if (facts.width <= 0 || facts.height <= 0) return "FAILED_PROCESSING_VIDEO";
  if (facts.width > facts.height * kRatioMax || facts.height > facts.width * kNarrowest)
    return "INVALID_ASPEC_RATIO";
  const auto frames = facts.frames_per_second;
  if (frames != 0 && (frames < 23 || frames > 60)) return "INVALID_FRAME_RATE";
  if (static_cast<std::int64_t>(size) * 8 * 1000 / ms > kBitsASecondMax) return "INVALID_BIT_RATE";
  const bool known = std::ranges::count(kCodecs, facts.codec) > 0;
  const bool in_order = facts.moov_first || !x.on("moov_first");
  if (!known || !in_order || facts.width > kColumnsMax || size > kVideoMax)
    return "FAILED_PROCESSING_VIDEO";
  return {};
}

}  // namespace

bool fetchable(const Context& x, const std::string& url) {
  const bool clean = std::ranges::all_of(url, [](char c) { return c > ' ' && c < '\x7f'; });
  if (!clean) return false;
  if (url.starts_with("https://") && url.size() > 8) return true;
  // This machine's own addresses, which the real platform could not reach, stand for public ones.
  const bool here = url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
  return here || (url.starts_with("http://") && x.choice("http_media") == "accepted");
}

Checked<Done> take_image(const Request& request, Container& container, const std::string& url) {
  const auto& file = request.call.fetched.at(url);
  const auto failed = [&] { return Refused(download_failed(request.x, url)); };
  if (file.outcome != Fetched::Outcome::ok || file.status != 200) return failed();
  const auto bytes = file.body->view();
  const auto facts = image_facts(bytes);
  if (!facts) return failed();
  const bool webp = facts->format == "webp" && request.x.choice("webp") == "accepted";
  if (facts->format != "jpeg" && facts->format != "png" && !webp) return failed();
  const auto longer = std::max(facts->width, facts->height);
  const auto shorter = std::min(facts->width, facts->height);
  if (bytes.size() > kImageMax || longer > shorter * kRatioMax)
    return Refused(invalid_parameter(request.x));
  container.medium.digest = request.x.world.media.keep(bytes);
  container.medium.type = "image/" + facts->format;
  return Done{};
}

void take_video(const Context& x, Container& container, const Fetched& file) {
  if (file.outcome != Fetched::Outcome::ok || file.status != 200) {
    container.failure = "FAILED_DOWNLOADING_VIDEO";
    return;
  }
  const auto bytes = file.body->view();
  const auto facts = video_facts(bytes);
  container.failure = facts ? video_fault(x, *facts, bytes.size()) : "UNKNOWN";
  if (!container.failure.empty()) return;
  container.medium.digest = x.world.media.keep(bytes);
  container.medium.type = "video/mp4";
  container.medium.duration_ms = facts->duration_ms;
}

}  // namespace herald::sandbox::threads
