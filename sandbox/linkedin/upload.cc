#include "sandbox/linkedin/upload.h"

#include <fmt/format.h>

#include "sandbox/encoding.h"
#include "sandbox/linkedin/assets.h"
#include "sandbox/linkedin/router.h"
#include "sandbox/linkedin/tokens.h"
#include "sandbox/linkedin/urn.h"

namespace herald::sandbox::linkedin {

namespace {

constexpr std::string_view kRoot = "/dms-uploads/";
constexpr std::int64_t kUrlLifeMs = 60LL * 60 * 1000;

http::Response empty(int status) { return {.status = status}; }

std::string new_etag(const Context& x, std::string_view bytes) {
  if (x.choice("etag_form") == "token")
    return "/ambry-video/signedId/AgAAAQ" + random_text(90) + ".bin";
  return "\"" + sha256_hex(bytes).substr(0, 32) + "\"";
}

Checked<http::Response> take_file_of(Context& x, const Call& call, UploadUrl& url) {
  if (x.choice("image_put_token") == "required") HERALD_CHECK(check_access(x, bearer_of(call)));
  if (!url.etag.empty()) return Refused(expired_upload());
  const auto bytes = call.body->view();
  if (bytes.empty()) return Refused(illegal("The upload is empty"));
  take_file(x, x.state.assets.at(url.asset), bytes);
  url.etag = "used";
  return empty(static_cast<int>(x.number("image_put_status")));
}

Checked<http::Response> take_part(Context& x, const Call& call, UploadUrl& url) {
  const auto& video = x.state.assets.at(url.asset);
  const auto bytes = call.body->view();
  const bool again = !url.etag.empty();
  if (video.uploaded || (again && x.choice("part_urls") == "once"))
    return Refused(expired_upload());
  if (static_cast<std::int64_t>(bytes.size()) != url.last_byte - url.first_byte + 1)
    return Refused(updating_failed(fmt::format("The part has {} bytes, not {} to {}", bytes.size(),
                                               url.first_byte, url.last_byte)));
  if (!x.segments.keep(folder_of(video), part_name(url.part), bytes))
    return Refused(refusal(503, "SERVICE_UNAVAILABLE", "Service Unavailable"));
  url.etag = new_etag(x, bytes);
  auto response = empty(200);
  response.headers.set("ETag", url.etag);
  return response;
}

}  // namespace

std::string add_upload_url(Context& x, UploadUrl url) {
  auto key = random_text(40);
  url.expires_ms = x.now_ms() + kUrlLifeMs;
  x.state.upload_urls[key] = std::move(url);
  return key;
}

std::string upload_link(const Call& call, const std::string& key) {
  return call.link("www.linkedin.com", std::string(kRoot) + key);
}

std::string folder_of(const Asset& video) {
  const auto urn = read_urn(video.urn);
  return urn ? urn->id : std::string();
}

std::string part_name(std::int64_t part) { return fmt::format("{:04}", part); }

http::Response take_upload(Context& x, const Call& call) {
  if (call.method != "PUT") return refusal(405, "METHOD_NOT_ALLOWED", "Only PUT is allowed");
  const auto found = x.state.upload_urls.find(call.path.substr(kRoot.size()));
  if (found == x.state.upload_urls.end()) return refusal(404, "NOT_FOUND", "No such upload");
  auto& url = found->second;
  if (x.now_ms() >= url.expires_ms) return expired_upload();
  if (url.use == "captions" || url.use == "thumbnail") return empty(201);
  auto answer = url.use == "part" ? take_part(x, call, url) : take_file_of(x, call, url);
  return answer ? std::move(*answer) : std::move(answer).error();
}

}  // namespace herald::sandbox::linkedin
