// What an image's header says. Only headers are read; pixels are nobody's business here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace herald::sandbox {

struct ImageFacts {
  std::string format;  // "jpeg", "mpo" (several pictures in one JPEG), "png", "gif", "webp".
  int width = 0;       // Pixels as stored; 0 where the format's header was not read.
  int height = 0;
};

// Empty: no image that is known here, or a header that breaks off.
std::optional<ImageFacts> image_facts(std::string_view bytes);

}  // namespace herald::sandbox
