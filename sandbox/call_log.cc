#include "sandbox/call_log.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace herald::sandbox {

namespace json = boost::json;

namespace {

constexpr std::size_t kRowsMax = 1000;
constexpr std::size_t kValueMax = 200;
constexpr std::string_view kBlank = "(blanked)";

constexpr std::array kSecretFields = {
    "access_token",     "client_secret", "code",         "fb_exchange_token",
    "refresh_token",    "input_token",   "token",        "signed_request",
    "appsecret_proof",  "code_verifier", "upload_id",    "assertion",
    "client_assertion", "id_token",      "id_token_hint"};
constexpr std::array kSecretHeaders = {"Authorization", "Cookie", "Proxy-Authorization"};

json::object shown_fields(const std::vector<Field>& fields) {
  json::object out;
  for (const auto& field : fields) {
    const bool secret = std::ranges::count(kSecretFields, field.name) > 0;
    out[field.name] = secret ? kBlank : std::string_view(field.value).substr(0, kValueMax);
  }
  return out;
}

json::object shown_headers(const http::Headers& headers) {
  json::object out;
  for (const auto& header : headers.all()) {
    const bool secret = std::ranges::any_of(
        kSecretHeaders, [&](const char* name) { return http::same_name(name, header.name); });
    out[header.name] = secret ? kBlank : std::string_view(header.value);
  }
  return out;
}

}  // namespace

std::uint64_t CallLog::begin(const Call& call, std::int64_t at_ms) {
  json::object shown{{"method", call.method},
                     {"host", call.host},
                     {"path", call.path},
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
