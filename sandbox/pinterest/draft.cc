#include "sandbox/pinterest/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/query.h"

namespace herald::sandbox::pinterest {

namespace json = boost::json;

namespace {

constexpr std::size_t kTitleMax = 100;
constexpr std::size_t kDescriptionMax = 800;
constexpr std::size_t kLinkMax = 2048;
constexpr std::size_t kAltTextMax = 500;
constexpr std::size_t kItemsMin = 2;
constexpr std::size_t kItemsMax = 5;

Refused no(std::string_view what) { return Refused(invalid(what)); }

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Checked<Done> only(const json::object& object, std::string_view names) {
  const auto known = split(names, ' ');
  for (const auto& member : object)
    if (std::ranges::count(known, std::string(member.key())) == 0)
      return no(fmt::format("'{}' was unexpected", std::string_view(member.key())));
  return Done{};
}

// Text of at most so many letters; absent or null: empty.
Checked<std::string> text_of(const json::object& object, std::string_view name, std::size_t most) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || value->is_null()) return std::string();
  if (!value->is_string()) return no(fmt::format("{} is not of type 'string'", name));
  std::string text(value->as_string());
  if (letters_in(text) > most)
    return no(fmt::format("{} is too long. constraint: maxLength={}", name, most));
  return text;
}

Checked<std::string> digits_of(const json::object& object, std::string_view name) {
  HERALD_TRY(auto text, text_of(object, name, 64));
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return no(fmt::format("'{}' does not match '^\\d+$'", text));
  return text;
}

bool is_web_address(std::string_view text) {
  const bool web = text.starts_with("https://") || text.starts_with("http://");
  return web && text.size() > 10 &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

Checked<std::string> link_of(const json::object& object) {
  HERALD_TRY(auto link, text_of(object, "link", kLinkMax));
  if (!link.empty() && !is_web_address(link)) return Refused(bad_link());
  return link;
}

// `prefix`: of a film's cover, "cover_image_"; else empty.
Checked<SentPicture> bytes_of(const json::object& object, const std::string& prefix) {
  SentPicture picture;
  HERALD_TRY(picture.content_type, text_of(object, prefix + "content_type", 100));
  if (picture.content_type != "image/jpeg" && picture.content_type != "image/png")
    return no(prefix + "content_type is not one of ['image/jpeg', 'image/png']");
  HERALD_TRY(const auto data, text_of(object, prefix + "data", std::string::npos));
  const bool plain = !data.empty() && std::ranges::all_of(data, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
  });
  const auto bytes = plain ? from_base64(data) : std::nullopt;
  if (!bytes) return no(prefix + "data does not match '[a-zA-Z0-9+\\/=]+'");
  picture.bytes = *bytes;
  return picture;
}

Checked<SentPicture> address_in(const json::object& object, const char* name) {
  SentPicture picture;
  HERALD_TRY(picture.url, text_of(object, name, kLinkMax));
  if (picture.url.empty()) return no(fmt::format("'{}' is a required property", name));
  return picture;
}

Checked<Done> read_items(const json::object& source, Draft& draft) {
  const bool by_url = draft.source == "multiple_image_urls";
  HERALD_CHECK(only(source, "source_type items index"));
  const auto* items = source.if_contains("items");
  if (items == nullptr || !items->is_array()) return no("'items' is a required property");
  const auto count = items->as_array().size();
  if (count < kItemsMin) return no(fmt::format("items constraint: minItems={}", kItemsMin));
  if (count > kItemsMax) return no(fmt::format("items constraint: maxItems={}", kItemsMax));
  for (const auto& item : items->as_array()) {
    if (!item.is_object()) return no("items are not of type 'object'");
    const auto& one = item.as_object();
    HERALD_CHECK(only(
        one, by_url ? "url title description link" : "content_type data title description link"));
    HERALD_TRY(auto picture, by_url ? address_in(one, "url") : bytes_of(one, ""));
    HERALD_TRY(picture.words.title, text_of(one, "title", kTitleMax));
    HERALD_TRY(picture.words.description, text_of(one, "description", kDescriptionMax));
    HERALD_TRY(picture.words.link, link_of(one));
    draft.pictures.push_back(std::move(picture));
  }
  return Done{};
}

Checked<Done> read_film(const json::object& source, Draft& draft) {
  HERALD_CHECK(only(source,
                    "source_type media_id cover_image_url cover_image_content_type "
                    "cover_image_data cover_image_key_frame_time"));
  HERALD_TRY(draft.pin.film, digits_of(source, "media_id"));
  if (draft.pin.film.empty()) return no("'media_id' is a required property");
  const bool url = source.contains("cover_image_url");
  const bool bytes = source.contains("cover_image_content_type");
  const auto* time = source.if_contains("cover_image_key_frame_time");
  if (url && bytes) return no("more than one cover image");
  if (url) {
    HERALD_TRY(auto picture, address_in(source, "cover_image_url"));
    draft.pictures.push_back(std::move(picture));
  } else if (bytes) {
    HERALD_TRY(auto picture, bytes_of(source, "cover_image_"));
    draft.pictures.push_back(std::move(picture));
  } else if (time != nullptr) {
    if (!time->is_int64() || time->as_int64() < 0) return no("cover_image_key_frame_time");
    draft.cover_by_time = true;
  }
  return Done{};
}

Checked<Done> read_source(const json::object& body, Draft& draft) {
  const auto* value = body.if_contains("media_source");
  if (value == nullptr || !value->is_object()) return no("'media_source' is a required property");
  const auto& source = value->as_object();
  HERALD_TRY(draft.source, text_of(source, "source_type", 100));
  if (draft.source == "image_url") {
    HERALD_CHECK(only(source, "source_type url is_standard"));
    HERALD_TRY(auto picture, address_in(source, "url"));
    draft.pictures.push_back(std::move(picture));
    return Done{};
  }
  if (draft.source == "image_base64") {
    HERALD_CHECK(only(source, "source_type content_type data is_standard"));
    HERALD_TRY(auto picture, bytes_of(source, ""));
    draft.pictures.push_back(std::move(picture));
    return Done{};
  }
  if (draft.source == "multiple_image_urls" || draft.source == "multiple_image_base64")
    return read_items(source, draft);
  if (draft.source == "video_id") return read_film(source, draft);
  return no(fmt::format("'{}' is not one of the source types", draft.source));
}

}  // namespace

Checked<Draft> read_draft(const Request& request) {
  boost::system::error_code error;
  const auto parsed = json::parse(request.call.body->view(), error);
  if (error || !parsed.is_object()) return no("the body is no JSON object");
  const auto& body = parsed.as_object();
  HERALD_CHECK(only(body,
                    "board_id board_section_id title description link alt_text dominant_color "
                    "ai_disclosures media_source"));
  Draft draft;
  auto& pin = draft.pin;
  HERALD_TRY(pin.board, digits_of(body, "board_id"));
  if (pin.board.empty()) return no("'board_id' is a required property");
  HERALD_TRY(pin.section, digits_of(body, "board_section_id"));
  HERALD_TRY(pin.title, text_of(body, "title", kTitleMax));
  HERALD_TRY(pin.description, text_of(body, "description", kDescriptionMax));
  HERALD_TRY(pin.alt_text, text_of(body, "alt_text", kAltTextMax));
  HERALD_CHECK(read_source(body, draft));
  HERALD_TRY(pin.link, text_of(body, "link", kLinkMax));  // Judged after the board.
  return draft;
}

}  // namespace herald::sandbox::pinterest
