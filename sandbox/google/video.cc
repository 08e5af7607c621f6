#include "sandbox/google/video.h"

#include <algorithm>

#include "sandbox/google/time.h"

namespace herald::sandbox::google {

namespace {

constexpr std::int64_t kHourMs = 60LL * 60 * 1000;
constexpr std::int64_t kShortMaxMs = 3LL * 60 * 1000;

// FNV-1a, so that a video's numbers are its own and the same in every run of one seed.
std::uint64_t mixed(std::uint64_t seed, std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash ^ (hash >> 29);
}

bool gone(const Video& video) { return !video.failure.empty() || !video.rejection.empty(); }

}  // namespace

std::string_view upload_status(const Video& video, std::int64_t now_ms) {
  if (now_ms < video.ready_ms) return "uploaded";
  if (!video.failure.empty()) return "failed";
  return video.rejection.empty() ? "processed" : "rejected";
}

bool is_short(const Video& video) {
  return video.width > 0 && video.width <= video.height && video.duration_ms > 0 &&
         video.duration_ms <= kShortMaxMs;
}

std::string watch_link(const Video& video) { return "https://www.youtube.com/watch?v=" + video.id; }

void tell(Context& google, const Video& video, std::string event) {
  const auto* identity = google.directory.identity(video.channel);
  LedgerEntry entry{.at_ms = google.now_ms(),
                    .platform = "youtube",
                    .account = video.channel,
                    .account_name = identity != nullptr ? identity->handle : std::string(),
                    .event = std::move(event),
                    .kind = is_short(video) ? "short" : "video",
                    .audience = video.privacy,
                    .id = video.id,
                    .title = video.title,
                    .text = video.description,
                    .link = watch_link(video)};
  entry.media.push_back({.digest = video.digest, .type = video.file_type});
  google.world.ledger.record(std::move(entry));
}

void forget_video(Context& google, const Video& video) {
  tell(google, video, "removed");
  const auto id = video.id;
  std::erase_if(google.state.comments, [&](const auto& comment) { return comment.video == id; });
  std::erase_if(google.state.captions, [&](const auto& track) { return track.video == id; });
  std::erase_if(google.state.playlist_items, [&](const auto& item) { return item.video == id; });
  std::erase_if(google.state.videos, [&](const auto& other) { return other.id == id; });
}

void settle_videos(Context& google) {
  const auto now = google.now_ms();
  for (auto& video : google.state.videos) {
    if (video.publish_at_ms != 0 && video.publish_at_ms <= now && !video.locked_private) {
      video.privacy = "public";
      video.published_ms = video.publish_at_ms;
      video.publish_at_ms = 0;
      tell(google, video, "changed");
    }
    if (video.settled || now < video.ready_ms) continue;
    video.settled = true;
    if (gone(video)) tell(google, video, "removed");
  }
}

std::int64_t plays(const Context& google, const Video& video, std::int64_t from_ms,
                   std::int64_t until_ms) {
  const auto now = google.now_ms();
  if (!reached_audience(video) || (gone(video) && now >= video.ready_ms)) return 0;
  const auto hours = [&](std::int64_t at) {
    return std::max<std::int64_t>(0, std::min(at, now) - video.published_ms) / kHourMs;
  };
  const auto an_hour =
      1 + static_cast<std::int64_t>(mixed(google.world.settings.seed, video.id) % 40);
  return an_hour * (hours(until_ms) - hours(from_ms));
}

}  // namespace herald::sandbox::google
