// A Page's video as a file: where its bytes come from, and what the platform makes of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sandbox/meta/graph.h"

namespace herald::sandbox::meta {

// A file that the platform fetches itself, as `facebookexternalhit`.
struct HostedFile {
  std::vector<std::string> fetch_first;  // Not empty: ask again with these fetched.
  std::optional<GraphError> refused;     // FB-19: unreachable, or closed to the crawler.
  SharedBytes bytes;
};
HostedFile hosted_file(const Call& call, const std::string& url);
// False: robots.txt closes `path` to the crawler.
bool crawler_may_read(std::string_view robots, std::string_view path);

// All bytes are there. What is no film fails when its processing ends.
void take_video_bytes(World& world, PageVideo& video, std::string_view bytes);
// Processing begins; sets what it will end with.
void begin_processing(const World& world, PageVideo& video);
// kVideoTooSmall, kVideoBroken: what the platform says at once.
std::optional<GraphError> refuse_video(std::string_view bytes);

}  // namespace herald::sandbox::meta
