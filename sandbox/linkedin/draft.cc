#include "sandbox/linkedin/draft.h"

#include <boost/json.hpp>

#include "sandbox/linkedin/body.h"
#include "sandbox/linkedin/little_text.h"
#include "sandbox/linkedin/urn.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

// Limits: learn.microsoft.com, Posts, MultiImage and Poll APIs (li-lms-2026-01).
constexpr std::size_t kCommentaryMax = 3000;
constexpr std::size_t kTitleMax = 400;
constexpr std::size_t kAltMax = 4086;
constexpr std::size_t kImagesMin = 2;
constexpr std::size_t kImagesMax = 20;
constexpr std::size_t kQuestionMax = 140;
constexpr std::size_t kOptionsMin = 2;
constexpr std::size_t kOptionsMax = 4;
constexpr std::size_t kOptionMax = 30;

struct Reading {
  const Context& x;
  Post& post;
  std::optional<http::Response>& fault;

  Members members(const json::object& object, std::string path) const {
    return {x, object, std::move(path), fault};
  }
};

void read_article(const Reading& read, const json::object& object) {
  auto members = read.members(object, "/content/article");
  members.only({"source", "title", "description", "thumbnail", "thumbnailAltText"});
  read.post.kind = "article";
  read.post.article = members.need_text("source");
  if (members.has("source") && !read.post.article.starts_with("https://") &&
      !read.post.article.starts_with("http://"))
    members.refuse(invalid_value("/content/article/source", read.post.article));
  members.need_text("title");
  read.post.title = members.short_text("title", kTitleMax);
  members.text("description");
  members.short_text("thumbnailAltText", kAltMax);
  const auto thumbnail = members.text("thumbnail");
  if (thumbnail.empty()) return;
  read.post.assets.push_back(thumbnail);
  const auto urn = read_urn(thumbnail);
  if (!urn || urn->type != "image")
    members.refuse(invalid_urn_type("/content/article/thumbnail", thumbnail));
}

void read_media(const Reading& read, const json::object& object) {
  auto members = read.members(object, "/content/media");
  members.only({"id", "title", "altText"});
  const auto id = members.need_text("id");
  const auto urn = read_urn(id);
  members.short_text("altText", kAltMax);
  read.post.title = members.short_text("title", kTitleMax);
  read.post.assets.push_back(id);
  if (!urn || (urn->type != "image" && urn->type != "video" && urn->type != "document")) {
    members.refuse(invalid_urn_type("/content/media/id", id));
    return;
  }
  read.post.kind = urn->type;
  if (urn->type == "document") members.need_text("title");
}

void read_images(const Reading& read, const json::object& object) {
  auto members = read.members(object, "/content/multiImage");
  members.only({"images", "altText"});
  read.post.kind = "images";
  const auto* images = members.need_array("images");
  if (images == nullptr) return;
  if (images->size() < kImagesMin || images->size() > kImagesMax)
    members.refuse(
        invalid_value("/content/multiImage/images", std::to_string(images->size()) + " images"));
  for (const auto& item : *images) {
    if (!item.is_object()) {
      members.refuse(wrong_schema("/content/multiImage/images", "is not backed by a map"));
      continue;
    }
    auto image = read.members(item.get_object(), "/content/multiImage/images");
    image.only({"id", "altText"});
    image.short_text("altText", kAltMax);
    const auto id = image.need_text("id");
    const auto urn = read_urn(id);
    if (!urn || urn->type != "image")
      image.refuse(invalid_urn_type("/content/multiImage/images/id", id));
    read.post.assets.push_back(id);
  }
}

