// The addresses an operator sets, taken apart strictly: what two programs could read in two ways is
// no address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace herald {

struct WebAddress {
  bool https = false;  // Else plain http.
  std::string host;    // As written; "[::1]" with its brackets.
  int port = 0;        // 0: none is written.
  std::string rest;    // Path, query and fragment.

  bool on_this_machine() const {
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
  }
};

// Nothing: not http or https, userinfo, an empty host or port, a port out of range, or a character
// that does not stand in an address.
std::optional<WebAddress> read_web_address(std::string_view text);

// A name that may stand in the public DNS, in lower case: no address, no port, no name of a machine
// or network of one's own. What it resolves to is judged when it is called (net/address_guard.h).
bool is_public_host(std::string_view name);

}  // namespace herald
