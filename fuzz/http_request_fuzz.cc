// One request, given to the parser whole and in two parts: never a crash, never two readings.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/server/request_parser.h"

namespace {

using herald::http::RequestParser;

// What a connection would make of `bytes` if they came in these two parts.
std::string reading(std::string_view bytes, std::size_t split) {
  RequestParser parser({4096, 2048});
  std::string received(bytes.substr(0, split));
  auto head = parser.read_head(received);
  if (head && *head == 0) {
    received = bytes;
    head = parser.read_head(received);
  }
  if (!head) return "fault " + std::string(head.error().message);
  if (*head == 0) return "more";
  std::string rest(bytes.substr(*head));
  std::string body;
  for (std::size_t taken = 1; taken > 0 && !parser.done();) {
    const auto read = parser.read_body(rest, body);
    if (!read) return "bad body";
    taken = *read;
    rest.erase(0, taken);
  }
  auto& request = parser.request();
  if (request.path.empty() || request.path[0] != '/') std::abort();
  if (request.path.find('\0') != std::string::npos) std::abort();
  return request.method + " " + request.path + "?" + request.query + "\n" + body + "\n" +
         (parser.done() ? "done " : "more ") + rest;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t split = size == 0 ? 0 : data[0] * size / 256;
  if (reading(bytes, size) != reading(bytes, split)) std::abort();
  return 0;
}
