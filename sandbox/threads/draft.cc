#include "sandbox/threads/draft.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/query.h"
#include "sandbox/threads/text.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

constexpr std::size_t kTextMax = 500;
constexpr std::size_t kTagMax = 50;

constexpr std::string_view kKnown =
    "media_type text image_url video_url is_carousel_item children reply_to_id reply_control "
    "quote_post_id link_attachment topic_tag poll_attachment text_attachment gif_attachment "
    "is_spoiler_media text_entities alt_text location_id allowlisted_country_codes "
    "auto_publish_text is_ghost_post enable_reply_approvals";
// Parameters of TEXT alone.
constexpr std::array kOfText = {"link_attachment", "poll_attachment",   "text_attachment",
                                "gif_attachment",  "auto_publish_text", "is_ghost_post"};
constexpr std::array kOfMedia = {"alt_text", "is_spoiler_media"};
constexpr std::array kBesideNoGhost = {"reply_to_id",    "link_attachment", "poll_attachment",
                                       "gif_attachment", "text_attachment", "quote_post_id",
                                       "topic_tag"};
constexpr std::array kControls = {"everyone", "accounts_you_follow", "mentioned_only",
                                  "parent_post_author_only", "followers_only"};

bool given(const Request& request, const char* name) { return !request.call.get(name).empty(); }

Refused no(const Request& request) { return Refused(invalid_parameter(request.x)); }

std::string trimmed(std::string text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto last = text.find_last_not_of(kBlanks);
  if (last == text.npos) return {};
  return text.substr(text.find_first_not_of(kBlanks), last + 1 - text.find_first_not_of(kBlanks));
}

Checked<Done> check_type(const Request& request, const Words& words) {
  static constexpr std::array kTypes = {"TEXT", "IMAGE", "VIDEO", "CAROUSEL"};
  const auto& type = words.media_type;
  if (type.empty())
    return Refused(invalid_parameter(request.x, "The parameter media_type is required"));
  if (std::ranges::count(kTypes, type) == 0) return no(request);
  const bool text = type == "TEXT";
  for (const char* name : kOfText)
    if (!text && given(request, name)) return no(request);
  for (const char* name : kOfMedia)
    if (text && given(request, name)) return no(request);
  if (type != "IMAGE" && given(request, "image_url")) return no(request);
  if (type != "VIDEO" && given(request, "video_url")) return no(request);
  if (type != "CAROUSEL" && given(request, "children")) return no(request);
  const bool child = truthy_parameter(request, "is_carousel_item");
  if (child && type != "IMAGE" && type != "VIDEO") return no(request);
  return Done{};
}

Checked<Done> check_text(const Request& request, const Words& words) {
  if (words.media_type == "TEXT" && words.text.empty())
    return Refused(invalid_parameter(request.x, "The parameter text is required"));
  const bool bytes = request.x.choice("text_counting") == "bytes";
  if ((bytes ? words.text.size() : weight_of(words.text)) > kTextMax)
    return Refused(text_too_long(request.x));
  if (letters_in(request.call.get("alt_text")) > 1000) return no(request);
  if (request.call.find("topic_tag") == nullptr) return Done{};
  const bool bad = words.topic_tag.empty() || letters_in(words.topic_tag) > kTagMax ||
                   words.topic_tag.find_first_of(".&") != std::string::npos;
  if (bad) return no(request);
  return Done{};
}

// Whether the reply's thread is the profile's own, or it may answer other people's.
bool may_reply(const Request& request, const Post& target) {
  const auto* root = target.root.empty() ? &target : request.state().post(target.root);
  return (root != nullptr && root->profile == request.me.id) ||
         request.may("threads_keyword_search") || request.may("threads_manage_mentions");
}

Checked<Done> check_reply(const Request& request, Words& words) {
  if (!words.reply_control.empty()) {
    if (std::ranges::count(kControls, words.reply_control) == 0) return no(request);
    if (request.x.on("reply_control_scope") && !request.may("threads_manage_replies"))
      return Refused(no_permission(request.x));
  }
  if (words.reply_to.empty()) return Done{};
  if (!request.may("threads_manage_replies")) return Refused(no_permission(request.x));
  const auto* target = request.state().post(words.reply_to);
  if (target == nullptr) {
    const bool container = request.state().containers.contains(words.reply_to);
    if (!container || request.x.choice("reply_to_container") != "detached")
      return Refused(
          invalid_parameter(request.x, "Param reply_to_id is not a valid threads_media ID"));
    words.reply_to.clear();
    return Done{};
  }
  if (!may_reply(request, *target)) return Refused(no_permission(request.x));
  return Done{};
}

Checked<Done> check_place(const Request& request) {
  if (const auto place = request.call.get("location_id"); !place.empty()) {
    if (!request.may("threads_location_tagging")) return Refused(no_permission(request.x));
    if (place.find_first_not_of("0123456789") != std::string::npos) return no(request);
  }
  auto countries = request.call.get("allowlisted_country_codes");
  if (countries.empty()) return Done{};
  if (!request.me.geo_gating)
    return Refused(invalid_parameter(request.x, "THREADS_API__FEATURE_NOT_AVAILABLE"));
  std::erase_if(countries, [](char c) { return c == '[' || c == ']' || c == '"' || c == ' '; });
  for (const auto& code : split(countries, ','))
    if (code.size() != 2 || !std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; }))
      return Refused(invalid_parameter(request.x, "THREADS_API__GEO_GATING_INVALID_COUNTRY_CODES"));
  return Done{};
}

Checked<Done> check_ghost(const Request& request, const Words& words) {
  if (!words.ghost) return Done{};
  for (const char* name : kBesideNoGhost)
    if (given(request, name)) return no(request);
  return Done{};
}

Checked<Done> check_links(const Request& request, const Words& words) {
  auto links = links_in(words.text);
  if (!words.link.empty()) {
    if (!words.link.starts_with("https://") && !words.link.starts_with("http://"))
      return Refused(invalid_parameter(request.x, "Param link_attachment is not a valid URI."));
    links.insert(words.link);
  }
  if (static_cast<std::int64_t>(links.size()) > request.x.number("links"))
    return Refused(too_many_links(request.x));
  return Done{};
}

}  // namespace

bool truthy_parameter(const Request& request, std::string_view name) {
  return truthy(request.call.get(name));
}

Checked<Words> read_words(const Request& request) {
  const auto& call = request.call;
  HERALD_CHECK(only_known(request, kKnown));
  Words words{.media_type = call.get("media_type"),
              .text = request.x.on("trim_text") ? trimmed(call.get("text")) : call.get("text"),
              .reply_to = call.get("reply_to_id"),
              .reply_control = call.get("reply_control"),
              .quote = call.get("quote_post_id"),
              .topic_tag = call.get("topic_tag"),
              .link = call.get("link_attachment"),
              .ghost = truthy_parameter(request, "is_ghost_post"),
              .spoiler = truthy_parameter(request, "is_spoiler_media")};
  HERALD_CHECK(check_type(request, words));
  HERALD_CHECK(check_text(request, words));
  HERALD_CHECK(check_ghost(request, words));
  HERALD_CHECK(read_attachments(request, words));
  HERALD_CHECK(check_links(request, words));
  HERALD_CHECK(check_place(request));
  if (!words.quote.empty() && request.state().post(words.quote) == nullptr)
    return Refused(
        invalid_parameter(request.x, "Param quote_post_id is not a valid threads_media ID"));
  HERALD_CHECK(check_reply(request, words));
  return words;
}

}  // namespace herald::sandbox::threads
