#include "http/server/response_head.h"

#include <algorithm>
#include <array>
#include <utility>

#include "http/server/token.h"

namespace herald::http {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 40> kReasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {425, "Too Early"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {507, "Insufficient Storage"},
}};

bool is_value_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7f) || c == '\t';
}

bool is_sound(const Header& header) {
  return is_token(header.name) && std::ranges::all_of(header.value, is_value_char);
}

bool is_ours(std::string_view name) {
  for (const std::string_view own :
       {"Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Date", "Trailer"}) {
    if (same_name(name, own)) return true;
  }
  return false;
}

}  // namespace

std::string_view reason_phrase(int status) {
  for (const auto& [code, phrase] : kReasons) {
    if (code == status) return phrase;
  }
  return "Unknown";
}

bool never_has_body(int status) { return status < 200 || status == 204 || status == 304; }

std::string response_head(const Response& response, const HeadFacts& facts) {
  if (response.status < 200 || response.status > 599) return {};
  std::string head;
  head.reserve(512);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  const std::string* date = response.headers.find("Date");
  const bool own = date != nullptr && std::ranges::all_of(*date, is_value_char);
  head.append(reason_phrase(response.status)).append("\r\nDate: ").append(own ? *date : facts.date);
  head.append("\r\n");
  for (const auto& header : response.headers.all()) {
    if (is_ours(header.name)) continue;
    if (!is_sound(header)) return {};
    head.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  if (!never_has_body(response.status)) {
    if (facts.chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (facts.length_bytes) {
      head.append("Content-Length: ").append(std::to_string(*facts.length_bytes)).append("\r\n");
    }
  }
  if (!facts.keep_alive) head.append("Connection: close\r\n");
  head.append("\r\n");
  return head;
}

}  // namespace herald::http
