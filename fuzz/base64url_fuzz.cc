// Each byte string has one spelling, and only that one is read.
#include <cstdint>
#include <cstdlib>

#include "domain/encoding.h"

using namespace herald;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (from_base64url(to_base64url(input)) != input) std::abort();
  if (from_hex(to_hex(input)) != input) std::abort();
  const auto bytes = from_base64url(input);
  if (bytes && to_base64url(*bytes) != input) std::abort();
  return 0;
}
