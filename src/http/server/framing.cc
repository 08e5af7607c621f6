#include "http/server/framing.h"

#include <algorithm>
#include <charconv>

#include "http/server/url.h"

namespace herald::http {
namespace {

constexpr Fault kBadLength{400, "malformed_request", "Content-Length is malformed."};
constexpr Fault kBadCoding{400, "malformed_request", "Transfer-Encoding is not just chunked."};
constexpr Fault kTwoFramings{400, "malformed_request",
                             "The request has both Content-Length and Transfer-Encoding."};
constexpr Fault kBadHost{400, "malformed_request", "The request needs exactly one valid Host."};
constexpr Fault kOtherHost{400, "malformed_request", "The address names another host than Host."};
constexpr Fault kBadTarget{400, "malformed_request", "The request's address is malformed."};
constexpr Fault kBadExpect{417, "unknown_expectation", "Only Expect: 100-continue is understood."};

bool is_host_char(char c) {
  constexpr std::string_view kMarks = "-._~:[]";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kMarks.find(c) != std::string_view::npos;
}

bool lists_token(const Headers& headers, std::string_view name, std::string_view token) {
  for (const auto& header : headers.all()) {
    if (!same_name(header.name, name)) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      auto item = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(rest.size(), item.size() + 1));
      while (item.starts_with(' ') || item.starts_with('\t')) item.remove_prefix(1);
      while (item.ends_with(' ') || item.ends_with('\t')) item.remove_suffix(1);
      if (same_name(item, token)) return true;
    }
  }
  return false;
}

std::expected<void, Fault> judge_body(const Headers& headers, int minor, Framing& framing) {
  const auto lengths = headers.count("Content-Length");
  const auto codings = headers.count("Transfer-Encoding");
  if (lengths > 0 && codings > 0) return std::unexpected(kTwoFramings);
  if (codings > 0) {
    const auto* coding = headers.find("Transfer-Encoding");
    if (minor == 0 || coding == nullptr || !same_name(*coding, "chunked")) {
      return std::unexpected(kBadCoding);
    }
    framing.chunked = true;
  }
  if (lengths > 0) {
    const auto* text = headers.find("Content-Length");
    if (text == nullptr || text->empty() ||
        !std::ranges::all_of(*text, [](char c) { return c >= '0' && c <= '9'; })) {
      return std::unexpected(kBadLength);
    }
    const auto [end, error] =
        std::from_chars(text->data(), text->data() + text->size(), framing.length_bytes);
    if (error != std::errc()) return std::unexpected(kBadLength);
  }
  if (const auto expectations = headers.count("Expect"); expectations > 0 && minor == 1) {
    const auto* expect = headers.find("Expect");
    if (expect == nullptr || !same_name(*expect, "100-continue")) {
      return std::unexpected(kBadExpect);
    }
    framing.expects_continue = true;
  }
  return {};
}

std::expected<void, Fault> judge_host(Request& request, int minor) {
  const auto* host = request.headers.find("Host");
  const bool absent_but_fine = minor == 0 && request.headers.count("Host") == 0;
  if (!absent_but_fine) {
    if (host == nullptr || host->empty() || !std::ranges::all_of(*host, is_host_char)) {
      return std::unexpected(kBadHost);
    }
  }
  std::string_view target = request.target;
  if (target.starts_with('/')) return {};
  const auto authority = target.find("://");
  if (authority == std::string_view::npos || !same_name(target.substr(0, authority), "http")) {
    return std::unexpected(kBadTarget);
  }
  target.remove_prefix(authority + 3);
  const auto named = target.substr(0, target.find_first_of("/?"));
  if (host == nullptr || !same_name(named, *host)) return std::unexpected(kOtherHost);
  std::string rest(target.substr(named.size()));
  request.target = rest.starts_with('/') ? rest : "/" + rest;
  return {};
}

}  // namespace

std::expected<Framing, Fault> judge(Request& request, int minor) {
  Framing framing;
  framing.can_chunk = minor == 1;
  framing.keep_alive = minor == 1 && !lists_token(request.headers, "Connection", "close");
  if (auto good = judge_body(request.headers, minor, framing); !good) {
    return std::unexpected(good.error());
  }
  if (auto good = judge_host(request, minor); !good) return std::unexpected(good.error());
  if (request.target.find('#') != std::string::npos) return std::unexpected(kBadTarget);
  const auto mark = request.target.find('?');
  auto path = decode_path(std::string_view(request.target).substr(0, mark));
  if (!path) return std::unexpected(kBadTarget);
  request.path = std::move(*path);
  request.query = mark == std::string::npos ? "" : request.target.substr(mark + 1);
  return framing;
}

}  // namespace herald::http
