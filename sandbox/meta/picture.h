// A picture or a film as the platform keeps it; the bytes lie on the MediaShelf.
#pragma once

#include <cstdint>
#include <string>

namespace herald::sandbox::meta {

struct Picture {
  std::string digest;
  std::string type;
  int width = 0;
  int height = 0;
  std::int64_t duration_ms = 0;  // 0: a still image.
};

}  // namespace herald::sandbox::meta
