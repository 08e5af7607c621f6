// Images, documents and videos as resources: uploads begun and ended, states read.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/linkedin/assets.h"
#include "sandbox/linkedin/authority.h"
#include "sandbox/linkedin/body.h"
#include "sandbox/linkedin/upload.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

constexpr std::int64_t kPartBytes = 4'194'304;
constexpr std::int64_t kVideoBytesMin = 75'000;
constexpr std::int64_t kVideoBytesMax = 500LL * 1024 * 1024;

// The object in the body's only member, whose name is the action's.
struct Argument {
  json::object body;
  const json::object* held = nullptr;  // Within body.
  std::optional<http::Response> fault;

  Argument(const Request& request, json::object from, std::string_view name)
      : body(std::move(from)) {
    Members members(request.x, body, "", fault);
    members.only({name});
    held = members.need_object(name);
  }
  Argument(const Argument&) = delete;
  Argument& operator=(const Argument&) = delete;
};

Asset& add_asset(Request& request, std::string_view kind, std::string_view prefix,
                 const std::string& owner) {
  const auto urn = fmt::format("urn:li:{}:{}{}", kind, prefix, random_text(20));
  auto& asset = request.state().assets[urn];
  asset.urn = urn;
  asset.owner = owner;
  return asset;
}

Checked<Answer> initialize_file(Request& request, std::string_view kind, std::string_view prefix) {
  HERALD_TRY(auto body, read_body(request.call));
  Argument argument(request, std::move(body), "initializeUploadRequest");
  if (argument.fault) return Refused(*std::move(argument.fault));
  Members members(request.x, *argument.held, "/initializeUploadRequest", argument.fault);
  members.only({"owner"});
  const auto owner = members.need_text("owner");
  if (argument.fault) return Refused(*std::move(argument.fault));
  HERALD_CHECK(may_write(request, "/initializeUploadRequest/owner", owner));
  const auto& asset = add_asset(request, kind, prefix, owner);
  const auto key = add_upload_url(request.x, {.asset = asset.urn, .use = "file"});
  json::object value{{"uploadUrlExpiresAt", request.state().upload_urls.at(key).expires_ms},
                     {"uploadUrl", upload_link(request.call, key)}};
  value[kind] = asset.urn;
  return answer_with(json::serialize(json::object{{"value", std::move(value)}}));
}

// One address for each 4 MiB.
json::array add_parts(Request& request, Asset& video) {
  json::array instructions;
  for (std::int64_t first = 0; first < video.size; first += kPartBytes) {
    const auto last = std::min(first + kPartBytes, video.size) - 1;
    const auto key = add_upload_url(request.x, {.asset = video.urn,
                                                .use = "part",
                                                .part = first / kPartBytes,
                                                .first_byte = first,
                                                .last_byte = last});
    video.parts.push_back(key);
    instructions.push_back(json::object{
        {"uploadUrl", upload_link(request.call, key)}, {"firstByte", first}, {"lastByte", last}});
  }
  return instructions;
}

std::string_view unquoted(std::string_view etag) {
  const bool quoted = etag.size() >= 2 && etag.starts_with('"') && etag.ends_with('"');
  return quoted ? etag.substr(1, etag.size() - 2) : etag;
}

Checked<Done> check_parts(const Request& request, const Asset& video, const json::array& ids) {
  if (ids.size() != video.parts.size())
    return Refused(
        updating_failed(fmt::format("{} part ids for {} parts", ids.size(), video.parts.size())));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto& etag = request.state().upload_urls.at(video.parts[i]).etag;
    if (etag.empty()) return Refused(updating_failed(fmt::format("Part {} is missing", i)));
    if (!ids[i].is_string() || unquoted(ids[i].get_string()) != unquoted(etag))
      return Refused(updating_failed(fmt::format("Part {} has another id", i)));
  }
  return Done{};
}

json::object asset_json(const Request& request, const Asset& asset) {
  const auto status = status_of(request.x, asset);
  json::object out{{"id", asset.urn}, {"owner", asset.owner}, {"status", status}};
  if (status == "AVAILABLE")
    out["downloadUrl"] = request.call.link("media.licdn.com", "/dms/media/" + asset.digest);
  if (kind_of(asset) != "video") return out;
  if (status == "AVAILABLE") out["duration"] = asset.duration_ms;
  if (status == "PROCESSING_FAILED") out["processingFailureReason"] = asset.failure;
  return out;
}

Checked<const Asset*> asset_behind(const Request& request, std::string_view resource) {
  const auto& urn = request.keys.front();
  const auto found = request.state().assets.find(urn);
  if (found == request.state().assets.end() ||
      resource.find(kind_of(found->second)) == resource.npos)
    return Refused(not_found(urn));
  return &found->second;
}

}  // namespace

