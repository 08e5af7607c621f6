#include "http/server/request_head.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace herald::http {
namespace {

constexpr std::array<std::string_view, 10> kHop{"Connection",
                                                "Keep-Alive",
                                                "Proxy-Connection",
                                                "Proxy-Authenticate",
                                                "Proxy-Authorization",
                                                "TE",
                                                "Trailer",
                                                "Transfer-Encoding",
                                                "Upgrade",
                                                "Content-Length"};

std::vector<std::string> named_by_connection(const Headers& headers) {
  std::vector<std::string> names;
  for (const auto& header : headers.all()) {
    if (!same_name(header.name, "Connection")) continue;
    std::string name;
    for (const char c : header.value + ",") {
      if (c == ',') {
        if (!name.empty()) names.push_back(std::exchange(name, {}));
      } else if (c != ' ' && c != '\t') {
        name += c;
      }
    }
  }
  return names;
}

bool is_among(const auto& names, std::string_view name) {
  return std::ranges::any_of(names, [name](std::string_view one) { return same_name(one, name); });
}

}  // namespace

std::string request_head(const Request& request, std::string_view host,
                         const RequestFraming& framing) {
  const auto named = named_by_connection(request.headers);
  std::string head;
  head.reserve(1024);
  head.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\nHost: ");
  head.append(host).append("\r\n");
  for (const auto& header : request.headers.all()) {
    if (is_among(kHop, header.name) || is_among(named, header.name)) continue;
    if (same_name(header.name, "Host") || same_name(header.name, "Expect")) continue;
    head.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  if (framing.chunked) {
    head.append("Transfer-Encoding: chunked\r\n");
  } else if (framing.length_bytes) {
    head.append("Content-Length: ").append(std::to_string(*framing.length_bytes)).append("\r\n");
  }
  if (framing.asks_first) head.append("Expect: 100-continue\r\n");
  return head.append("\r\n");
}

void strip_hop_headers(Headers& headers) {
  auto names = named_by_connection(headers);
  names.insert(names.end(), kHop.begin(), kHop.end());
  for (const auto& name : names) headers.remove(name);
}

}  // namespace herald::http