void read_poll(const Reading& read, const json::object& object) {
  auto members = read.members(object, "/content/poll");
  members.only({"question", "options", "settings"});
  read.post.kind = "poll";
  members.need_text("question");
  read.post.title = members.short_text("question", kQuestionMax);
  if (const auto* options = members.need_array("options")) {
    if (options->size() < kOptionsMin || options->size() > kOptionsMax)
      members.refuse(
          invalid_value("/content/poll/options", std::to_string(options->size()) + " options"));
    for (const auto& item : *options) {
      if (!item.is_object()) {
        members.refuse(wrong_schema("/content/poll/options", "is not backed by a map"));
        continue;
      }
      auto option = read.members(item.get_object(), "/content/poll/options");
      option.only({"text"});
      option.need_text("text");
      read.post.options.push_back(option.short_text("text", kOptionMax));
      if (read.post.options.back().empty())
        option.refuse(invalid_value("/content/poll/options/text", "\"\""));
    }
  }
  if (const auto* held = members.need_object("settings")) {
    auto settings = read.members(*held, "/content/poll/settings");
    settings.only({"duration", "voteSelectionType", "isVoterVisibleToAuthor"});
    settings.word("duration", {"ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"});
    if (settings.has("voteSelectionType"))
      settings.word("voteSelectionType", {"SINGLE_VOTE", "MULTIPLE_VOTE"});
    settings.flag("isVoterVisibleToAuthor");
  }
}

void read_content(const Reading& read, const json::object& object) {
  auto members = read.members(object, "/content");
  members.only({"article", "media", "multiImage", "poll"});
  if (object.size() != 1)
    members.refuse(wrong_schema("/content", "union type must have exactly one member"));
  if (const auto* held = members.object("article")) read_article(read, *held);
  if (const auto* held = members.object("media")) read_media(read, *held);
  if (const auto* held = members.object("multiImage")) read_images(read, *held);
  if (const auto* held = members.object("poll")) read_poll(read, *held);
  read.post.content = json::serialize(object);
}

void read_distribution(const Reading& read, const json::object& object) {
  auto members = read.members(object, "/distribution");
  members.only({"feedDistribution", "targetEntities", "thirdPartyDistributionChannels"});
  read.post.feed = members.word("feedDistribution", {"MAIN_FEED", "NONE"});
}

void read_reshare(const Reading& read, const json::object& object) {
  auto members = read.members(object, "/reshareContext");
  members.only({"parent", "root"});
  read.post.kind = "reshare";
  read.post.parent = members.need_text("parent");
  const auto urn = read_urn(read.post.parent);
  if (members.has("parent") && (!urn || (urn->type != "share" && urn->type != "ugcPost")))
    members.refuse(invalid_urn_type("/reshareContext/parent", read.post.parent));
}

}  // namespace

Checked<Done> set_commentary(const Context& x, Post& post, std::string_view path,
                             std::string commentary) {
  auto text = read_little_text(commentary);
  const auto& counted = x.choice("length_counted") == "sent" ? commentary : text.whole;
  if (length_of(x, counted) > kCommentaryMax) return Refused(too_long(path, kCommentaryMax));
  post.sent = std::move(commentary);
  post.commentary = std::move(text.kept);
  post.shown = std::move(text.shown);
  return Done{};
}

Checked<Post> read_draft(const Context& x, const Call& call) {
  HERALD_TRY(const auto body, read_body(call));
  Post post{.kind = "text"};
  std::optional<http::Response> fault;
  const Reading read{.x = x, .post = post, .fault = fault};
  auto members = read.members(body, "");
  members.only({"author", "commentary", "visibility", "distribution", "lifecycleState",
                "isReshareDisabledByAuthor", "content", "reshareContext", "container",
                "contentLandingPage", "contentCallToActionLabel"});
  post.author = members.need_text("author");
  auto commentary = members.need_text("commentary");
  post.visibility = members.word("visibility", {"PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"});
  if (const auto* held = members.need_object("distribution")) read_distribution(read, *held);
  post.lifecycle = members.word("lifecycleState", {"PUBLISHED", "DRAFT"});
  post.reshare_disabled = members.flag("isReshareDisabledByAuthor");
  if (post.visibility == "CONTAINER") members.need_text("container");
  if (const auto* held = members.object("content")) read_content(read, *held);
  if (const auto* held = members.object("reshareContext")) {
    if (members.has("content")) members.refuse(invalid_value("/content", "of a reshare"));
    read_reshare(read, *held);
  }
  if (fault) return Refused(*std::move(fault));
  if (post.kind == "text" && commentary.empty())
    return Refused(refusal(400, "MISSING_FIELD", "/commentary :: a post needs text or content"));
  HERALD_CHECK(set_commentary(x, post, "/commentary", std::move(commentary)));
  return post;
}

}  // namespace herald::sandbox::linkedin
