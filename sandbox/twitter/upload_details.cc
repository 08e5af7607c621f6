// Uploads in one call, and what is said about a medium afterwards.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>

#include "sandbox/encoding.h"
#include "sandbox/query.h"
#include "sandbox/twitter/endpoint.h"
#include "sandbox/twitter/media.h"
#include "sandbox/twitter/members.h"
#include "sandbox/twitter/text.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

constexpr std::size_t kAltMax = 1000;
constexpr std::array<std::string_view, 3> kAtOnce = {"media", "media_category",
                                                     "additional_owners"};

struct File {
  std::string category;
  std::string owners;
  std::string decoded;
  std::string_view bytes;
};

Checked<Done> read_file(const Call& call, File& file) {
  for (const auto& field : call.fields)
    if (std::ranges::find(kAtOnce, field.name) == kAtOnce.end())
      return Refused(invalid("$." + field.name +
                             ": is not defined in the schema and the schema does not allow "
                             "additional properties"));
  const Field* media = nullptr;
  for (const auto& field : call.fields)
    if (field.name == "media") media = &field;
  file.category = call.get("media_category");
  file.owners = call.get("additional_owners");
  if (media == nullptr) return Refused(invalid("$.media: is missing but it is required"));
  if (file.category.empty())
    return Refused(invalid("$.media_category: is missing but it is required"));
  if (call.content_type == "multipart/form-data") {
    file.bytes = call.part(*media);
    return Done{};
  }
  auto decoded = from_base64(media->value);
  if (call.content_type != "application/json" || !decoded)
    return Refused(invalid("$.media: is no base64 in a JSON body"));
  file.decoded = std::move(*decoded);
  file.bytes = file.decoded;
  return Done{};
}

// A medium of this person, alive. Null: unknown.
Medium* own_medium(Request& request, const std::string& id) {
  const auto found = request.state().media.find(id);
  if (found == request.state().media.end()) return nullptr;
  auto& medium = found->second;
  const bool alive = medium.finalized && request.x.now_ms() < medium.expires_ms;
  return alive && medium.owner == request.user->id ? &medium : nullptr;
}

}  // namespace

Checked<Answer> upload_at_once(Request& request) {
  File file;
  HERALD_CHECK(read_file(request.call, file));
  if (file.category != "tweet_image" && file.category != "dm_image" && file.category != "subtitles")
    return Refused(invalid(
        "$.media_category: does not have a value in the enumeration [tweet_image, dm_image, "
        "subtitles]",
        "media_category", file.category));
  Medium medium{.owner = request.user->id,
                .other_owners = split(file.owners, ','),
                .category = file.category,
                .type = "text/srt"};
  const auto size = static_cast<std::int64_t>(file.bytes.size());
  HERALD_CHECK(check_size(medium.category, size, request.user->premium()));
  medium.id = request.state().next_id(request.x.now_ms());
  HERALD_CHECK(take_file(request.x, medium, file.bytes));
  auto answer = answer_with(media_status(request.x, medium));
  request.state().media[medium.id] = std::move(medium);
  return answer;
}

Checked<Answer> set_metadata(Request& request) {
  HERALD_TRY(const auto body, read_body(request.call));
  std::optional<http::Response> fault;
  Members members(body, "$", fault);
  members.only({"id", "metadata"});
  members.require({"id"});
  const auto id = members.id("id");
  std::optional<std::string> alt;
  if (const auto* object = members.object("metadata")) {
    Members metadata(*object, "$.metadata", fault);
    metadata.only({"alt_text", "allow_download_status", "found_media_origin", "sticker_info",
                   "sensitive_media_warning", "audience_policy", "content_expiration",
                   "domain_restrictions", "management_info", "upload_source", "preview_image"});
    if (const auto* inner = metadata.object("alt_text")) {
      Members text(*inner, "$.metadata.alt_text", fault);
      text.only({"text"});
      text.require({"text"});
      alt = text.text("text");
      if (alt && letters_of(*alt) > kAltMax)
        text.refuse("$.metadata.alt_text.text: must be at most 1000 characters long");
    }
  }
  if (fault) return Refused(*std::move(fault));
  auto* medium = own_medium(request, id);
  if (medium == nullptr) return Refused(unknown_upload());
  if (alt) medium->alt = *alt;
  const json::object associated{{"alt_text", {{"text", medium->alt}}}};
  return answer_with(
      json::serialize(json::object{{"data", {{"id", id}, {"associated_metadata", associated}}}}));
}

Checked<Answer> set_subtitles(Request& request) {
  HERALD_TRY(const auto body, read_body(request.call));
  std::optional<http::Response> fault;
  Members members(body, "$", fault);
  members.only({"id", "media_category", "subtitles"});
  members.require({"id", "media_category", "subtitles"});
  const auto id = members.id("id");
  const auto category = members.word("media_category", {"TweetVideo", "AmplifyVideo"});
  std::string language;
  std::string words;
  if (const auto* object = members.object("subtitles")) {
    Members subtitles(*object, "$.subtitles", fault);
    subtitles.only({"id", "language_code", "display_name"});
    subtitles.require({"id", "language_code"});
    words = subtitles.id("id");
    language = subtitles.text_or("language_code");
    subtitles.text("display_name");
  }
  if (fault) return Refused(*std::move(fault));
  auto* medium = own_medium(request, id);
  if (medium == nullptr || own_medium(request, words) == nullptr) return Refused(unknown_upload());
  medium->subtitles.push_back(language);
  const json::object one{{"id", words}, {"language_code", language}};
  return answer_with(json::serialize(json::object{
      {"data",
       {{"id", id}, {"media_category", category}, {"associated_subtitles", json::array{one}}}}}));
}

}  // namespace herald::sandbox::twitter
