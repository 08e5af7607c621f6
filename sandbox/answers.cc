// The few shapes of answer that all sides give.
#include "sandbox/side.h"

namespace herald::sandbox {

namespace {

http::Response answer_with(int status, std::string_view type, std::string body) {
  http::Response response;
  response.status = status;
  response.headers.set("Content-Type", std::string(type));
  response.body = std::move(body);
  return response;
}

}  // namespace

http::Response json_answer(int status, std::string body) {
  return answer_with(status, "application/json; charset=UTF-8", std::move(body));
}

http::Response text_answer(int status, std::string body) {
  return answer_with(status, "text/plain; charset=UTF-8", std::move(body));
}

http::Response html_answer(int status, std::string body) {
  auto response = answer_with(status, "text/html; charset=UTF-8", std::move(body));
  response.headers.set("Content-Security-Policy",
                       "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; "
                       "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "no-referrer");
  return response;
}

http::Response redirect(std::string location) {
  http::Response response;
  response.status = 302;
  response.headers.set("Location", std::move(location));
  return response;
}

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace herald::sandbox
