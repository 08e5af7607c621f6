// What a GIF file says about itself (GIF89a specification).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace herald::sandbox {

struct GifFacts {
  int width = 0;
  int height = 0;
  std::int64_t frames = 0;
};

// Empty: no GIF, or one that breaks off before its first frame.
std::optional<GifFacts> gif_facts(std::string_view bytes);

}  // namespace herald::sandbox
