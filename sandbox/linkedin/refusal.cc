#include "sandbox/linkedin/refusal.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

http::Response refusal(int status, std::string_view code, std::string_view message, int number) {
  json::object body{{"status", status}};
  if (number != 0) body["serviceErrorCode"] = number;
  if (!code.empty()) body["code"] = code;
  body["message"] = message;
  return json_answer(status, json::serialize(body));
}

http::Response empty_token() {
  return refusal(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2_access_token");
}

http::Response invalid_token() {
  return refusal(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600);
}

http::Response revoked_token() {
  return refusal(401, "REVOKED_ACCESS_TOKEN",
                 "The token used in the request has been revoked by the user", 65601);
}

http::Response expired_token(const Context& x) {
  return refusal(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired",
                 static_cast<int>(x.number("expired_number")));
}

http::Response access_denied(std::string_view what) {
  return refusal(403, "ACCESS_DENIED", fmt::format("Not enough permissions to access: {}", what),
                 100);
}

http::Response version_missing() {
  return refusal(400, "VERSION_MISSING",
                 "A version must be present. Please specify a version by adding the "
                 "LinkedIn-Version header.");
}

http::Response version_inactive(std::string_view month) {
  return refusal(426, "NONEXISTENT_VERSION",
                 fmt::format("Requested version {}01 is not active", month));
}

http::Response illegal(std::string_view message) {
  return refusal(400, "ILLEGAL_ARGUMENT", message);
}

http::Response unresolved_method() {
  return illegal("Resource method could not be resolved from request parameters.");
}

http::Response no_resource() {
  return refusal(404, "RESOURCE_NOT_FOUND", "No virtual resource found");
}

http::Response not_found(std::string_view what) {
  return refusal(404, "NOT_FOUND", fmt::format("Could not find entity {}", what));
}

http::Response missing_field(const Context& x, std::string_view path) {
  const auto message = fmt::format(
      "ERROR :: {} :: field is required but not found and has no default value\n", path);
  if (x.choice("validation") == "400") return refusal(400, "MISSING_FIELD", message);
  return refusal(422, "", message);
}

http::Response wrong_schema(std::string_view path, std::string_view why) {
  return refusal(422, "", fmt::format("ERROR :: {} :: {}\n", path, why));
}

http::Response invalid_value(std::string_view path, std::string_view value) {
  return refusal(400, "INVALID_VALUE_FOR_FIELD",
                 fmt::format("{} :: the value {} is not allowed", path, value));
}

http::Response invalid_urn_type(std::string_view path, std::string_view value) {
  return refusal(400, "INVALID_URN_TYPE",
                 fmt::format("{} :: {} is of no type that is allowed here", path, value));
}

http::Response invalid_urn_id(std::string_view path, std::string_view value) {
  return refusal(400, "INVALID_URN_ID", fmt::format("{} :: {} does not exist", path, value));
}

http::Response too_long(std::string_view path, std::size_t most) {
  return refusal(400, "FIELD_LENGTH_TOO_LONG",
                 fmt::format("{} :: is longer than {} characters", path, most));
}

http::Response duplicate(const Context& x, std::string_view urn) {
  return refusal(422, x.on("duplicate_code") ? "DUPLICATE_POST" : "",
                 fmt::format("Content is a duplicate of {}", urn));
}

http::Response media_waiting() {
  return refusal(400, "MEDIA_ASSET_WAITING_UPLOAD", "Media asset is waiting upload");
}

http::Response media_failed() {
  return refusal(400, "MEDIA_ASSET_PROCESSING_FAILED", "Media asset processing failed");
}

http::Response expired_upload() {
  return refusal(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired");
}

http::Response invalid_video() {
  return refusal(400, "INVALID_VIDEO_ID", "This Video ID is invalid");
}

http::Response updating_failed(std::string_view why) {
  return refusal(400, "UPDATING_ASSET_FAILED", why);
}

http::Response no_activity(const Context& x) {
  return refusal(static_cast<int>(x.number("comment_delay_status")), "",
                 "Unable to obtain activity");
}

http::Response throttled(const Context& x, std::string_view whose) {
  return refusal(429, x.on("limit_code") ? "TOO_MANY_REQUESTS" : "",
                 fmt::format("Resource level throttle {} DAY limit for calls to this resource is "
                             "reached",
                             whose),
                 101);
}

http::Response oauth_error(int status, std::string_view error, std::string_view description) {
  return json_answer(
      status, json::serialize(json::object{{"error", error}, {"error_description", description}}));
}

http::Response unknown_code() {
  return oauth_error(401, "invalid_request",
                     "Unable to retrieve access token: authorization code not found");
}

http::Response wrong_code() {
  return oauth_error(400, "invalid_request",
                     "Unable to retrieve access token: appid/redirect uri/code verifier does not "
                     "match authorization code. Or authorization code expired. Or external member "
                     "binding exists");
}

http::Response missing_parameter(std::string_view name) {
  return oauth_error(400, "invalid_request",
                     fmt::format("A required parameter \"{}\" is missing", name));
}

http::Response wrong_client() {
  return oauth_error(401, "invalid_client", "Client authentication failed");
}

http::Response dead_refresh_token() {
  return oauth_error(
      400, "invalid_grant",
      "The provided authorization grant or refresh token is invalid, expired or revoked.");
}

}  // namespace herald::sandbox::linkedin
