// Whatever the bytes, they are admitted under one name at most.
#include "media/sniff.h"

#include <cstdlib>

using namespace herald;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view head(reinterpret_cast<const char*>(data), size);
  const auto format = media::admit(head, {});
  if (!format) return 0;
  if (media::admit(head, {"text/html", ""}) || media::admit(head, {"", "a.pdf"})) std::abort();
  const bool picture = media::admit(head, {"image/jpeg", ""}).has_value();
  const bool video = media::admit(head, {"video/mp4", ""}).has_value();
  if (picture && video) std::abort();
  return 0;
}
