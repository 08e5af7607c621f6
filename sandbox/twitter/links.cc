#include "sandbox/twitter/links.h"

#include <unicode/uidna.h>

#include <algorithm>
#include <optional>

#include "sandbox/regex.h"
#include "sandbox/twitter/link_pattern.h"

namespace herald::sandbox::twitter {

namespace {

constexpr std::size_t kLinkMax = 4096;
constexpr std::size_t kLabelMax = 63;      // RFC 1035; of its ASCII form.
constexpr std::size_t kShortCodeMax = 40;  // Behind t.co/.

bool label_too_long(std::u16string_view label) {
  if (label.size() > kLabelMax) return true;
  UErrorCode status = U_ZERO_ERROR;
  static UIDNA* const names = uidna_openUTS46(UIDNA_DEFAULT, &status);
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  std::u16string out(label.size() * 6 + 80, u'\0');
  uidna_labelToASCII(names, label.data(), static_cast<std::int32_t>(label.size()), out.data(),
                     static_cast<std::int32_t>(out.size()), &info, &status);
  return U_FAILURE(status) ||
         (info.errors & (UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_EMPTY_LABEL)) != 0;
}

bool has_plain_host(std::u16string_view host) {
  static Regex plain(plain_host_pattern());
  plain.look_at(host);
  return plain.find_next();
}

// DNS must be able to name it.
bool possible(std::u16string_view host, std::size_t link_size) {
  if (link_size > kLinkMax) return false;
  if (host.starts_with(u"xn--") && !has_plain_host(host)) return false;
  while (!host.empty()) {
    const auto dot = std::min(host.find(u'.'), host.size());
    if (label_too_long(host.substr(0, dot))) return false;
    host.remove_prefix(std::min(dot + 1, host.size()));
  }
  return true;
}

// X's own short links have nothing behind their code but a query. Size 0: none of them.
std::optional<std::size_t> short_link_size(std::u16string_view link) {
  static Regex ours(R"(^https?://t\.co/([a-z0-9]+))"
                    R"((?:\?[a-z0-9\!\?\*'@\(\);:\&=\+\$/%\#\[\]\-_\.,~\|]*[a-z0-9\-_\&=\#/])?)");
  ours.look_at(link);
  if (!ours.find_next()) return link.size();
  const auto code = ours.group(1);
  if (code.end - code.begin > kShortCodeMax) return {};
  return ours.group(0).end;
}

// Without a scheme, only hosts of Latin letters are links; several may touch each other.
void add_plain(std::u16string_view text, const Regex& found, std::vector<Link>& links) {
  static Regex plain(plain_host_pattern());
  const auto before = found.group(1);
  if (before.end > before.begin &&
      std::u16string_view(u"-_./").find(text[before.end - 1]) != std::u16string_view::npos)
    return;
  const auto host = found.group(4);
  plain.look_at(host.of(text));
  bool any = false;
  while (plain.find_next()) {
    const auto name = plain.group(0);
    links.push_back({.offset = host.begin + name.begin, .size = name.end - name.begin});
    any = true;
  }
  if (any && found.group(5).found) links.back().size = found.group(2).end - links.back().offset;
}

}  // namespace

std::vector<Link> wide_links(std::u16string_view text) {
  static Regex pattern(link_pattern());
  std::vector<Link> links;
  if (text.find(u'.') == text.npos) return links;
  pattern.look_at(text);
  while (pattern.find_next()) {
    const auto link = pattern.group(2);
    const auto scheme = pattern.group(3);
    const std::size_t scheme_size = scheme.found ? 0 : std::string_view("https://").size();
    if (!possible(pattern.group(4).of(text), link.end - link.begin + scheme_size)) continue;
    if (!scheme.found) {
      add_plain(text, pattern, links);
    } else if (const auto size = short_link_size(link.of(text))) {
      links.push_back({.offset = link.begin, .size = *size});
    }
  }
  return links;
}

std::vector<Link> find_links(std::string_view text) {
  const auto wide = to_utf16(text);
  auto links = wide_links(wide);
  for (auto& link : links) {
    const auto begin = to_utf8(std::u16string_view(wide).substr(0, link.offset)).size();
    link.size = to_utf8(std::u16string_view(wide).substr(link.offset, link.size)).size();
    link.offset = begin;
  }
  return links;
}

}  // namespace herald::sandbox::twitter
