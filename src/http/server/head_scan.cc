#include "http/server/head_scan.h"

#include <algorithm>

#include "http/server/token.h"

namespace herald::http {
namespace {

constexpr std::size_t kFieldsMax = 100;
constexpr std::size_t kMethodBytesMax = 32;

constexpr Fault kBadBytes{400, "malformed_request", "The request head holds a forbidden byte."};
constexpr Fault kBadLine{400, "malformed_request", "The request line is not HTTP/1.1."};
constexpr Fault kBadField{400, "malformed_request", "A request header is malformed."};
constexpr Fault kLongTarget{414, "target_too_long", "The request's address is too long."};
constexpr Fault kLongHead{431, "head_too_large", "The request's headers are too large."};

bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

// NUL and the other controls. CR and LF are judged by their neighbours, a tab is white space.
bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7f;
}

// How many of the first bytes need no look at their neighbours. By blocks, which the compiler can
// look at as a whole.
std::size_t plain_size(std::string_view bytes) {
  constexpr std::size_t kBlock = 16;
  std::size_t size = 0;
  for (bool plain = true; size + kBlock <= bytes.size(); size += kBlock) {
    for (std::size_t i = 0; i < kBlock; ++i) {
      const auto byte = static_cast<unsigned char>(bytes[size + i]);
      plain &= (byte >= 0x20) & (byte != 0x7f);
    }
    if (!plain) break;
  }
  return size;
}

std::expected<void, Fault> check_request_line(std::string_view line, std::size_t target_max) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return std::unexpected(kBadLine);
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!is_token(method) || method.size() > kMethodBytesMax) return std::unexpected(kBadLine);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return std::unexpected(kBadLine);
  if (target.empty() || !std::ranges::all_of(target, is_visible)) return std::unexpected(kBadLine);
  if (target.size() > target_max) return std::unexpected(kLongTarget);
  return {};
}

}  // namespace

std::expected<std::size_t, Fault> HeadScan::look(std::string_view received) {
  for (; at_ < received.size(); ++at_) {
    const char c = received[at_];
    const char before = at_ == line_start_ ? '\0' : received[at_ - 1];
    if (at_ >= limits_.head_bytes_max) {
      return std::unexpected(lines_ == 0 ? kLongTarget : kLongHead);
    }
    if (is_forbidden(c) || (c == '\n') != (before == '\r')) return std::unexpected(kBadBytes);
    if (c != '\n') {
      if (c == '\r') continue;
      const auto end = std::min(received.size(), limits_.head_bytes_max);
      at_ += plain_size(received.substr(at_ + 1, end - at_ - 1));
      continue;
    }
    const auto line = received.substr(line_start_, at_ - 1 - line_start_);
    line_start_ = at_ + 1;
    if (line.empty() && lines_ > 0) return ++at_;
    if (auto good = end_line(line); !good) return std::unexpected(good.error());
  }
  return 0;
}

std::expected<void, Fault> HeadScan::end_line(std::string_view line) {
  if (lines_++ == 0) return check_request_line(line, limits_.target_bytes_max);
  if (lines_ > kFieldsMax + 1) return std::unexpected(kLongHead);
  // A folded line begins with white space, so its "name" is no token either.
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return std::unexpected(kBadField);
  }
  return {};
}

}  // namespace herald::http
