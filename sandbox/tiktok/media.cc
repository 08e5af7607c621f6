#include "sandbox/tiktok/media.h"

#include <algorithm>
#include <array>

#include "sandbox/image_facts.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr int kSideMin = 360;
constexpr int kSideMax = 4096;
constexpr std::int64_t kLongestS = 600;
constexpr std::size_t kPhotoBytesMax = 20ULL * 1000 * 1000;
constexpr std::array<std::string_view, 6> kCodecs = {"avc1", "avc3", "hvc1",
                                                     "hev1", "vp08", "vp09"};

bool is_webm(std::string_view bytes) { return bytes.starts_with("\x1A\x45\xDF\xA3"); }

// Only headers are read, and a WebM's not at all: its length and size are taken on trust.
std::string judge_film(const User& creator, std::string_view bytes, Medium& medium) {
  if (is_webm(bytes)) {
    medium.type = "video/webm";
    return {};
  }
  const auto facts = video_facts(bytes);
  if (!facts || std::ranges::find(kCodecs, facts->codec) == kCodecs.end())
    return "file_format_check_failed";
  medium.type = bytes.substr(8, 4) == "qt  " ? "video/quicktime" : "video/mp4";
  medium.duration_ms = facts->duration_ms;
  medium.width = facts->width;
  medium.height = facts->height;
  const auto [shorter, longer] = std::minmax({facts->width, facts->height});
  if (shorter < kSideMin || longer > kSideMax) return "picture_size_check_failed";
  if (facts->duration_ms > std::min(creator.longest_s, kLongestS) * 1000)
    return "duration_check_failed";
  return {};
}

std::string judge_photo(const Context& x, std::string_view bytes, Medium& medium) {
  const auto facts = image_facts(bytes);
  if (!facts || (facts->format != "jpeg" && facts->format != "webp"))
    return "file_format_check_failed";
  medium.type = "image/" + facts->format;
  medium.width = facts->width;
  medium.height = facts->height;
  const auto [shorter, longer] = std::minmax({facts->width, facts->height});
  const bool large = shorter > 1080 || longer > 1920;
  if (bytes.size() > kPhotoBytesMax || (large && x.choice("photo_size") == "1080p"))
    return "picture_size_check_failed";
  return {};
}

}  // namespace

std::string keep_film(Context& x, const User& creator, std::string_view bytes, Medium& medium) {
  auto failure = judge_film(creator, bytes, medium);
  if (failure.empty()) medium.digest = x.world.media.keep(bytes);
  return failure;
}

std::string keep_photo(Context& x, const Fetched& file, Medium& medium) {
  if (file.outcome != Fetched::Outcome::ok || file.status != 200) return "photo_pull_failed";
  auto failure = judge_photo(x, file.body->view(), medium);
  if (failure.empty()) medium.digest = x.world.media.keep(file.body->view());
  return failure;
}

}  // namespace herald::sandbox::tiktok
