// Multipart bodies (RFC 2046), read in place.
#include <algorithm>

#include "sandbox/call.h"

namespace herald::sandbox {

namespace {

constexpr std::size_t kInlineMax = 1 << 20;

// The value of `name` in a header like: form-data; name="a"; filename=b.jpg
std::string attribute(std::string_view header, std::string_view name) {
  const std::string wanted = std::string(name) + "=";
  for (std::size_t at = header.find(wanted); at != header.npos; at = header.find(wanted, at + 1)) {
    const char before = at == 0 ? ';' : header[at - 1];
    if (before != ';' && before != ' ' && before != '\t') continue;
    auto value = header.substr(at + wanted.size());
    if (!value.starts_with('"')) return std::string(value.substr(0, value.find(';')));
    std::string out;
    for (std::size_t i = 1; i < value.size() && value[i] != '"'; ++i) {
      if (value[i] == '\\' && i + 1 < value.size()) ++i;
      out += value[i];
    }
    return out;
  }
  return {};
}

void read_part_header(std::string_view line, Field& field) {
  http::Header header;
  const auto colon = line.find(':');
  if (colon == line.npos) return;
  const auto name = line.substr(0, colon);
  auto value = line.substr(colon + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  if (http::same_name(name, "Content-Disposition")) {
    field.name = attribute(value, "name");
    field.filename = attribute(value, "filename");
  } else if (http::same_name(name, "Content-Type")) {
    field.content_type = std::string(value);
  }
}

}  // namespace

std::vector<Field> parse_multipart(std::string_view body, std::string_view content_type) {
  const auto boundary = attribute(content_type, "boundary");
  std::vector<Field> parts;
  if (boundary.empty()) return parts;
  const std::string opening = "--" + boundary;
  auto at = body.find(opening);
  if (at == body.npos) return parts;
  at += opening.size();
  // Google's own Python client ends lines without the carriage return.
  const std::string eol = body.substr(at, 1) == "\n" ? "\n" : "\r\n";
  const std::string delimiter = eol + opening;
  while (body.substr(at, eol.size()) == eol) {
    at += eol.size();
    Field field;
    while (body.substr(at, eol.size()) != eol) {
      const auto end = body.find(eol, at);
      if (end == body.npos) return {};
      read_part_header(body.substr(at, end - at), field);
      at = end + eol.size();
    }
    at += eol.size();
    // An empty part's delimiter shares its line break with the blank line.
    const auto end = body.find(delimiter, at);
    const bool empty = body.substr(at - eol.size()).starts_with(delimiter);
    const auto stop = empty ? at - eol.size() : end;
    if (stop == body.npos) return {};
    field.offset = at;
    field.size = stop < at ? 0 : stop - at;
    if (field.filename.empty() && field.size <= kInlineMax)
      field.value = std::string(body.substr(field.offset, field.size));
    parts.push_back(std::move(field));
    at = stop + delimiter.size();
  }
  return parts;
}

}  // namespace herald::sandbox
