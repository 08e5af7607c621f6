// Where the bytes of a post come from: the source_info of an init call, and its chunk rules
// (media transfer guide, looked up 2026-09).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/tiktok/body.h"
#include "sandbox/tiktok/context.h"
#include "sandbox/tiktok/refusal.h"

namespace herald::sandbox::tiktok {

struct Source {
  bool pulls = false;
  std::int64_t size = 0;
  std::int64_t chunk_size = 0;
  std::int64_t chunks = 0;
  std::vector<std::string> urls;
};

Checked<Source> read_film_source(const Context& x, const Body& info);
Checked<Source> read_photo_source(const Context& x, const Body& info);

// How many bytes the next chunk of an upload must have: the last one takes what remains.
std::int64_t next_chunk_size(const Task& task);

}  // namespace herald::sandbox::tiktok
