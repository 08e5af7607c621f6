// What a decoder that was taken over says is refused, or means the same when it is said again.
#include "media/probe_answer.h"

#include <cstdlib>

using namespace herald;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view answer(reinterpret_cast<const char*>(data), size);
  (void)media::read_rendition(answer);
  const auto facts = media::read_facts(answer);
  if (!facts) return 0;
  const auto again = media::read_facts(media::write_facts(*facts));
  if (!again || again->width != facts->width || again->video_codec != facts->video_codec) {
    std::abort();
  }
  return 0;
}
