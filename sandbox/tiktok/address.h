// Which addresses TikTok takes: an app's redirect URIs (Login Kit for Web and for Desktop) and
// those it pulls media from (media transfer guide). Looked up 2026-09.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

struct Address {
  std::string scheme;  // "https"
  std::string host;    // Lower case.
  std::string port;    // Empty: none is named.
  std::string rest;    // From the path on, as written.

  bool is_loopback() const { return host == "localhost" || host == "127.0.0.1"; }
};

std::optional<Address> parse_address(std::string_view url);

// A redirect URI that could have been registered, and was; "*" may stand for a desktop's port.
bool is_registered(const Settings& settings, std::string_view redirect_uri);
// To this machine: the desktop flow, in which PKCE is a must.
bool is_desktop(std::string_view redirect_uri);

// Whether media may be pulled from there. Verified are the hosts of the registered redirect URIs,
// since whoever runs the app owns those, and what the switch "verified" names: domains (with their
// subdomains) and prefixes ("https://host/path/").
bool is_verified(const Context& x, std::string_view url);
// https, or http to this machine where the switch "pull_scheme" lets it.
bool may_pull(const Context& x, std::string_view url);

}  // namespace herald::sandbox::tiktok
