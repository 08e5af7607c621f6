#include "sandbox/tiktok/refusal.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/encoding.h"

namespace herald::sandbox::tiktok {

namespace json = boost::json;

namespace {

struct Code {
  std::string_view name;
  int status;
  std::string_view message;
};

constexpr std::array kCodes = {
    Code{"access_token_invalid", 401, "The access token is invalid or not found in the request."},
    Code{"scope_not_authorized", 401,
         "The user did not authorize the scope required for completing this request."},
    Code{"scope_permission_missed", 400, "Additional permissions are required for this request."},
    Code{"invalid_param", 400, "The request parameters are invalid."},
    Code{"invalid_params", 400, "One or more fields in request is invalid."},
    Code{"invalid_file_upload", 400, "The uploaded file does not meet API specifications."},
    Code{"spam_risk_too_many_pending_share", 403,
         "There may be at most 5 pending shares within any 24-hour period."},
    Code{"privacy_level_option_mismatch", 403,
         "The privacy level is not one of the creator's options."},
    Code{"unaudited_client_can_only_post_to_private_accounts", 403,
         "Please review our integration guidelines."},
    Code{"url_ownership_unverified", 403,
         "To use PULL_FROM_URL, developers must verify the ownership of the URL prefix or domain."},
    Code{"spam_risk_too_many_posts", 403,
         "The daily post cap from the API is reached for the current user."},
    Code{"spam_risk_user_banned_from_posting", 403, "The user is banned from making new posts."},
    Code{"reached_active_user_cap", 403,
         "The daily quota for active publishing users from your client is reached."},
    Code{"app_version_check_failed", 400, "The creator's TikTok app is too old."},
    Code{"invalid_publish_id", 400, "The publish_id does not exist."},
    Code{"token_not_authorized_for_specified_publish_id", 400,
         "The access token does not have authorization for this publish_id."},
    Code{"publish_not_cancellable", 400, "The task cannot be cancelled any more."},
    Code{"rate_limit_exceeded", 429, "The API rate limit was exceeded. Please try again later."},
    Code{"internal_error", 500, "TikTok did not respond. Please try again later."}};

std::string log_id() { return "2026" + random_text(28); }

json::object error_object(std::string_view code, std::string_view message) {
  return {{"code", code}, {"message", message}, {"log_id", log_id()}};
}

}  // namespace

Answer success(std::string_view data_json) {
  json::object body;
  if (!data_json.empty()) body["data"] = json::parse(data_json);
  body["error"] = error_object("ok", "");
  return {.response = json_answer(200, json::serialize(body))};
}

http::Response refusal(std::string_view code, std::string_view message, int status) {
  const auto* found = std::ranges::find(kCodes, code, &Code::name);
  if (found == kCodes.end()) return {.status = 0};
  return json_answer(
      status == 0 ? found->status : status,
      json::serialize(
          json::object{{"data", json::object{}},
                       {"error", error_object(code, message.empty() ? found->message : message)}}));
}

Refused wrong(std::string_view message) { return Refused(refusal("invalid_param", message)); }

http::Response oauth_error(int status, std::string_view error, std::string_view description) {
  return json_answer(
      status, json::serialize(json::object{
                  {"error", error}, {"error_description", description}, {"log_id", log_id()}}));
}

}  // namespace herald::sandbox::tiktok
