#include "sandbox/tiktok/source.h"

#include <algorithm>

#include "sandbox/tiktok/address.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::int64_t kFileMax = 4LL * 1024 * 1024 * 1024;
constexpr std::int64_t kChunksMax = 1000;
constexpr std::size_t kPhotosMax = 35;

// The guide does not say whether its MB are decimal or binary.
struct ChunkSizes {
  std::int64_t least;
  std::int64_t most;
  std::int64_t last_most;
};
constexpr ChunkSizes kEither{5'000'000, 64LL * 1024 * 1024, 128LL * 1024 * 1024};
constexpr ChunkSizes kStrict{5LL * 1024 * 1024, 64'000'000, 128'000'000};

Checked<Done> check_chunks(const Context& x, const Source& source) {
  const auto& sizes = x.choice("chunk_sizes") == "strict" ? kStrict : kEither;
  if (source.size <= 0 || source.size > kFileMax)
    return wrong("video_size must be from 1 byte to 4 GB.");
  if (source.chunk_size <= 0 || source.chunk_size > source.size)
    return wrong("chunk_size must be from 1 byte to video_size.");
  if (source.chunks != source.size / source.chunk_size || source.chunks > kChunksMax)
    return wrong("The total chunk count is invalid.");
  const bool one_small = source.chunks == 1 && source.chunk_size == source.size;
  if (source.chunk_size < sizes.least && !one_small)
    return wrong("A chunk must have at least 5 MB.");
  if (source.chunk_size > sizes.most) return wrong("A chunk must have at most 64 MB.");
  if (source.size > sizes.most && source.chunks == 1)
    return wrong("A file of more than 64 MB needs more than one chunk.");
  if (source.size - (source.chunks - 1) * source.chunk_size > sizes.last_most)
    return wrong("The last chunk must have at most 128 MB.");
  return Done{};
}

Checked<Done> check_urls(const Context& x, const std::vector<std::string>& urls) {
  for (const auto& url : urls) {
    if (!may_pull(x, url)) return wrong("The URL must be https: " + url);
    if (!is_verified(x, url)) return Refused(refusal("url_ownership_unverified"));
  }
  return Done{};
}

}  // namespace

Checked<Source> read_film_source(const Context& x, const Body& info) {
  Source source;
  const auto named = info.text("source");
  if (named == "PULL_FROM_URL") {
    source.pulls = true;
    source.urls = {info.text("video_url")};
    if (!info.fault().empty()) return wrong(info.fault());
    HERALD_CHECK(check_urls(x, source.urls));
    return source;
  }
  if (named != "FILE_UPLOAD") return wrong("source must be FILE_UPLOAD or PULL_FROM_URL.");
  source.size = info.number("video_size").value_or(0);
  source.chunk_size = info.number("chunk_size").value_or(0);
  source.chunks = info.number("total_chunk_count").value_or(0);
  if (!info.fault().empty()) return wrong(info.fault());
  HERALD_CHECK(check_chunks(x, source));
  return source;
}

Checked<Source> read_photo_source(const Context& x, const Body& info) {
  if (info.text("source") != "PULL_FROM_URL")
    return wrong("Photos have no other source than PULL_FROM_URL.");
  Source source{.pulls = true, .urls = info.texts("photo_images")};
  const auto cover = info.number("photo_cover_index");
  if (!info.fault().empty()) return wrong(info.fault());
  if (source.urls.empty() || source.urls.size() > kPhotosMax)
    return wrong("photo_images must hold 1 to 35 addresses.");
  if (!cover || *cover < 0 || *cover >= static_cast<std::int64_t>(source.urls.size()))
    return wrong("photo_cover_index must point into photo_images.");
  HERALD_CHECK(check_urls(x, source.urls));
  return source;
}

std::int64_t next_chunk_size(const Task& task) {
  const bool last = task.stored_chunks + 1 >= task.chunks;
  return last ? task.size - task.stored : task.chunk_size;
}

}  // namespace herald::sandbox::tiktok
