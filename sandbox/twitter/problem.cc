#include "sandbox/twitter/problem.h"

#include <boost/json.hpp>

#include "sandbox/side.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

// The host of live answers; the newer specification has api.x.com, as `credits` shows.
std::string type_of(std::string_view kind) {
  if (kind.empty()) return "about:blank";
  return std::string(kind == "credits" ? "https://api.x.com" : "https://api.twitter.com") +
         "/2/problems/" + std::string(kind);
}

}  // namespace

http::Response problem(int status, std::string_view title, std::string_view detail,
                       std::string_view kind) {
  return json_answer(
      status,
      json::serialize(json::object{
          {"title", title}, {"detail", detail}, {"type", type_of(kind)}, {"status", status}}));
}

http::Response invalid(std::string_view message, std::string_view parameter,
                       std::string_view value) {
  json::object parameters;
  if (!parameter.empty()) parameters[parameter] = json::array{value};
  return json_answer(400,
                     json::serialize(json::object{
                         {"errors", json::array{json::object{{"parameters", std::move(parameters)},
                                                             {"message", message}}}},
                         {"title", "Invalid Request"},
                         {"detail", "One or more parameters to your request was invalid."},
                         {"type", type_of("invalid-request")}}));
}

http::Response forbidden(std::string_view detail) { return problem(403, "Forbidden", detail); }

http::Response unauthorized() { return problem(401, "Unauthorized", "Unauthorized"); }

http::Response not_permitted() {
  return forbidden("You are not permitted to perform this action.");
}

http::Response app_only_forbidden() {
  return problem(403, "Unsupported Authentication",
                 "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  "
                 "Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User "
                 "Context].",
                 "unsupported-authentication");
}

http::Response no_credits() {
  return problem(402, "CreditsDepleted", "Your enrolled account has no credits.", "credits");
}

http::Response usage_capped() {
  return problem(429, "UsageCapExceeded", "Usage cap exceeded: Monthly product cap",
                 "usage-capped");
}

http::Response suspended() {
  return problem(403, "Forbidden", "The user making this request is suspended.", "user-suspended");
}

http::Response client_forbidden() {
  return problem(403, "Client Forbidden",
                 "When authenticating requests to the Twitter API v2 endpoints, you must use keys "
                 "and tokens from a developer App that is attached to a Project.",
                 "client-forbidden");
}

http::Response too_many(bool code88) {
  if (code88)
    return json_answer(429, R"({"errors":[{"code":88,"message":"Rate limit exceeded"}]})");
  return problem(429, "Too Many Requests", "Too Many Requests");
}

http::Response duplicate() {
  return forbidden("You are not allowed to create a Tweet with duplicate content.");
}

http::Response text_too_long(bool as_forbidden) {
  if (as_forbidden) return forbidden("Your Tweet text is too long.");
  return invalid(
      "Your Tweet text is too long. For more information on how Twitter determines text length "
      "see https://github.com/twitter/twitter-text.");
}

http::Response bad_media(std::string_view id) {
  return invalid("Your media IDs are invalid.", "media.media_ids", id);
}

http::Response not_summoned() {
  return forbidden(
      "Reply to this conversation is not allowed because you have not been mentioned or otherwise "
      "engaged by the author of the post you are replying to.");
}

http::Response unknown_upload() {
  return json_answer(400,
                     R"({"errors":[{"message":"BadRequest: Not found"}],"title":"Invalid Request",)"
                     R"("detail":"One or more parameters to your request was invalid.",)"
                     R"("type":"https://api.twitter.com/2/problems/invalid-request"})");
}

std::string not_found_entry(std::string_view resource, std::string_view parameter,
                            std::string_view id) {
  const std::string sought(parameter == "ids" ? "id" : parameter);
  return json::serialize(
      json::object{{"resource_id", id},
                   {"resource_type", resource},
                   {"title", "Not Found Error"},
                   {"detail", "Could not find " + std::string(resource) + " with " + sought +
                                  ": [" + std::string(id) + "]."},
                   {"type", type_of("resource-not-found")},
                   {"parameter", parameter},
                   {"value", id}});
}

http::Response not_found(std::string_view resource, std::string_view parameter,
                         std::string_view id) {
  return json_answer(404, R"({"errors":[)" + not_found_entry(resource, parameter, id) + "]}");
}

http::Response no_such_path() { return problem(404, "Not Found", "Not Found"); }

http::Response oauth_error(int status, std::string_view error, std::string_view description) {
  return json_answer(
      status, json::serialize(json::object{{"error", error}, {"error_description", description}}));
}

}  // namespace herald::sandbox::twitter
