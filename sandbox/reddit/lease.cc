// POST /api/media/asset.json: leave to put one file into a bucket, by a signed form.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/reddit/bucket.h"
#include "sandbox/reddit/endpoint.h"
#include "sandbox/reddit/form.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

constexpr std::int64_t kLifeMs = 15LL * 60 * 1000;
constexpr std::int64_t kOldLifeMs = 60 * 1000;

// 0: Reddit takes no such file.
std::int64_t allowed_bytes(const Context& x, std::string_view type) {
  if (type == "image/jpeg" || type == "image/png") return x.number("image_bytes");
  if (type == "image/webp") return x.choice("webp") == "taken" ? x.number("image_bytes") : 0;
  if (type == "image/gif") return x.number("gif_bytes");
  return type == "video/mp4" || type == "video/quicktime" ? x.number("video_bytes") : 0;
}

std::string amazon_moment(std::int64_t ms) {
  return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(static_cast<std::time_t>(ms / 1000)));
}

std::string iso_moment(std::int64_t ms) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S.000Z}", fmt::gmtime(static_cast<std::time_t>(ms / 1000)));
}

std::string base64(std::string_view bytes) {
  auto out = base64url(bytes);
  std::ranges::replace(out, '-', '+');
  std::ranges::replace(out, '_', '/');
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::string policy_of(const Asset& asset) {
  json::array conditions;
  for (const auto& field : asset.fields)
    conditions.push_back(json::object{{field.name, field.value}});
  conditions.push_back(json::array{"content-length-range", 1, asset.max_bytes});
  return base64(json::serialize(
      json::object{{"expiration", iso_moment(asset.expires_ms)}, {"conditions", conditions}}));
}

// The fields in the names of the time, in an order that no client should rely on.
void fill_fields(Asset& asset, const std::string& extension, std::int64_t now_ms, bool old) {
  const auto named = [&](std::string_view name) {
    return old ? "X-Amz-" + std::string(name) : "x-amz-" + lower(name);
  };
  const auto day = amazon_moment(now_ms).substr(0, 8);
  asset.fields = {{named("Algorithm"), "AWS4-HMAC-SHA256"},
                  {"key", asset.key},
                  {"x-amz-storage-class", "STANDARD"},
                  {"success_action_status", "201"},
                  {"bucket", asset.host.substr(0, asset.host.find('.'))},
                  {"acl", old ? "public-read" : "private"},
                  {named("Security-Token"), random_text(120)},
                  {named("Date"), amazon_moment(now_ms)},
                  {"x-amz-meta-ext", extension},
                  {named("Credential"), "SANDBOX/" + day + "/us-east-1/s3/aws4_request"},
                  {"Content-Type", asset.type}};
  const auto policy = policy_of(asset);
  asset.fields.push_back({"policy", policy});
  asset.fields.push_back({named("Signature"), sha256_hex(policy + asset.id)});
  const auto turn = static_cast<std::ptrdiff_t>(static_cast<unsigned char>(asset.id.back()) %
                                                asset.fields.size());
  std::ranges::rotate(asset.fields, asset.fields.begin() + turn);
}

}  // namespace

Checked<Answer> lease_upload(Request& request) {
  auto& x = request.x;
  const auto path = in_form(request.call, "filepath");
  const auto type = lower(in_form(request.call, "mimetype"));
  if (path.empty()) return Refused(parameter_required("filepath"));
  if (type.empty()) return Refused(parameter_required("mimetype"));
  const auto max_bytes = allowed_bytes(x, type);
  if (max_bytes == 0) return Refused(plain_error(400));
  const bool old = x.choice("lease_form") == "2020";
  const bool film = type.starts_with("video/");
  Asset asset{.id = lower(random_text(7)) + x.state.next_id(),
              .owner = request.user.id,
              .type = type,
              .host = film ? std::string(kVideoBucket) : std::string(kImageBucket),
              .max_bytes = max_bytes,
              .expires_ms = x.now_ms() + (old ? kOldLifeMs : kLifeMs)};
  asset.key = (old && !film ? "rte_images/" : "") + asset.id;
  fill_fields(asset, path.substr(std::min(path.rfind('.') + 1, path.size())), x.now_ms(), old);
  json::array fields;
  for (const auto& field : asset.fields)
    fields.push_back(json::object{{"name", field.name}, {"value", field.value}});
  const json::object body{
      {"args", json::object{{"action", "//" + asset.host}, {"fields", fields}}},
      {"asset", json::object{{"asset_id", asset.id},
                             {"processing_state", "incomplete"},
                             {"payload", json::object{{"filepath", path}}},
                             {"websocket_url",
                              "wss://ws-sandbox.example/" + asset.id + "?m=" + random_text(24)}}}};
  x.state.assets[asset.id] = asset;
  return answer_with(json::serialize(body));
}

}  // namespace herald::sandbox::reddit
