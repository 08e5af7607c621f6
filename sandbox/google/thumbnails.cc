#include "sandbox/google/thumbnails.h"

#include <boost/json.hpp>

#include "sandbox/google/caller.h"
#include "sandbox/google/list.h"
#include "sandbox/image_facts.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr Method kSet{.rpc = "V3DataThumbnailService.Set",
                      .scopes = kYoutube | kForceSsl | kUpload | kPartner,
                      .units = 50};
// Since 2026-09-14; 2 MB before.
constexpr std::size_t kImageMax = 50 * 1024 * 1024;

std::unexpected<Fault> refuse(int code, std::string reason, std::string message,
                              std::string location = {}, std::string location_type = {}) {
  return std::unexpected(Fault{.code = code,
                               .message = std::move(message),
                               .domain = "youtube.thumbnail",
                               .reason = std::move(reason),
                               .location = std::move(location),
                               .location_type = std::move(location_type)});
}

std::unexpected<Fault> may_not_set() {
  return refuse(403, "forbidden",
                "The authenticated user doesn't have permissions to upload and set custom video "
                "thumbnails.",
                "Authorization", "header");
}

struct Image {
  std::string type;
  std::string_view bytes;
};

Image read_image(const Call& call) {
  if (!call.content_type.starts_with("multipart/")) return {call.content_type, call.body->view()};
  const auto parts = parse_multipart(call.body->view(), call.header("Content-Type"));
  if (parts.empty()) return {};
  return {parts.back().content_type, call.part(parts.back())};
}

Checked<Done> check_image(const Image& image) {
  if (image.bytes.empty())
    return refuse(400, "mediaBodyRequired", "The request does not include the image content.");
  if (image.bytes.size() > kImageMax)
    return refuse(413, "uploadTooLarge", "Media is too large. Limit: " + std::to_string(kImageMax));
  const auto facts = image_facts(image.bytes);
  const bool type_fits = image.type.empty() || image.type == "application/octet-stream" ||
                         image.type == "image/jpeg" || image.type == "image/png";
  if (!type_fits || !facts || (facts->format != "jpeg" && facts->format != "png"))
    return refuse(400, "invalidImage", "The provided image content is invalid.");
  return Done{};
}

Checked<http::Response> set(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kSet));
  HERALD_CHECK(check_common(call));
  const auto id = parameter(call, "videoId");
  if (!id) return std::unexpected(missing_parameter("videoId"));
  auto* video = google.state.video(*id);
  if (video == nullptr)
    return refuse(404, "videoNotFound",
                  "The video that you are trying to insert a thumbnail image for cannot be found.",
                  "videoId", "parameter");
  const auto& rule = google.choice("thumbnails");
  if (video->channel != caller.channel || rule == "forbidden") return may_not_set();
  if (rule == "limited")
    return refuse(429, "uploadRateLimitExceeded",
                  "The channel has uploaded too many thumbnails recently. Please try the request "
                  "again later.");
  const auto image = read_image(call);
  HERALD_CHECK(check_image(image));
  video->thumbnail = google.world.media.keep(image.bytes);
  return resource_answer(
      200,
      tagged({{"kind", "youtube#thumbnailSetResponse"},
              {"etag", ""},
              {"items", json::array{thumbnails_json("https://i.ytimg.com/vi/" + *id + "/")}}}));
}

}  // namespace

Answer set_thumbnail(Context& google, const Call& call) {
  return {.response = to_response(set(google, call))};
}

}  // namespace herald::sandbox::google