Checked<Answer> initialize_image(Request& request) {
  return initialize_file(request, "image", "D4E10AQ");
}

Checked<Answer> initialize_document(Request& request) {
  return initialize_file(request, "document", "D4E1FAQ");
}

Checked<Answer> initialize_video(Request& request) {
  HERALD_TRY(auto body, read_body(request.call));
  Argument argument(request, std::move(body), "initializeUploadRequest");
  if (argument.fault) return Refused(*std::move(argument.fault));
  Members members(request.x, *argument.held, "/initializeUploadRequest", argument.fault);
  members.only({"owner", "fileSizeBytes", "uploadCaptions", "uploadThumbnail"});
  const auto owner = members.need_text("owner");
  const auto size = members.need_number("fileSizeBytes");
  const bool captions = members.flag("uploadCaptions");
  const bool thumbnail = members.flag("uploadThumbnail");
  if (size < kVideoBytesMin || size > kVideoBytesMax)
    members.refuse(invalid_value("/initializeUploadRequest/fileSizeBytes", std::to_string(size)));
  if (argument.fault) return Refused(*std::move(argument.fault));
  HERALD_CHECK(may_write(request, "/initializeUploadRequest/owner", owner));
  auto& video = add_asset(request, "video", "C5505AQ", owner);
  video.size = size;
  if (request.x.choice("upload_token") == "filled") video.upload_token = random_text(24);
  auto instructions = add_parts(request, video);
  const auto& first = request.state().upload_urls.at(video.parts.front());
  json::object value{{"uploadUrlsExpireAt", first.expires_ms},
                     {"video", video.urn},
                     {"uploadToken", video.upload_token},
                     {"uploadInstructions", std::move(instructions)}};
  const auto add_extra = [&](const char* use) {
    const auto key = add_upload_url(request.x, {.asset = video.urn, .use = use});
    value[std::string(use) + "UploadUrl"] = upload_link(request.call, key);
  };
  if (captions) add_extra("captions");
  if (thumbnail) add_extra("thumbnail");
  return answer_with(json::serialize(json::object{{"value", std::move(value)}}));
}

Checked<Answer> finalize_video(Request& request) {
  HERALD_TRY(auto body, read_body(request.call));
  Argument argument(request, std::move(body), "finalizeUploadRequest");
  if (argument.fault) return Refused(*std::move(argument.fault));
  Members members(request.x, *argument.held, "/finalizeUploadRequest", argument.fault);
  members.only({"video", "uploadToken", "uploadedPartIds"});
  const auto urn = members.need_text("video");
  const auto token = members.need_text("uploadToken");
  const auto* ids = members.need_array("uploadedPartIds");
  if (argument.fault) return Refused(*std::move(argument.fault));
  const auto found = request.state().assets.find(urn);
  if (found == request.state().assets.end() || kind_of(found->second) != "video")
    return Refused(invalid_video());
  auto& video = found->second;
  HERALD_CHECK(may_write(request, "/finalizeUploadRequest/video", video.owner));
  if (video.uploaded && request.x.choice("finalize_again") == "refused")
    return Refused(updating_failed("The video is finalized"));
  if (token != video.upload_token) return Refused(updating_failed("The uploadToken is another"));
  HERALD_CHECK(check_parts(request, video, *ids));
  if (video.uploaded) return answer_empty(200);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < video.parts.size(); ++i)
    names.push_back(part_name(static_cast<std::int64_t>(i)));
  const auto whole = request.x.segments.joined(folder_of(video), names);
  if (whole == nullptr) return Refused(refusal(503, "SERVICE_UNAVAILABLE", "Service Unavailable"));
  take_file(request.x, video, whole->view());
  request.x.segments.drop(folder_of(video));
  return answer_empty(200);
}

Checked<Answer> get_asset(Request& request) {
  HERALD_TRY(const auto* asset, asset_behind(request, "image document"));
  if (!request.has("w_organization_social") && !request.has("r_organization_social"))
    return request.denied();
  HERALD_CHECK(may_write(request, "/owner", asset->owner));
  return answer_with(json::serialize(asset_json(request, *asset)));
}

Checked<Answer> get_video(Request& request) {
  HERALD_TRY(const auto* video, asset_behind(request, "video"));
  HERALD_CHECK(may_write(request, "/owner", video->owner));
  if (!request.has("w_organization_social") && request.x.choice("member_video_get") == "denied")
    return request.denied();
  return answer_with(json::serialize(asset_json(request, *video)));
}

}  // namespace herald::sandbox::linkedin
