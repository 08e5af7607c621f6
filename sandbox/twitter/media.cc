#include "sandbox/twitter/media.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/gif.h"
#include "sandbox/image_facts.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

// Limits: docs.x.com, media best practices, looked up 2026-08-22.
constexpr std::int64_t kMegabyte = 1024 * 1024;
constexpr std::int64_t kImageBytes = 5 * kMegabyte;
constexpr std::int64_t kGifBytes = 15 * kMegabyte;
constexpr std::int64_t kVideoBytes = 512 * kMegabyte;
constexpr std::int64_t kPremiumVideoBytes = 16'384 * kMegabyte;
constexpr std::int64_t kGifFrames = 350;
constexpr std::int64_t kGifPixels = 300'000'000;
constexpr std::int64_t kShortestVideoMs = 500;
constexpr std::int64_t kLongestVideoMs = 4LL * 60 * 60 * 1000;
constexpr std::int64_t kReadyLifeS = 86'400;
constexpr int kSmallestSide = 32;

bool is_video(const Medium& medium) { return medium.category.ends_with("video"); }
bool is_gif(const Medium& medium) { return medium.category.ends_with("gif"); }

std::string video_fault(const Context& x, const VideoFacts& facts) {
  const auto [short_side, long_side] = std::minmax(facts.width, facts.height);
  const bool published = x.choice("video_size") == "published";
  if (facts.codec != "avc1") return "Unsupported video codec: " + facts.codec;
  if (facts.duration_ms < kShortestVideoMs || facts.duration_ms > kLongestVideoMs)
    return "Video duration is out of range";
  if (short_side < kSmallestSide || long_side > (published ? 1280 : 1920) ||
      short_side > (published ? 1024 : 1200))
    return fmt::format("Video dimensions {}x{} are out of range", facts.width, facts.height);
  if (long_side > 3 * short_side) return "Video aspect ratio is out of range";
  return {};
}

void look_into_video(const Context& x, Medium& medium, std::string_view bytes) {
  const auto facts = video_facts(bytes);
  if (!facts) {
    medium.failure = "Unsupported video format";
    return;
  }
  medium.width = facts->width;
  medium.height = facts->height;
  medium.duration_ms = facts->duration_ms;
  medium.failure = video_fault(x, *facts);
}

void look_into_gif(Medium& medium, std::string_view bytes) {
  const auto facts = gif_facts(bytes);
  if (!facts) {
    medium.failure = "Unsupported GIF format";
    return;
  }
  medium.width = facts->width;
  medium.height = facts->height;
  const auto pixels = facts->frames * facts->width * facts->height;
  if (facts->width > 1280 || facts->height > 1080) medium.failure = "GIF dimensions are too large";
  if (facts->frames > kGifFrames) medium.failure = "GIF has too many frames";
  if (pixels > kGifPixels) medium.failure = "GIF has too many pixels";
}

Checked<Done> look_into_image(Medium& medium, std::string_view bytes) {
  const auto facts = image_facts(bytes);
  if (!facts) return Refused(invalid("media type unrecognized."));
  medium.type = "image/" + (facts->format == "mpo" ? "jpeg" : facts->format);
  medium.width = facts->width;
  medium.height = facts->height;
  return Done{};
}

void begin_processing(Context& x, Medium& medium) {
  const auto usual_ms = is_video(medium) ? 3000 + medium.duration_ms / 8 : 1500;
  medium.started_ms = x.now_ms();
  medium.ready_ms = x.now_ms() + x.scaled(usual_ms);
  if (!x.state.outcomes.empty()) {
    const auto outcome = x.state.outcomes.front();
    x.state.outcomes.erase(x.state.outcomes.begin());
    if (outcome != "succeeded") medium.failure = outcome;
  }
}

json::object processing_info(const Context& x, const Medium& medium) {
  const auto passed = x.now_ms() - medium.started_ms;
  const auto whole = std::max<std::int64_t>(1, medium.ready_ms - medium.started_ms);
  if (x.now_ms() < medium.ready_ms) {
    const auto percent = passed * 100 / whole;
    if (percent < 10) return {{"state", "pending"}, {"check_after_secs", 1}};
    return {{"state", "in_progress"}, {"check_after_secs", 1}, {"progress_percent", percent}};
  }
  if (medium.failure.empty()) return {{"state", "succeeded"}, {"progress_percent", 100}};
  json::object info{{"state", "failed"}};
  if (x.on("processing_error"))
    info["error"] =
        json::object{{"code", 1}, {"name", "InvalidMedia"}, {"message", medium.failure}};
  return info;
}

}  // namespace

std::string media_key(const Medium& medium) {
  return (is_video(medium) ? "7_" : is_gif(medium) ? "16_" : "3_") + medium.id;
}

bool may_use(const Medium& medium, const std::string& user) {
  return medium.owner == user || std::ranges::count(medium.other_owners, user) > 0;
}

bool ready_to_post(const Medium& medium, std::int64_t now_ms) {
  return medium.finalized && medium.failure.empty() && !medium.category.starts_with("dm_") &&
         now_ms < medium.expires_ms && now_ms >= medium.ready_ms;
}

std::string_view usual_category(std::string_view type) {
  if (type == "image/gif") return "tweet_gif";
  if (type.starts_with("image/")) return "tweet_image";
  if (type.starts_with("video/")) return "tweet_video";
  return type.starts_with("text/") ? "subtitles" : "";
}

Checked<Done> check_size(std::string_view category, std::int64_t bytes, bool premium) {
  const auto most = category.ends_with("image")               ? kImageBytes
                    : category.ends_with("gif")               ? kGifBytes
                    : category.ends_with("video") && !premium ? kVideoBytes
                                                              : kPremiumVideoBytes;
  if (bytes > most) return Refused(invalid(fmt::format("File size exceeds {} bytes.", most)));
  return Done{};
}

Checked<Done> take_file(Context& x, Medium& medium, std::string_view bytes) {
  if (is_video(medium)) look_into_video(x, medium, bytes);
  if (is_gif(medium)) look_into_gif(medium, bytes);
  if (medium.category.ends_with("image")) HERALD_CHECK(look_into_image(medium, bytes));
  medium.digest = x.world.media.keep(bytes);
  medium.size = static_cast<std::int64_t>(bytes.size());
  medium.finalized = true;
  medium.expires_ms = x.now_ms() + kReadyLifeS * 1000;
  if (is_video(medium) || is_gif(medium)) begin_processing(x, medium);
  return Done{};
}

std::string media_status(const Context& x, const Medium& medium) {
  json::object data{{"id", medium.id},
                    {"media_key", media_key(medium)},
                    {"size", medium.size},
                    {"expires_after_secs", (medium.expires_ms - x.now_ms()) / 1000}};
  if (medium.started_ms != 0) data["processing_info"] = processing_info(x, medium);
  return json::serialize(json::object{{"data", std::move(data)}});
}

}  // namespace herald::sandbox::twitter
