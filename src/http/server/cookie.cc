#include "http/server/cookie.h"

#include <algorithm>

#include "http/server/token.h"

namespace herald::http {
namespace {

// cookie-octet of RFC 6265 section 4.1.1: visible ASCII without '"', ',', ';' and '\'.
bool is_cookie_char(char c) {
  return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

bool is_path_char(char c) { return c >= 0x20 && c < 0x7f && c != ';'; }

std::string_view same_site_name(SameSite same_site) {
  switch (same_site) {
    case SameSite::strict:
      return "Strict";
    case SameSite::lax:
      return "Lax";
    case SameSite::none:
      return "None";
  }
  return "Strict";
}

}  // namespace

std::optional<std::string> find_cookie(const Headers& headers, std::string_view name) {
  std::optional<std::string> found;
  for (const auto& header : headers.all()) {
    if (!same_name(header.name, "Cookie")) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      auto pair = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
      while (pair.starts_with(' ')) pair.remove_prefix(1);
      if (!pair.starts_with(name) || !pair.substr(name.size()).starts_with('=')) continue;
      if (found) return std::nullopt;
      found = pair.substr(name.size() + 1);
    }
  }
  if (found && !std::ranges::all_of(*found, is_cookie_char)) return std::nullopt;
  return found;
}

std::optional<std::string> set_cookie(const Cookie& cookie) {
  if (!is_token(cookie.name) || !std::ranges::all_of(cookie.value, is_cookie_char) ||
      !cookie.path.starts_with('/') || !std::ranges::all_of(cookie.path, is_path_char)) {
    return std::nullopt;
  }
  std::string text = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age) text += "; Max-Age=" + std::to_string(cookie.max_age->count());
  if (cookie.secure) text += "; Secure";
  if (cookie.http_only) text += "; HttpOnly";
  text.append("; SameSite=").append(same_site_name(cookie.same_site));
  return text;
}

}  // namespace herald::http
