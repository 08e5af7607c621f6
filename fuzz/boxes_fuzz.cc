// Whatever the boxes say, at most 64 KiB of headers are read and the facts stay within the file.
#include "media/boxes.h"

#include <cstdlib>

using namespace herald;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  media::MemoryBytes file({reinterpret_cast<const char*>(data), size});
  const auto layout = media::read_layout(file);
  if (file.bytes_read() > 64 * 1024) std::abort();
  if (layout && layout->moov_bytes > size) std::abort();
  return 0;
}
