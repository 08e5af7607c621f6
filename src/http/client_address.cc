#include "http/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "domain/encoding.h"

namespace herald::http {
namespace {

constexpr std::string_view kMapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);  // ::ffff:0:0/96
constexpr std::size_t kIpv4Bytes = 4;
constexpr std::size_t kNetworkBytes = 8;

// 4 or 16 bytes; empty: not a numeric address.
std::string bytes_of(std::string_view address) {
  const std::string text(address);
  std::array<char, 16> bytes{};
  if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return {bytes.data(), kIpv4Bytes};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return {};
  const std::string_view all(bytes.data(), bytes.size());
  return std::string(all.starts_with(kMapped) ? all.substr(kMapped.size()) : all);
}

// Takes the last of a list with commas away from it.
std::string_view take_last(std::string_view& list) {
  const auto comma = list.rfind(',');
  auto last = comma == list.npos ? list : list.substr(comma + 1);
  list = list.substr(0, comma == list.npos ? 0 : comma);
  while (last.starts_with(' ')) last.remove_prefix(1);
  while (last.ends_with(' ')) last.remove_suffix(1);
  return last;
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& addresses) {
  for (const auto& text : addresses) {
    const auto slash = std::min(text.find('/'), text.size());
    std::string bytes = bytes_of(text.substr(0, slash));
    std::size_t bits = bytes.size() * 8;
    if (slash < text.size()) {
      bits = 0;
      std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
    }
    if (bits == 0 || bits > bytes.size() * 8) continue;
    bytes += static_cast<char>(bits);  // Behind the address: how much of it counts.
    addresses_.insert(std::move(bytes));
  }
}

bool TrustedProxies::holds(std::string_view address) const {
  const std::string bytes = bytes_of(address);
  return std::ranges::any_of(addresses_, [&bytes](const std::string& network) {
    if (bytes.size() + 1 != network.size()) return false;
    const auto bits = static_cast<unsigned char>(network.back());
    const std::size_t whole = bits / 8, rest = bits % 8;
    if (bytes.compare(0, whole, network, 0, whole) != 0) return false;
    const int differ = rest == 0 ? 0 : (bytes[whole] ^ network[whole]) & 0xff;
    return (differ >> (8 - rest)) == 0;
  });
}

std::string TrustedProxies::client_of(const Request& head) const {
  std::string client = head.peer;
  if (addresses_.empty() || !holds(client)) return client;
  std::string said;  // Several headers are one list (RFC 9110 section 5.3).
  for (const auto& header : head.headers.all()) {
    if (!same_name(header.name, "x-forwarded-for")) continue;
    said += (said.empty() ? "" : ",") + header.value;
  }
  std::string_view list = said;
  while (!list.empty() && holds(client)) {
    const auto before = take_last(list);
    if (bytes_of(before).empty()) break;
    client = before;
  }
  return client;
}

std::string network_of(std::string_view address) {
  const std::string bytes = bytes_of(address);
  if (bytes.empty()) return std::string(address);
  return to_hex(std::string_view(bytes).substr(0, kNetworkBytes));
}

}  // namespace herald::http
