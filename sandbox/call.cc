#include "sandbox/call.h"

#include <algorithm>
#include <boost/json.hpp>

namespace herald::sandbox {

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string form_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
               hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::vector<Field> parse_json_fields(std::string_view body) {
  boost::system::error_code error;
  const auto value = boost::json::parse(body, error);
  std::vector<Field> fields;
  if (error || !value.is_object()) return fields;
  for (const auto& member : value.get_object()) {
    const auto& held = member.value();
    fields.push_back({.name = std::string(member.key()),
                      .value = held.is_string() ? std::string(held.get_string())
                                                : boost::json::serialize(held)});
  }
  return fields;
}

// For who cares how a path was encoded: as it was sent, behind the host, without the query.
constexpr std::string_view kPathHeader = ":path";

void find_host(Call& call, const http::Request& request, const std::vector<std::string>& hosts) {
  const auto owned = [&](std::string_view name) {
    return std::ranges::find(hosts, name) != hosts.end();
  };
  const auto end = std::min(request.path.find('/', 1), request.path.size());
  const auto first = lower(std::string_view(request.path).substr(1, end - 1));
  const auto sent = request.target.substr(0, request.target.find('?'));
  call.headers.set(std::string(kPathHeader), sent);
  if (owned(first)) {
    call.headers.set(std::string(kPathHeader), sent.substr(std::min(end, sent.size())));
    call.host = first;
    call.path = end < request.path.size() ? request.path.substr(end) : "/";
    return;
  }
  const auto named = lower(call.header("Host"));
  const auto bare = named.substr(0, named.find(':'));
  if (owned(bare)) call.host = bare;
  call.path = request.path;
}

}  // namespace

const std::string* Call::find(std::string_view name) const {
  for (const auto* list : {&fields, &query})
    for (const auto& field : *list)
      if (field.name == name) return &field.value;
  return nullptr;
}

std::string Call::get(std::string_view name, std::string fallback) const {
  const auto* value = find(name);
  return value != nullptr ? *value : std::move(fallback);
}

std::string Call::header(std::string_view name) const {
  const auto* value = headers.find(name);
  return value != nullptr ? *value : std::string();
}

std::string Call::link(std::string_view real_host, std::string_view path_and_query) const {
  return link_root + std::string(real_host) + std::string(path_and_query);
}

Call read_call(const http::Request& request, SharedBytes body,
               const std::vector<std::string>& hosts) {
  Call call;
  call.method = request.method;
  call.query_string = request.query;
  call.query = parse_form(request.query);
  call.headers = request.headers;
  call.body = std::move(body);
  call.connection_reused = request.connection_reused;
  find_host(call, request, hosts);
  const auto type = call.header("Content-Type");
  call.content_type = lower(type.substr(0, type.find(';')));
  while (call.content_type.ends_with(' ')) call.content_type.pop_back();
  if (call.content_type == "application/x-www-form-urlencoded")
    call.fields = parse_form(call.body->view());
  else if (call.content_type == "multipart/form-data")
    call.fields = parse_multipart(call.body->view(), type);
  else if (call.content_type == "application/json")
    call.fields = parse_json_fields(call.body->view());
  return call;
}

std::vector<Field> parse_form(std::string_view text) {
  std::vector<Field> fields;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    fields.push_back({.name = form_decoded(pair.substr(0, equals)),
                      .value = form_decoded(pair.substr(std::min(equals + 1, pair.size())))});
  }
  return fields;
}

std::string percent_encoded(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
        c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

}  // namespace herald::sandbox
