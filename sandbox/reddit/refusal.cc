#include "sandbox/reddit/refusal.h"

#include <boost/json.hpp>

#include "sandbox/page.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

std::string_view reason_phrase(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 429:
      return "Too Many Requests";
    case 502:
      return "Bad Gateway";
    default:
      return "Error";
  }
}

http::Response token_error(const Context& x, int status, std::string_view error) {
  auto response = x.on("error_message")
                      ? plain_error(status)
                      : json_answer(status, json::serialize(json::object{{"error", status}}));
  response.headers.set("WWW-Authenticate",
                       "Bearer realm=\"reddit\", error=\"" + std::string(error) + "\"");
  return response;
}

// The calls of jQuery that Reddit's pages once ran.
std::string as_jquery(const json::array& steps, bool success) {
  json::array calls;
  calls.push_back(json::array{0, 1, "call", json::array{"body"}});
  for (const auto& step : steps) calls.push_back(json::array{1, 2, "call", json::array{step}});
  return json::serialize(json::object{{"jquery", std::move(calls)}, {"success", success}});
}

http::Response requirement_refused(const Wrong& wrong) {
  return json_answer(400, json::serialize(json::object{{"fields", json::array{wrong.field}},
                                                       {"explanation", wrong.text},
                                                       {"error_type", "SUBMIT_VALIDATION_ERROR"},
                                                       {"message", "Bad Request"},
                                                       {"reason", wrong.code}}));
}

}  // namespace

http::Response plain_error(int status, std::string_view reason) {
  json::object body;
  if (!reason.empty()) body["reason"] = reason;
  body["message"] = reason_phrase(status);
  body["error"] = status;
  return json_answer(status, json::serialize(body));
}

http::Response invalid_token(const Context& x) { return token_error(x, 401, "invalid_token"); }

http::Response insufficient_scope(const Context& x) {
  return token_error(x, 403, "insufficient_scope");
}

http::Response parameter_required(std::string_view name) {
  return json_answer(
      400, json::serialize(json::object{
               {"fields", json::array{name}},
               {"explanation", "The parameter \"" + std::string(name) + "\" is required."},
               {"message", "Bad Request"},
               {"reason", "PARAMETER_REQUIRED"}}));
}

http::Response bad_agent(const Context& x) {
  if (x.choice("agent_answer") != "403") return plain_error(429);
  return html_answer(403, page_of("Blocked",
                                  "<main class=\"card\"><h1>whoa there, pardner!</h1>"
                                  "<p>Your request has been blocked due to a network "
                                  "policy. Send a User-Agent of your own.</p></main>"));
}

http::Response oauth_error(int status, std::string_view error) {
  return json_answer(status, json::serialize(json::object{{"error", error}}));
}

http::Response wrong_client() {
  auto response = plain_error(401);
  response.headers.set("WWW-Authenticate", "Basic realm=\"reddit\"");
  return response;
}

http::Response refused_content(const Context& x, const Wrong& wrong, bool json_asked) {
  const auto requirement = wrong.requirement;
  const auto& form = x.choice("validation_answer");
  const bool flair = wrong.field == "flair";
  if (requirement && (form == "400" || (form == "mixed" && !flair)))
    return requirement_refused(wrong);
  if (!json_asked) return json_answer(200, as_jquery({".error." + wrong.code, wrong.text}, false));
  json::value field;
  if (!wrong.field.empty()) field = wrong.field;
  json::object inner;
  if (wrong.ratelimit_s > 0 && x.on("ratelimit_number")) inner["ratelimit"] = wrong.ratelimit_s;
  json::array errors;
  errors.push_back(json::array{wrong.code, wrong.text, std::move(field)});
  inner["errors"] = std::move(errors);
  return json_answer(200, json::serialize(json::object{{"json", std::move(inner)}}));
}

http::Response accepted_content(std::string_view data, bool json_asked) {
  json::object inner{{"errors", json::array()}};
  if (data.empty()) {
    return json_answer(
        200, json_asked ? json::serialize(json::object{{"json", inner}}) : as_jquery({}, true));
  }
  auto value = json::parse(data);
  if (!json_asked) {
    const auto* url = value.as_object().if_contains("url");
    return json_answer(200, as_jquery({url == nullptr ? json::value() : *url}, true));
  }
  inner["data"] = std::move(value);
  return json_answer(200, json::serialize(json::object{{"json", std::move(inner)}}));
}

}  // namespace herald::sandbox::reddit
