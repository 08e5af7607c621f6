#include "http/byte_range.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "http/server/message.h"

namespace herald::http {
namespace {

// A number too large for us is larger than any file.
std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ptr != end || text.empty()) return std::nullopt;
  if (read.ec == std::errc::result_out_of_range) return std::numeric_limits<std::uint64_t>::max();
  return read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

}  // namespace

RangeAsked read_range(std::string_view header, std::uint64_t size_bytes) {
  using enum RangeAsked::Kind;
  const auto equals = header.find('=');
  if (equals == header.npos || !same_name(header.substr(0, equals), "bytes")) return {};
  header.remove_prefix(equals + 1);
  const auto dash = header.find('-');
  if (dash == header.npos || header.contains(',')) return {};
  const auto first = number_of(header.substr(0, dash));
  const auto last = number_of(header.substr(dash + 1));
  const bool open_end = dash + 1 == header.size();
  if (dash == 0) {
    if (!last) return {};
    const auto length = std::min(*last, size_bytes);
    if (length == 0) return {outside};
    return {part, size_bytes - length, length};
  }
  if (!first || (!last && !open_end) || (last && *last < *first)) return {};
  if (*first >= size_bytes) return {outside};
  const auto end = last ? std::min(*last, size_bytes - 1) : size_bytes - 1;
  return {part, *first, end - *first + 1};
}

}  // namespace herald::http
