#include "sandbox/media_answer.h"

#include <charconv>
#include <optional>

#include "sandbox/side.h"

namespace herald::sandbox {

namespace {

struct Range {
  std::uint64_t first;
  std::uint64_t last;
};

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
    return std::nullopt;
  return value;
}

// "bytes=5-", "bytes=5-9", "bytes=-4". Empty: the header is to be ignored.
std::optional<Range> read_range(std::string_view header, std::uint64_t size) {
  if (!header.starts_with("bytes=") || size == 0) return std::nullopt;
  header.remove_prefix(6);
  const auto dash = header.find('-');
  if (dash == header.npos || header.find(',') != header.npos) return std::nullopt;
  const auto first = number(header.substr(0, dash));
  const auto last = number(header.substr(dash + 1));
  if (!first && !last) return std::nullopt;
  if (!first) return Range{*last < size ? size - *last : 0, size - 1};
  return Range{*first, std::min(last.value_or(size - 1), size - 1)};
}

}  // namespace

http::Response media_answer(const MediaShelf& shelf, const std::string& digest,
                            std::string_view type, std::string_view range_header) {
  const auto bytes = shelf.find(digest);
  if (bytes == nullptr) return text_answer(404, "No such medium.\n");
  const std::uint64_t size = bytes->view().size();
  http::Response response;
  response.headers.set("Content-Type", std::string(type));
  response.headers.set("Accept-Ranges", "bytes");
  response.headers.set("Cache-Control", "public, max-age=86400, immutable");
  response.headers.set("X-Content-Type-Options", "nosniff");
  Range range{0, size == 0 ? 0 : size - 1};
  if (const auto asked = read_range(range_header, size)) {
    if (asked->first >= size || asked->first > asked->last) {
      response.status = 416;
      response.headers.set("Content-Range", "bytes */" + std::to_string(size));
      return response;
    }
    range = *asked;
    response.status = 206;
    response.headers.set("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                              std::to_string(range.last) + "/" +
                                              std::to_string(size));
  }
  const auto length = size == 0 ? 0 : range.last - range.first + 1;
  if (const auto path = shelf.path(digest); !path.empty())
    response.file = http::FileRange{path, range.first, length};
  else
    response.body = std::string(bytes->view().substr(range.first, length));
  return response;
}

}  // namespace herald::sandbox
