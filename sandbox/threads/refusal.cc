#include "sandbox/threads/refusal.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

constexpr std::int64_t kExpiredAgoMs = 7 * 60 * 1000;

int status_from(const Context& x, std::string_view name) {
  return static_cast<int>(x.number(name));
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

// "Tuesday, 01-Dec-26 06:00:00 PST", which is eight hours behind UTC.
std::string pacific(std::int64_t ms) {
  constexpr std::int64_t kBehindS = 8LL * 60 * 60;
  return fmt::format("{:%A, %d-%b-%y %H:%M:%S} PST",
                     fmt::gmtime(static_cast<std::time_t>(ms / 1000 - kBehindS)));
}

}  // namespace

http::Response refuse(const Context& x, const GraphError& error) {
  const auto& type = x.choice("error_type");
  json::object body{
      {"message", x.choice("error_words") == "other" ? "Something is wrong." : error.message},
      {"type", type == "own" ? error.type : std::string_view(type)},
      {"code", error.code}};
  if (error.subcode != 0) body["error_subcode"] = error.subcode;
  if (error.transient >= 0) body["is_transient"] = error.transient == 1;
  if (!error.title.empty()) body["error_user_title"] = error.title;
  if (!error.text.empty()) body["error_user_msg"] = error.text;
  body["fbtrace_id"] = "AsimTrace";
  return json_answer(error.status, json::serialize(json::object{{"error", std::move(body)}}));
}

http::Response flat_error(int status, std::string_view message) {
  return json_answer(
      status, json::serialize(json::object{
                  {"error_type", "OAuthException"}, {"code", status}, {"error_message", message}}));
}

http::Response matching_code() {
  return flat_error(400, "Matching code was not found or was already used");
}

http::Response authorize_error(const Context& x, std::string_view message, int code) {
  return json_answer(
      status_from(x, "authorize_error_status"),
      json::serialize(json::object{{"error_message", message}, {"error_code", code}}));
}

http::Response invalid_parameter(const Context& x, std::string message) {
  return refuse(x, {.status = status_from(x, "parameter_status"),
                    .type = kParameterFault,
                    .code = 100,
                    .message = std::move(message)});
}

http::Response text_too_long(const Context& x) {
  return invalid_parameter(x, "Param text must be at most 500 characters long.");
}

http::Response too_many_links(const Context& x) {
  const std::string name = "THREADS_API__LINK_LIMIT_EXCEEDED";
  const auto& place = x.choice("link_error_place");
  if (place == "code")
    return json_answer(
        400, json::serialize(json::object{{"error", json::object{{"message", "Invalid parameter"},
                                                                 {"type", kParameterFault},
                                                                 {"code", name},
                                                                 {"fbtrace_id", "AsimTrace"}}}}));
  const bool title = place == "error_user_title";
  return refuse(x, {.type = kParameterFault,
                    .code = 100,
                    .message = title ? "Invalid parameter" : name,
                    .title = title ? name : ""});
}

http::Response media_not_found(const Context& x, const std::string& id) {
  return refuse(x, {.code = 24,
                    .subcode = 4279009,
                    .message = "The requested resource does not exist",
                    .transient = 0,
                    .title = "Media Not Found",
                    .text = "The media with id " + id + " cannot be found."});
}

http::Response download_failed(const Context& x, const std::string& url) {
  return refuse(x, {.code = 1,
                    .subcode = 2207052,
                    .message = "An unknown error occurred",
                    .transient = 0,
                    .title = "Media download has failed.",
                    .text = "The media could not be fetched from this URI: " + url});
}

http::Response invalid_children(const Context& x, const std::string& ids) {
  return refuse(
      x, {.code = 100,
          .subcode = 4279004,
          .message = "Invalid parameter",
          .transient = 0,
          .title = "Invalid carousel children",
          .text = "The children with IDs " + ids + " are invalid, non-existent or expired."});
}

http::Response no_permission(const Context& x) {
  return refuse(x, {.status = status_from(x, "permission_status"),
                    .type = kParameterFault,
                    .code = 10,
                    .message = "Application does not have permission for this action"});
}

