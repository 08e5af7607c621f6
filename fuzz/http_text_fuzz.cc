// The small readers of untrusted text: paths, queries, cookies, Accept-Encoding.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/server/accept_encoding.h"
#include "http/server/cookie.h"
#include "http/server/query.h"
#include "http/server/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace herald::http;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (decode_percent(text) && !is_utf8(*decode_percent(text))) std::abort();
  if (is_utf8(text) && text.find('\0') == std::string_view::npos &&
      decode_percent(encode_percent(text)) != text) {
    std::abort();
  }
  if (const auto path = decode_path(text)) {
    if ((*path + "/").find("/../") != std::string::npos) std::abort();
  }
  (void)Query::parse(text);
  (void)choose_coding(text);
  Headers headers;
  headers.add("Cookie", std::string(text));
  if (const auto value = find_cookie(headers, "n")) {
    if (!set_cookie({.name = "n", .value = *value})) std::abort();
  }
  return 0;
}
