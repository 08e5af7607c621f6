#include "sandbox/tiktok/address.h"

#include <algorithm>

#include "sandbox/query.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::size_t kRedirectMax = 512;

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_number_address(std::string_view host) {
  return std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

// What the portal would have let the developer enter.
bool could_be_registered(const Address& address, std::string_view written) {
  if (written.size() >= kRedirectMax) return false;
  if (address.is_loopback()) return !address.port.empty();
  return address.scheme == "https" && written.find_first_of("?#") == written.npos;
}

bool matches(const Address& asked, const Address& registered) {
  const bool any_port = registered.is_loopback() && registered.port == "*";
  return asked.scheme == registered.scheme && asked.host == registered.host &&
         asked.rest == registered.rest &&
         (asked.port == registered.port || (any_port && all_digits(asked.port)));
}

bool under_domain(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return !is_number_address(domain) && host.size() > domain.size() && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

bool covers(std::string_view verified, std::string_view url, std::string_view host) {
  const auto prefix = parse_address(verified);
  if (!prefix) return !is_number_address(verified) && under_domain(host, verified);
  return prefix->scheme == "https" && !is_number_address(prefix->host) && verified.ends_with('/') &&
         url.starts_with(verified);
}

}  // namespace

std::optional<Address> parse_address(std::string_view url) {
  const auto mark = url.find("://");
  if (mark == url.npos || mark == 0) return {};
  const auto authority = url.substr(mark + 3);
  const auto end = std::min(authority.find_first_of("/?#"), authority.size());
  const auto named = authority.substr(0, end);
  const auto colon = std::min(named.rfind(':'), named.size());
  Address address{.scheme = std::string(url.substr(0, mark)),
                  .host = std::string(named.substr(0, colon)),
                  .port = std::string(named.substr(std::min(colon + 1, named.size()))),
                  .rest = std::string(authority.substr(end))};
  const bool named_well = !address.host.empty() && named.find('@') == named.npos &&
                          (address.port.empty() || address.port == "*" || all_digits(address.port));
  if (!named_well) return {};
  std::ranges::transform(address.host, address.host.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return address;
}

bool is_registered(const Settings& settings, std::string_view redirect_uri) {
  const auto asked = parse_address(redirect_uri);
  if (!asked) return false;
  const auto all = settings.redirect_uris_of("tiktok");
  return std::ranges::any_of(all, [&](const std::string& written) {
    const auto registered = parse_address(written);
    return registered && could_be_registered(*registered, written) && matches(*asked, *registered);
  });
}

bool is_desktop(std::string_view redirect_uri) {
  const auto address = parse_address(redirect_uri);
  return address && address->is_loopback();
}

bool is_verified(const Context& x, std::string_view url) {
  const auto address = parse_address(url);
  if (!address) return false;
  for (const auto& written : x.world.settings.redirect_uris_of("tiktok"))
    if (const auto redirect = parse_address(written);
        redirect && under_domain(address->host, redirect->host))
      return true;
  return std::ranges::any_of(split(x.choice("verified"), ','), [&](const std::string& verified) {
    return covers(verified, url, address->host);
  });
}

bool may_pull(const Context& x, std::string_view url) {
  const auto address = parse_address(url);
  if (!address) return false;
  return address->scheme == "https" || (address->scheme == "http" && address->is_loopback() &&
                                        x.choice("pull_scheme") == "loopback");
}

}  // namespace herald::sandbox::tiktok
