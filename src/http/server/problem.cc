#include "http/server/problem.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace herald::http {
namespace {

// "media_too_large" -> "Media too large".
std::string title_of(std::string code) {
  for (char& c : code) {
    if (c == '_') c = ' ';
  }
  if (!code.empty() && code[0] >= 'a' && code[0] <= 'z') code[0] = static_cast<char>(code[0] - 32);
  return code;
}

}  // namespace

int status_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::invalid:
      return error.code.starts_with("malformed") ? 400 : 422;
    case ErrorKind::unauthorized:
      return 401;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::conflict:
      return 409;
    case ErrorKind::rate_limited:
      return 429;
    case ErrorKind::unavailable:
      return 503;
    case ErrorKind::unknown_outcome:  // Not 502 or 504: proxies and clients retry those.
    case ErrorKind::internal:
      return 500;
  }
  return 500;
}

Response problem(const Error& error, const std::string& request_id) {
  return problem(status_of(error), error, request_id);
}

Response problem(int status, const Error& error, const std::string& request_id) {
  const std::string code = error.code.empty() ? name_of(error.kind) : error.code;
  boost::json::object body{{"type", "/problems/" + code},
                           {"title", title_of(code)},
                           {"status", status},
                           {"code", code},
                           {"detail", error.message}};
  if (!request_id.empty()) body["request_id"] = request_id;
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/problem+json");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  if (error.retry_after) {
    body["retry_after"] = error.retry_after->count();
    response.headers.add("Retry-After", std::to_string(error.retry_after->count()));
  }
  if (status == 401) {
    response.headers.add("WWW-Authenticate", R"(Bearer error="invalid_token")");
  }
  response.body = boost::json::serialize(body);
  if (status >= 500 && !error.detail.empty()) {
    response.cause = error.detail + " (request " + request_id + ")";
  }
  return response;
}

Response no_such_address(const std::string& request_id) {
  return problem({ErrorKind::not_found, "There is nothing at this address.", {}, {}, {}},
                 request_id);
}

Response method_not_allowed(const std::string& request_id, std::string allowed) {
  Response response = problem(
      405,
      {ErrorKind::invalid, "This address does not take that method.", {}, {}, "method_not_allowed"},
      request_id);
  response.headers.set("Allow", std::move(allowed));
  return response;
}

Response internal_problem(const std::string& request_id) {
  return problem(
      {ErrorKind::internal, "Something went wrong on our side. Try again later.", {}, {}, {}},
      request_id);
}

}  // namespace herald::http
