#include "sandbox/meta/facebook_video_file.h"

#include <algorithm>

#include "sandbox/meta/facebook_errors.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::meta {

namespace {

constexpr std::string_view kCrawler = "facebookexternalhit";
constexpr std::size_t kSmallestVideo = 64;
constexpr std::int64_t kProcessingMs = 8'000;

// What a reel's or story's processing ends with (fact sheet, 3.4 and 3.5).
constexpr int kBadFile = 6000;
constexpr int kBadAspect = 1363040;
constexpr int kBadResolution = 1363127;
constexpr int kBadDuration = 1363128;
constexpr int kBadFrameRate = 1363129;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  while (!out.empty() && (out.back() == ' ' || out.back() == '\r')) out.pop_back();
  out.erase(0, std::min(out.find_first_not_of(' '), out.size()));
  return out;
}

bool of_meta(const std::string& url) {
  return url.find("fbcdn.net/") != url.npos || url.find("cdninstagram.com/") != url.npos;
}

bool in_proportion(const VideoFacts& facts) {  // 9:16 to 16:9, give a percent for rounding.
  const double ratio = static_cast<double>(facts.width) / std::max(facts.height, 1);
  return ratio >= 9.0 / 16.0 * 0.99 && ratio <= 16.0 / 9.0 * 1.01;
}

int fault_of(const PageVideo& video, const VideoFacts& facts) {
  if (video.kind == "video") return 0;
  if (!in_proportion(facts)) return kBadAspect;
  const auto narrow = std::min(facts.width, facts.height);
  const auto wide = std::max(facts.width, facts.height);
  if (narrow < 540 || wide < 960) return kBadResolution;
  const auto rate = facts.frames_per_second;
  if (rate > 0 && (rate < 23.9 || rate > 60.1)) return kBadFrameRate;
  const std::int64_t longest_ms = video.kind == "story" ? 60'500 : 90'500;
  if (facts.duration_ms < 3'000 || facts.duration_ms > longest_ms) return kBadDuration;
  return 0;
}

}  // namespace

bool crawler_may_read(std::string_view robots, std::string_view path) {
  bool ours = false;
  bool in_agents = false;
  bool named = false;  // A group that names the crawler outweighs "*".
  bool closed = false;
  for (const auto& line : split(robots, "\n")) {
    const auto colon = line.find(':');
    if (colon == line.npos) continue;
    const auto key = lower(line.substr(0, colon));
    const auto value = lower(line.substr(colon + 1, line.find('#') - colon - 1));
    if (key == "user-agent") {
      if (!in_agents) ours = false;
      in_agents = true;
      const bool names = value.starts_with(kCrawler);
      if (names && !named) named = true, closed = false;
      ours = ours || names || (value == "*" && !named);
      continue;
    }
    in_agents = false;
    if (ours && key == "disallow" && !value.empty() && lower(path).starts_with(value))
      closed = true;
    if (ours && key == "allow" && value.size() > 1 && lower(path).starts_with(value))
      closed = false;
  }
  return !closed;
}

HostedFile hosted_file(const Call& call, const std::string& url) {
  HostedFile file;
  const auto host_at = url.find("://");
  if (!url.starts_with("http") || host_at == url.npos || of_meta(url)) {
    file.refused = refuse(kVideoUnfetched);
    return file;
  }
  const auto path_at = std::min(url.find('/', host_at + 3), url.size());
  const auto robots_url = url.substr(0, path_at) + "/robots.txt";
  const auto found = call.fetched.find(url);
  const auto robots = call.fetched.find(robots_url);
  if (found == call.fetched.end() || robots == call.fetched.end()) {
    file.fetch_first = {robots_url, url};
    return file;
  }
  const auto& rules = robots->second;
  const bool ruled = rules.outcome == Fetched::Outcome::ok && rules.status == 200;
  const auto& fetched = found->second;
  if ((ruled && !crawler_may_read(rules.body->view(), url.substr(path_at))) ||
      fetched.outcome != Fetched::Outcome::ok || fetched.status != 200)
    file.refused = refuse(kVideoUnfetched);
  else
    file.bytes = fetched.body;
  return file;
}

std::optional<GraphError> refuse_video(std::string_view bytes) {
  if (bytes.size() < kSmallestVideo) return refuse(kVideoTooSmall);
  if (!video_facts(bytes)) return refuse(kVideoBroken);
  return std::nullopt;
}

void take_video_bytes(World& world, PageVideo& video, std::string_view bytes) {
  video.upload_digest = world.media.keep(bytes);
  video.upload_size = static_cast<std::int64_t>(bytes.size());
  video.upload_total = video.upload_size;
  video.uploaded = true;
  const auto facts = video_facts(bytes);
  if (!facts) {
    video.failure = kBadFile;
    return;
  }
  video.failure = fault_of(video, *facts);
  video.picture = {.digest = video.upload_digest,
                   .type = "video/mp4",
                   .width = facts->width,
                   .height = facts->height,
                   .duration_ms = facts->duration_ms};
}

void begin_processing(const World& world, PageVideo& video) {
  const auto scaled = static_cast<double>(kProcessingMs) * world.settings.processing_scale;
  video.ready_ms = to_ms(world.clock.now()) + static_cast<std::int64_t>(scaled);
}

}  // namespace herald::sandbox::meta
