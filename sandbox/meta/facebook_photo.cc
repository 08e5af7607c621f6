// POST /{page}/photos and /photo_stories.
#include <boost/json.hpp>

#include "sandbox/image_facts.h"
#include "sandbox/meta/facebook.h"
#include "sandbox/meta/facebook_schedule.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::string_view kKnown =
    "url source caption message name alt_text_custom published temporary scheduled_publish_time "
    "unpublished_content_type no_story place tags targeting backdated_time";
constexpr std::size_t kMiB = 1024 * 1024;
constexpr std::int64_t kPhotoLifeMs = 24LL * 3600 * 1000;

// Of what image_facts() does not read.
std::string other_format(std::string_view bytes) {
  if (bytes.starts_with("BM")) return "bmp";
  if (bytes.starts_with(std::string_view("II*\0", 4)) ||
      bytes.starts_with(std::string_view("MM\0*", 4)))
    return "tiff";
  return {};
}

Graph<Picture> read_picture(GraphCall& graph, std::string_view bytes) {
  const auto facts = image_facts(bytes);
  const auto format =
      facts ? (facts->format == "mpo" ? "jpeg" : facts->format) : other_format(bytes);
  if (format.empty()) return std::unexpected(refuse(kImageFileInvalid));
  const bool cautious = graph.world.switches.text("meta.photo_mb") == "4";
  if (bytes.size() > (cautious ? 4 : 10) * kMiB || format == "webp")
    return std::unexpected(refuse(kPhotoTooLarge));
  return Picture{.digest = graph.world.media.keep(bytes),
                 .type = "image/" + format,
                 .width = facts ? facts->width : 0,
                 .height = facts ? facts->height : 0};
}

// Of the multipart part, or of the fetched address; Picture::digest empty: fetch first.
Graph<Picture> take_picture(GraphCall& graph) {
  for (const auto& field : graph.call.fields)
    if (field.name == "source" && field.size > 0)
      return read_picture(graph, graph.call.part(field));
  const auto url = graph.get("url");
  if (url.empty()) return std::unexpected(refuse(kImageFileInvalid));
  if (!url.starts_with("http://") && !url.starts_with("https://"))
    return std::unexpected(refuse(kImageFileInvalid));
  const auto found = graph.call.fetched.find(url);
  if (found == graph.call.fetched.end()) return Picture{};
  const auto& file = found->second;
  if (file.outcome == Fetched::Outcome::too_large) return std::unexpected(refuse(kPhotoTooLarge));
  if (file.outcome != Fetched::Outcome::ok || file.status != 200)
    return std::unexpected(refuse(kImageFileInvalid));
  return read_picture(graph, file.body->view());
}

std::string caption_of(const GraphCall& graph) {
  return graph.get("caption").empty() ? graph.call.get("message", graph.get("name"))
                                      : graph.get("caption");
}

Graph<Answer> photo_answer(GraphCall& graph, const PagePhoto& photo, bool scheduled) {
  json::object plain{{"id", photo.id}};
  const bool names_post = !scheduled || graph.world.switches.on("meta.scheduled_photo_names_post");
  if (!photo.post.empty() && names_post) plain["post_id"] = photo.post;
  return written(graph, plain,
                 [&](const Fields& fields) { return show_photo(graph, photo, fields); });
}

}  // namespace

Graph<Answer> publish_photo(GraphCall& graph, const Page& page) {
  if (auto refused = may_publish(graph, page)) return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph, kKnown)) return std::unexpected(*refused);
  HERALD_TRY(const auto schedule, read_schedule(graph, kPostScheduleMaxMs, false));
  const bool temporary = truthy(graph.get("temporary"));
  if (temporary && schedule.at_ms != 0) return std::unexpected(refuse(kParameterInvalid));
  HERALD_TRY(auto picture, take_picture(graph));
  if (picture.digest.empty()) return Answer{.fetch_first = {graph.get("url")}};
  PagePhoto photo{.id = graph.state.next_id("photo", 122110000000000001),
                  .page = page.id,
                  .app = graph.token->app,
                  .picture = std::move(picture),
                  .caption = caption_of(graph),
                  .alt_text = graph.get("alt_text_custom"),
                  .created_ms = graph.now_ms(),
                  .temporary = temporary};
  const auto id = photo.id;
  graph.state.photos[id] = std::move(photo);
  const auto& kept = graph.state.photos.at(id);
  const bool draft = graph.get("unpublished_content_type") == "DRAFT";
  if (!schedule.held || draft)
    add_post(graph.world, graph.state,
             {.page = page.id,
              .app = kept.app,
              .kind = "image",
              .message = kept.caption,
              .photos = {id},
              .created_ms = kept.created_ms,
              .publish_ms = schedule.at_ms,
              .held = schedule.held});
  HERALD_TRY(auto answer, photo_answer(graph, kept, schedule.at_ms != 0));
  answer.publishes = !schedule.held;
  return answer;
}

Graph<Answer> publish_photo_story(GraphCall& graph, const Page& page) {
  if (auto refused = may_publish(graph, page)) return std::unexpected(*refused);
  if (graph.call.find("url") != nullptr) return std::unexpected(refuse(kParameterInvalid));
  if (auto refused = unknown_parameter(graph, "photo_id")) return std::unexpected(*refused);
  const auto id = graph.get("photo_id");
  if (id.empty()) return std::unexpected(refuse(kParameterMissing, {"photo_id"}));
  const auto found = graph.state.photos.find(id);
  if (found == graph.state.photos.end() || found->second.page != page.id)
    return std::unexpected(refuse(kParameterInvalid));
  const auto& photo = found->second;
  const bool old = graph.now_ms() >= photo.created_ms + kPhotoLifeMs;
  if (photo.removed || !photo.post.empty() || old)
    return std::unexpected(refuse(kParameterInvalid));
  const auto& post = add_post(graph.world, graph.state,
                              {.page = page.id,
                               .app = graph.token->app,
                               .kind = "story",
                               .photos = {id},
                               .created_ms = graph.now_ms()});
  return story_answer(graph, post);
}

}  // namespace herald::sandbox::meta