http::Response not_granted(const Context& x) {
  return refuse(x, {.status = status_from(x, "grant_status"),
                    .type = kParameterFault,
                    .code = 100,
                    .subcode = 10,
                    .message = "This action requires the threads_basic permission. You must "
                               "submit for app review, or your user must be in the list of "
                               "Threads testers."});
}

http::Response session_key_invalid(const Context& x) {
  return refuse(x, {.code = 452,
                    .subcode = 4279019,
                    .message = "Session key invalid. This could be because the session key has "
                               "an incorrect format, or because the user has revoked this "
                               "session"});
}

http::Response try_again(const Context& x) {
  return refuse(x, {.code = 2,
                    .message = "An unexpected error has occurred. Please retry your request "
                               "later.",
                    .transient = 1});
}

http::Response quota_used_up(const Context& x) {
  return refuse(x, {.code = 9, .message = "The daily limit of this profile is used up"});
}

http::Response restricted(const Context& x) {
  return refuse(x, {.code = 100,
                    .subcode = 2207050,
                    .message = "The account is restricted",
                    .transient = 0,
                    .title = "Account restricted"});
}

http::Response garbage_token(const Context& x) {
  return refuse(
      x,
      {.status = status_from(x, "token_error_status"), .code = 190, .message = "Failed to decode"});
}

http::Response expired(const Context& x, std::int64_t expired_ms) {
  return refuse(
      x, {.status = status_from(x, "token_error_status"),
          .code = 190,
          .subcode = x.on("expired_subcode") ? 463 : 0,
          .message = fmt::format("Error validating access token: Session has expired on {}. The "
                                 "current time is {}.",
                                 pacific(expired_ms), pacific(x.now_ms()))});
}

http::Response revoked(const Context& x, const std::string& app) {
  return refuse(x, {.status = status_from(x, "token_error_status"),
                    .code = 190,
                    .subcode = x.on("expired_subcode") ? 458 : 0,
                    .message = "Error validating access token: The user has not authorized "
                               "application " +
                               app + "."});
}

http::Response no_object(const Context& x, std::string_view verb, const std::string& id) {
  return refuse(x, {.type = kParameterFault,
                    .code = 100,
                    .subcode = 33,
                    .message = fmt::format("Unsupported {} request. Object with ID '{}' does not "
                                           "exist, cannot be loaded due to missing permissions, "
                                           "or does not support this operation",
                                           verb, id)});
}

http::Response wrong_method(const Context& x, std::string_view method) {
  return refuse(x, {.type = kParameterFault,
                    .code = 100,
                    .message = "Unsupported request - method type: " + lower(method)});
}

http::Response scripted_refusal(const Context& x, std::string_view name, const Call& call) {
  if (name == "TH-14") return expired(x, x.now_ms() - kExpiredAgoMs);
  if (name == "TH-18") return media_not_found(x, call.get("creation_id"));
  if (name == "TH-26") return download_failed(x, call.get("image_url", call.get("video_url")));
  if (name == "TH-30") return invalid_children(x, call.get("children"));
  if (name == "TH-31") return invalid_parameter(x);
  if (name == "TH-40")
    return no_object(x, lower(call.method), call.path.substr(call.path.rfind('/') + 1));
  if (name == "TH-07") return matching_code();
  if (name == "server-error") return text_answer(500, "Internal Server Error");
  using Make = http::Response (*)(const Context&);
  static const std::map<std::string_view, Make> all = {
      {"TH-10", session_key_invalid}, {"TH-11", not_granted},    {"TH-15", garbage_token},
      {"TH-22", text_too_long},       {"TH-24", too_many_links}, {"TH-34", no_permission},
      {"TH-35", try_again},           {"TH-37", quota_used_up},  {"restricted", restricted}};
  const auto found = all.find(name);
  return found == all.end() ? http::Response{.status = 0} : found->second(x);
}

}  // namespace herald::sandbox::threads
