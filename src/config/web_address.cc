#include "config/web_address.h"

#include <algorithm>
#include <charconv>

namespace herald {
namespace {

constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";

bool consists_of(std::string_view text, std::initializer_list<std::string_view> alphabets) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return std::ranges::any_of(alphabets, [c](auto alphabet) { return alphabet.contains(c); });
  });
}

// 0: that is none.
int port_of(std::string_view text) {
  int port = 0;
  const auto end = text.data() + text.size();
  const bool read =
      consists_of(text, {kDigits}) && std::from_chars(text.data(), end, port).ec == std::errc();
  return read && port >= 1 && port <= 65'535 ? port : 0;
}

bool is_host(std::string_view text) {
  if (!text.starts_with('[')) return consists_of(text, {kLetters, kDigits, ".-"});
  return text.size() > 2 && text.ends_with(']') &&
         consists_of(text.substr(1, text.size() - 2), {"0123456789abcdefABCDEF:."});
}

}  // namespace

std::optional<WebAddress> read_web_address(std::string_view text) {
  WebAddress address;
  address.https = text.starts_with("https://");
  if (!address.https && !text.starts_with("http://")) return std::nullopt;
  text.remove_prefix(text.find("//") + 2);

  const auto authority = text.substr(0, text.find_first_of("/?#"));
  address.rest = text.substr(authority.size());
  if (!address.rest.empty() &&
      !consists_of(address.rest, {kLetters, kDigits, "-._~:/?#[]@!$&'()*+,;=%"})) {
    return std::nullopt;
  }
  const auto bracket = authority.find(']');  // An IPv6 address has colons of its own.
  const auto end = authority.find(':', bracket == authority.npos ? 0 : bracket);
  address.host = authority.substr(0, end);
  if (!is_host(address.host)) return std::nullopt;
  if (end == authority.npos) return address;
  address.port = port_of(authority.substr(end + 1));
  if (address.port == 0) return std::nullopt;
  return address;
}

bool is_public_host(std::string_view name) {
  constexpr std::size_t kNameMax = 253;
  constexpr std::size_t kPartMax = 63;
  if (name.size() > kNameMax) return false;
  int parts = 0;
  std::string_view last;
  while (!name.empty()) {
    last = name.substr(0, name.find('.'));
    if (last.size() == name.size() - 1) return false;  // Nothing after the dot.
    if (!consists_of(last, {"abcdefghijklmnopqrstuvwxyz", kDigits, "-"})) return false;
    if (last.size() > kPartMax || last.starts_with('-') || last.ends_with('-')) return false;
    name.remove_prefix(std::min(last.size() + 1, name.size()));
    ++parts;
  }
  constexpr std::string_view kOwn[] = {"localhost", "local", "internal", "lan", "home", "arpa"};
  const bool number = consists_of(last.substr(0, 1), {kDigits});  // The end of an IPv4 address.
  return parts > 1 && !number && std::ranges::find(kOwn, last) == std::end(kOwn);
}

}  // namespace herald
