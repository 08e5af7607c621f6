// POST /api/submit_gallery_post.json: JSON, by asset ids; visible at once.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/reddit/draft.h"
#include "sandbox/reddit/form.h"
#include "sandbox/reddit/posts.h"
#include "sandbox/reddit/uploads.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

constexpr std::size_t kFewest = 2;
constexpr std::size_t kMost = 20;
constexpr std::size_t kCaptionMax = 180;

std::string text_of(const json::object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::vector<Picture> read_items(const Call& call) {
  std::vector<Picture> items;
  boost::system::error_code error;
  const auto value = json::parse(in_json(call, "items"), error);
  if (error || !value.is_array()) return items;
  for (const auto& item : value.as_array())
    if (item.is_object())
      items.push_back({.asset = text_of(item.as_object(), "media_id"),
                       .caption = text_of(item.as_object(), "caption"),
                       .link = text_of(item.as_object(), "outbound_url")});
  return items;
}

Draft read_gallery(const Request& request) {
  const auto& call = request.call;
  const auto flair = in_json(call, "flair_id");
  const auto flair_text = in_json(call, "flair_text");
  return {.post = {.community = in_json(call, "sr"),
                   .author = request.user.id,
                   .kind = "gallery",
                   .title = in_json(call, "title"),
                   .text = in_json(call, "text"),
                   .pictures = read_items(call),
                   .flair_id = flair == "null" ? "" : flair,
                   .flair_text = flair_text == "null" ? "" : flair_text,
                   .nsfw = truthy(in_json(call, "nsfw")),
                   .spoiler = truthy(in_json(call, "spoiler")),
                   .send_replies = truthy(in_json(call, "sendreplies"))},
          .validate = truthy(in_json(call, "validate_on_submit"))};
}

Objection wrong(std::string code, std::string text) {
  return Objection(Wrong{.code = std::move(code), .text = std::move(text), .field = "items"});
}

Fine check_items(Request& request, const std::vector<Picture>& items) {
  if (items.size() < kFewest || items.size() > kMost)
    return wrong("INVALID_OPTION", "that option is not valid");
  for (const auto& item : items) {
    if (code_points(item.caption) > kCaptionMax)
      return wrong("TOO_LONG", "this is too long (max: 180)");
    const auto* asset = uploaded(request.state(), item.asset, request.user.id);
    if (asset == nullptr || !asset->type.starts_with("image/") || asset->broken)
      return wrong("INVALID_OPTION", "that option is not valid");
    const bool early = request.x.now_ms() < asset->ready_ms;
    if (early && request.x.choice("unready_gallery") == "refused")
      return wrong("MEDIA_NOT_READY", "Some of the media is still being processed.");
  }
  return Done{};
}

Fine check(Request& request, Draft& draft) {
  HERALD_CHECK(check_place(request, draft));
  HERALD_CHECK(check_title(draft));
  HERALD_CHECK(check_pace(request));
  HERALD_CHECK(check_items(request, draft.post.pictures));
  HERALD_CHECK(check_text(draft));
  const auto& community = *request.state().community(draft.post.community);
  if (draft.validate) HERALD_CHECK(check_requirements(community, draft));
  HERALD_CHECK(check_flair(request, draft));
  draft.post.community = community.name;
  draft.post.nsfw = draft.post.nsfw || community.over18;
  return Done{};
}

}  // namespace

Checked<Answer> submit_gallery(Request& request) {
  auto draft = read_gallery(request);
  const bool json_asked = in_json(request.call, "api_type") == "json";
  const auto fine = check(request, draft);
  if (!fine) return Answer{.response = refused_content(request.x, fine.error(), json_asked)};
  note_post(request);
  const auto& post = make_visible(request.x, std::move(draft.post));
  // Here "id" holds the full name.
  const auto data = json::serialize(
      json::object{{"url", "https://www.reddit.com" + permalink(request.state(), post)},
                   {"id", "t3_" + post.id}});
  return Answer{.response = accepted_content(data, json_asked), .publishes = true};
}

}  // namespace herald::sandbox::reddit
