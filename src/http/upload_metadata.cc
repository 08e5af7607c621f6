#include "http/upload_metadata.h"

#include <algorithm>
#include <set>

#include "domain/encoding.h"
#include "http/server/url.h"

namespace herald::http {
namespace {

constexpr std::size_t kValueBytesMax = 1024;
constexpr std::size_t kFilenameBytesMax = 255;

std::unexpected<Error> malformed(std::string message) {
  return std::unexpected(
      Error{ErrorKind::invalid, std::move(message), {}, {}, "malformed_upload_metadata"});
}

bool is_plain_text(std::string_view text) {
  return is_utf8(text) && std::ranges::none_of(text, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte < 0x20 || byte == 0x7f;
         });
}

// What a person would call the file: without its folders, cut between two characters.
std::string name_of_file(std::string_view value) {
  const auto slash = value.find_last_of("/\\");
  if (slash != value.npos) value.remove_prefix(slash + 1);
  if (value.size() > kFilenameBytesMax) {
    auto end = kFilenameBytesMax;
    while ((static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
    value = value.substr(0, end);
  }
  return std::string(value);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0 || text.find_first_of("-_") != text.npos) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  std::string url(text);
  std::ranges::replace(url, '+', '-');
  std::ranges::replace(url, '/', '_');
  return from_base64url(url);
}

std::string to_base64(std::string_view bytes) {
  std::string text = to_base64url(bytes);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

Result<UploadMetadata> read_upload_metadata(std::string_view header) {
  UploadMetadata metadata;
  std::set<std::string_view> keys;
  for (bool more = !header.empty(); more;) {
    const auto comma = header.find(',');
    const auto pair = trimmed(header.substr(0, comma));
    more = comma != header.npos;
    if (more) header.remove_prefix(comma + 1);
    const auto space = std::min(pair.find(' '), pair.size());
    const auto key = pair.substr(0, space);
    if (key.empty() || !keys.insert(key).second) {
      return malformed("Upload-Metadata must hold keys that differ, comma between.");
    }
    const auto value = from_base64(trimmed(pair.substr(space)));
    if (!value || value->size() > kValueBytesMax) {
      return malformed("In Upload-Metadata every value is base64 of at most 1024 bytes.");
    }
    if (key != "filename" && key != "filetype") continue;
    if (!is_plain_text(*value)) {
      return malformed("In Upload-Metadata \"" + std::string(key) + "\" must be plain text.");
    }
    if (key == "filename") metadata.filename = name_of_file(*value);
    if (key == "filetype") metadata.filetype = *value;
  }
  return metadata;
}

std::string upload_metadata_header(const UploadMetadata& metadata) {
  std::string header;
  for (const auto& [key, value] : {std::pair("filename", std::string_view(metadata.filename)),
                                   std::pair("filetype", std::string_view(metadata.filetype))}) {
    if (value.empty()) continue;
    header += (header.empty() ? "" : ",") + std::string(key) + " " + to_base64(value);
  }
  return header;
}

}  // namespace herald::http
