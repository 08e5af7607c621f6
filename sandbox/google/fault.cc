#include "sandbox/google/fault.h"

#include <boost/json.hpp>

#include "sandbox/side.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr std::string_view kCredentialAdvice =
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. See "
    "https://developers.google.com/identity/sign-in/web/devconsole-project.";
constexpr std::string_view kQuotaText =
    "The request cannot be completed because you have exceeded your <a "
    "href=\"/youtube/v3/getting-started#quota\">quota</a>.";

json::array scope_details(const std::string& method) {
  const bool analytics = method.starts_with("youtubeanalytics");
  return {{{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
           {"reason", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"},
           {"domain", "googleapis.com"},
           {"metadata",
            {{"service", analytics ? "youtubeanalytics.googleapis.com" : "youtube.googleapis.com"},
             {"method", analytics ? method : "youtube.api.v3." + method}}}}};
}

Fault about_parameter(std::string reason, std::string message, std::string location) {
  return {.message = std::move(message),
          .domain = "youtube.parameter",
          .reason = std::move(reason),
          .location = std::move(location),
          .location_type = "other"};
}

// As the servers write it: no character that HTML would take for a tag.
std::string without_tags(std::string text) {
  for (const auto& [plain, escape] : {std::pair{'<', "\\u003c"}, std::pair{'>', "\\u003e"}})
    for (auto at = text.find(plain); at != text.npos; at = text.find(plain, at + 6))
      text.replace(at, 1, escape);
  return text;
}

}  // namespace

http::Response to_response(const Fault& fault) {
  json::object item;
  item["message"] = fault.item_message.empty() ? fault.message : fault.item_message;
  item["domain"] = fault.domain;
  item["reason"] = fault.reason;
  if (!fault.location.empty()) item["location"] = fault.location;
  if (!fault.location_type.empty()) item["locationType"] = fault.location_type;
  json::object error;
  error["code"] = fault.code;
  error["message"] = fault.message;
  error["errors"] = json::array{item};
  if (!fault.status.empty()) error["status"] = fault.status;
  if (!fault.scope_method.empty()) error["details"] = scope_details(fault.scope_method);
  auto response =
      json_answer(fault.code, without_tags(json::serialize(json::object{{"error", error}})));
  if (fault.code == 401) {
    const bool bad = fault.reason == "authError";
    response.headers.set("WWW-Authenticate",
                         std::string("Bearer realm=\"https://accounts.google.com/\"") +
                             (bad ? ", error=\"invalid_token\"" : ""));
  }
  return response;
}

http::Response to_response(Checked<http::Response> outcome) {
  return outcome ? std::move(*outcome) : to_response(outcome.error());
}

Fault login_required() {
  return {.code = 401,
          .message = "Request is missing required authentication credential. " +
                     std::string(kCredentialAdvice),
          .reason = "required",
          .location = "Authorization",
          .location_type = "header",
          .item_message = "Login Required.",
          .status = "UNAUTHENTICATED"};
}

Fault invalid_credentials() {
  return {.code = 401,
          .message =
              "Request had invalid authentication credentials. " + std::string(kCredentialAdvice),
          .reason = "authError",
          .location = "Authorization",
          .location_type = "header",
          .item_message = "Invalid Credentials",
          .status = "UNAUTHENTICATED"};
}

Fault insufficient_scope(std::string method) {
  return {.code = 403,
          .message = "Request had insufficient authentication scopes.",
          .reason = "insufficientPermissions",
          .item_message = "Insufficient Permission",
          .status = "PERMISSION_DENIED",
          .scope_method = std::move(method)};
}

Fault signup_required() {
  return {.code = 401,
          .message = "Unauthorized",
          .domain = "youtube.header",
          .reason = "youtubeSignupRequired",
          .location = "Authorization",
          .location_type = "header"};
}

Fault invalid_api_key() {
  return {.message = "API key not valid. Please pass a valid API key.",
          .reason = "badRequest",
          .status = "INVALID_ARGUMENT"};
}

Fault quota_exceeded() {
  return {.code = 403,
          .message = std::string(kQuotaText),
          .domain = "youtube.quota",
          .reason = "quotaExceeded"};
}

Fault upload_limit_exceeded() {
  return {.message = "The user has exceeded the number of videos they may upload.",
          .domain = "youtube.video",
          .reason = "uploadLimitExceeded"};
}

Fault backend_error() {
  return {.code = 503, .message = "Backend Error", .reason = "backendError"};
}

Fault not_found() { return {.code = 404, .message = "Not Found", .reason = "notFound"}; }

Fault missing_parameter(std::string name) {
  return {.message = "Required parameter: " + name,
          .reason = "required",
          .location = std::move(name),
          .location_type = "parameter"};
}

Fault bad_parameter(std::string name, std::string message) {
  return {.message = std::move(message),
          .reason = "invalidParameter",
          .location = std::move(name),
          .location_type = "parameter"};
}

Fault unknown_part(std::string_view part) {
  return {.message = "'" + std::string(part) + "'",
          .domain = "youtube.part",
          .reason = "unknownPart",
          .location = "part",
          .location_type = "parameter"};
}

Fault no_filter(std::string expected) {
  return about_parameter("missingRequiredParameter",
                         "No filter selected. Expected one of: " + expected, "parameters.");
}

Fault two_filters(std::string sent) {
  return about_parameter("incompatibleParameters",
                         "Incompatible parameters specified in the request: " + sent,
                         "parameters.");
}

Fault bad_page_token() {
  return {.message = "The request specifies an invalid page token.",
          .domain = "youtube.parameter",
          .reason = "invalidPageToken",
          .location = "pageToken",
          .location_type = "parameter"};
}

Fault bad_json(std::string message) {
  return {.message = "Invalid JSON payload received. " + std::move(message),
          .reason = "parseError",
          .status = "INVALID_ARGUMENT"};
}

Fault wrong_type(std::string_view field, std::string_view type, std::string_view value) {
  return {.message = "Invalid value at 'resource." + std::string(field) + "' (" +
                     std::string(type) + "), " + std::string(value),
          .reason = "invalid",
          .status = "INVALID_ARGUMENT"};
}

Fault unknown_field(std::string_view object, std::string_view name) {
  const std::string at = object.empty() ? "resource" : "resource." + std::string(object);
  return {.message = "Invalid JSON payload received. Unknown name \"" + std::string(name) +
                     "\" at '" + at + "': Cannot find field.",
          .reason = "badRequest",
          .status = "INVALID_ARGUMENT"};
}

Fault video_fault(int code, std::string reason, std::string message, std::string location) {
  return {.code = code,
          .message = std::move(message),
          .domain = "youtube.video",
          .reason = std::move(reason),
          .location = std::move(location),
          .location_type = "other"};
}

Fault no_media() {
  return {.message = "The request does not include the video content.",
          .domain = "youtube.video",
          .reason = "mediaBodyRequired"};
}

Fault video_not_found(std::string domain, std::string location) {
  return {.code = 404,
          .message = "The video identified by the <code><a href=\"/youtube/v3/docs/" +
                     domain.substr(domain.find('.') + 1) + "s#" + location + "\">" + location +
                     "</a></code> parameter could not be found.",
          .domain = std::move(domain),
          .reason = "videoNotFound",
          .location = std::move(location),
          .location_type = "parameter"};
}

Fault playlist_not_found(std::string domain) {
  return {.code = 404,
          .message =
              "The playlist identified with the request's <code>playlistId</code> "
              "parameter cannot be found.",
          .domain = std::move(domain),
          .reason = "playlistNotFound",
          .location = "playlistId",
          .location_type = "parameter"};
}

}  // namespace herald::sandbox::google
