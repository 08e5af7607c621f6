// The whole way of a video: our box walk, then libavformat behind its byte budget.
#include "media/probe/video.h"

using namespace herald;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto container : {media::Container::iso, media::Container::matroska}) {
    media::MemoryBytes file(bytes);
    (void)media::probe_video(file, container);
  }
  return 0;
}
