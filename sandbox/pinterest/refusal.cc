#include "sandbox/pinterest/refusal.h"

#include <boost/json.hpp>

namespace herald::sandbox::pinterest {

namespace json = boost::json;

http::Response refuse(int status, int code, std::string_view message) {
  return json_answer(status, json::serialize(json::object{{"code", code}, {"message", message}}));
}

http::Response authentication_failed(const Context& x) {
  json::object body{{"code", 2}, {"message", "Authentication failed."}};
  if (x.on("token_error_status_field")) body["status"] = "failure";
  return json_answer(401, json::serialize(body));
}

http::Response grant_invalid(const Context& x) {
  if (x.choice("grant_error") == "oauth") return json_answer(400, R"({"error":"invalid_grant"})");
  return refuse(401, 283, "The authorization grant is invalid");
}

http::Response scopes_missing(const Context& x, const std::vector<std::string>& scopes) {
  std::string list;
  for (const auto& scope : scopes) list += (list.empty() ? "'" : ", '") + scope + "'";
  return refuse(static_cast<int>(x.number("scope_status")), 3,
                "Your token does not have sufficient permissions to perform this operation. Please "
                "ensure your token is authorized with the correct set of scopes. Missing: [" +
                    list + "]");
}

http::Response app_not_approved() {
  return refuse(401, 3, "Your application consumer type is not supported, please contact support.");
}

http::Response on_trial() {
  return refuse(403, 29,
                "Apps with Trial access may not create Pins in production "
                "https://api.pinterest.com - use API Sandbox https://api-sandbox.pinterest.com "
                "instead.");
}

http::Response not_permitted() {
  return refuse(403, 29, "You are not permitted to access that resource.");
}

http::Response no_board() { return refuse(404, 40, "Board not found."); }

http::Response no_section() {
  return refuse(404, 2031, "Sorry! We couldn't find this board section.");
}

http::Response no_pin(const Context& x) {
  return refuse(404, static_cast<int>(x.number("delete_error_code")), "Pin not found.");
}

http::Response invalid(std::string_view what) {
  return refuse(400, 1, "Invalid request: " + std::string(what));
}

http::Response bad_link() {
  return refuse(400, 1,
                "Whoops! It looks like you entered an invalid URL. Try creating a Pin again with a "
                "valid URL.");
}

http::Response unreachable() {
  return refuse(400, 1, "Unable to reach the URL. Please check the URL and try again.");
}

http::Response too_small() {
  return refuse(403, 233, "Your image is too small. Please choose a larger image and try again.");
}

http::Response broken_image() {
  return refuse(403, 235, "Sorry, this image is broken. Please pick a different image.");
}

http::Response no_cover() {
  return invalid("cover_image_url or cover_image_content_type is required");
}

http::Response restricted_feature(std::string_view feature) {
  return refuse(
      401, 3,
      "Your application does not have access to this restricted feature: " + std::string(feature));
}

http::Response too_many() {
  return refuse(429, 8,
                "This request exceeded a rate limit. This can happen if the client exceeds one\nof "
                "the published rate limits or if multiple write operations are applied to\nan "
                "object within a short time window.");
}

http::Response spam() {
  return json_answer(429,
                     R"({"code":8,"message":"blocked","message_detail":"This looks like spam"})");
}

http::Response consent_error(int code, std::string_view data, std::string_view message) {
  return json_answer(400, json::serialize(json::object{{"status", "failure"},
                                                       {"code", code},
                                                       {"data", data},
                                                       {"message", message},
                                                       {"endpoint_name", "oauth_connect"}}));
}

http::Response scripted_refusal(const Context& x, std::string_view name) {
  if (name == "PN-07" || name == "PN-12") return grant_invalid(x);
  if (name == "PN-13") return authentication_failed(x);
  if (name == "PN-20") return scopes_missing(x, {"boards:write"});
  if (name == "PN-21") return on_trial();
  if (name == "PN-22") return app_not_approved();
  if (name == "PN-23") return not_permitted();
  if (name == "PN-24") return no_board();
  if (name == "PN-25") return no_section();
  if (name == "PN-26") return invalid(R"('bread' does not match '^\d+$')");
  if (name == "PN-28") return bad_link();
  if (name == "PN-29") return unreachable();
  if (name == "PN-29 small") return too_small();
  if (name == "PN-29 broken") return broken_image();
  if (name == "PN-37") return no_cover();
  if (name == "PN-40" || name == "server-error")
    return refuse(500, 12, "Something went wrong on our end. Sorry about that.");
  if (name == "PN-42") return too_many();
  if (name == "PN-43" || name == "spam") return spam();
  if (name == "PN-48") return no_pin(x);
  return {.status = 0};
}

}  // namespace herald::sandbox::pinterest
