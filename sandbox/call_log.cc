#include "sandbox/call_log.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "domain/text.h"

namespace herald::sandbox {

namespace json = boost::json;

namespace {

constexpr std::size_t kRowsMax = 1000;
constexpr std::size_t kValueMax = 200;
constexpr std::size_t kHeaderMax = 8000;
constexpr std::string_view kBlank = "(blanked)";

constexpr std::array kSecretFields = {
    "access_token",     "client_secret", "code",         "fb_exchange_token",
    "refresh_token",    "input_token",   "token",        "signed_request",
    "appsecret_proof",  "code_verifier", "upload_id",    "assertion",
    "client_assertion", "id_token",      "id_token_hint"};
constexpr std::array kSecretHeaders = {"Authorization", "Cookie", "Proxy-Authorization"};

// JSON holds text only: bytes are counted, and a long text ends between two characters.
std::string shown_value(std::string_view value, std::size_t most) {
  if (!is_utf8(value)) return "(" + std::to_string(value.size()) + " bytes)";
  if (value.size() <= most) return std::string(value);
  while ((static_cast<unsigned char>(value[most]) & 0xC0U) == 0x80U) --most;
  return std::string(value.substr(0, most));
}

// A name that comes more than once has all its values, in order.
json::object shown_fields(const std::vector<Field>& fields) {
  json::object out;
  for (const auto& field : fields) {
    const bool secret = std::ranges::count(kSecretFields, field.name) > 0;
    json::value shown(secret ? std::string(kBlank) : shown_value(field.value, kValueMax));
    json::value& place = out[shown_value(field.name, kValueMax)];
    if (place.is_string()) place = json::array{place};
    if (place.is_null()) {
      place = std::move(shown);
    } else {
      place.as_array().push_back(std::move(shown));
    }
  }
  return out;
}

json::object shown_headers(const http::Headers& headers) {
  json::object out;
  for (const auto& header : headers.all()) {
    const bool secret = std::ranges::any_of(
        kSecretHeaders, [&](const char* name) { return http::same_name(name, header.name); });
    out[header.name] = secret ? std::string(kBlank) : shown_value(header.value, kHeaderMax);
  }
  return out;
}

}  // namespace

std::uint64_t CallLog::begin(const Call& call, std::int64_t at_ms) {
  json::object shown{{"method", call.method},
                     {"host", call.host},
                     {"path", shown_value(call.path, kHeaderMax)},
                     {"query", shown_fields(call.query)},
                     {"fields", shown_fields(call.fields)},
                     {"headers", shown_headers(call.headers)},
                     {"body_bytes", call.body->view().size()},
                     {"connection_reused", call.connection_reused}};
  const std::lock_guard lock(mutex_);
  rows_.push_back({.number = ++last_, .at_ms = at_ms, .shown = json::serialize(shown)});
  if (rows_.size() > kRowsMax) rows_.pop_front();
  return last_;
}

void CallLog::finish(std::uint64_t number, int status, const std::string& fault) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(rows_, number, &Row::number);
  if (found == rows_.end()) return;
  found->status = status;
  found->fault = fault;
}

std::string CallLog::json() const {
  const std::lock_guard lock(mutex_);
  json::array out;
  for (const auto& row : rows_) {
    auto shown = json::parse(row.shown).as_object();
    shown["number"] = row.number;
    shown["at_ms"] = row.at_ms;
    shown["status"] = row.status;
    if (!row.fault.empty()) shown["fault"] = row.fault;
    out.push_back(std::move(shown));
  }
  return json::serialize(out);
}

void CallLog::clear() {
  const std::lock_guard lock(mutex_);
  rows_.clear();
}

}  // namespace herald::sandbox
