// Whatever the bytes, they are admitted under one name at most.
#include "media/sniff.h"

#include <cstdlib>

using namespace herald;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  media::MemoryBytes file({reinterpret_cast<const char*>(data), size});
  const auto taken = [&](const char* type, const char* name) {
    return media::admit(file, {type, name}).has_value();
  };
  if (!taken("", "")) return 0;
  if (taken("text/html", "") || taken("", "a.html")) std::abort();
  const int claims = taken("image/jpeg", "") + taken("video/mp4", "") +
                     taken("application/pdf", "") + taken("text/vtt", "");
  if (claims > 1) std::abort();
  return 0;
}
