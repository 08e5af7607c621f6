#include "http/closing_page.h"

#include <utility>

namespace herald::http {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:26rem;padding:0 1.5rem;"
    "color:#1a1b1e;background:#fff}h1{font-size:1.25rem}p{color:#495057}"
    "@media(prefers-color-scheme:dark){body{color:#e9ecef;background:#1a1b1e}p{color:#adb5bd}}";

Response page(int status, std::string_view title, std::string_view text, std::string_view script,
              const std::string& nonce) {
  Response response;
  response.status = status;
  auto& headers = response.headers;
  headers.add("Content-Type", "text/html; charset=utf-8");
  std::string policy = "default-src 'none'; style-src 'nonce-" + nonce + "'; ";
  if (!script.empty()) policy += "script-src 'nonce-" + nonce + "'; ";
  policy += "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  headers.add("Content-Security-Policy", std::move(policy));
  headers.add("Referrer-Policy", "no-referrer");
  headers.add("Cache-Control", "no-store");
  headers.add("X-Content-Type-Options", "nosniff");
  response.body =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>" +
      escape_html(title) + "</title><style nonce=\"" + nonce + "\">" + std::string(kStyle) +
      "</style><h1>" + escape_html(title) + "</h1><p>" + escape_html(text) + "</p>";
  if (!script.empty()) {
    response.body += "<script nonce=\"" + nonce + "\">" + std::string(script) + "</script>";
  }
  response.body += "</html>";
  return response;
}

// For use inside a script's string: ids and origins that Herald made itself.
std::string script_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == ':' || c == '/' || c == '.' || c == '-' || c == '_' || c == '[' ||
                       c == ']';
    if (plain) out += c;
  }
  return out + "\"";
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
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

Response closing_page(const std::string& origin, const std::string& flow_id,
                      const std::string& status, const std::string& nonce) {
  const std::string script =
      "if(window.opener){window.opener.postMessage({type:\"herald-oauth\","
      "flow_id:" +
      script_text(flow_id) + ",status:" + script_text(status) + "}," + script_text(origin) +
      ");}window.close();";
  const bool over = status == "denied" || status == "failed";
  return page(200, over ? "Nothing was connected" : "Almost done",
              "You can close this window and go back to Herald; it goes on there by itself.",
              script, nonce);
}

Response plain_page(int status, std::string_view title, std::string_view text) {
  return page(status, title, text, {}, "plain");
}

}  // namespace herald::http
