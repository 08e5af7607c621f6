// Whose address a request counts for, where there are limits per address.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.h"

namespace herald::http {

// Proxies of our own whose X-Forwarded-For is believed. Everybody else's is what they like to
// write.
class TrustedProxies {
 public:
  // Numeric addresses, and networks ("10.0.0.0/8"); whatever else is in the list is nobody's.
  explicit TrustedProxies(const std::vector<std::string>& addresses);
  // The peer; behind a trusted one, whom that one names, and so on to the first that is not ours.
  std::string client_of(const Request& head) const;
  bool holds(std::string_view address) const;

 private:
  std::set<std::string, std::less<>> addresses_;  // As raw bytes.
};

// What one customer of a network provider has: an IPv4 address itself, of an IPv6 address the
// first 64 bits. A text that is no address comes back as it is.
std::string network_of(std::string_view address);

}  // namespace herald::http
