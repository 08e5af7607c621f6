#include "sandbox/meta/errors.h"

#include <boost/json.hpp>

#include "sandbox/meta/facebook_errors.h"
#include "sandbox/side.h"

namespace herald::sandbox::meta {

namespace {

std::string filled(std::string_view pattern, const std::vector<std::string>& words,
                   std::size_t& next) {
  std::string out;
  while (true) {
    const auto at = pattern.find("{}");
    out += pattern.substr(0, at);
    if (at == pattern.npos) return out;
    if (next < words.size()) out += words[next++];
    pattern.remove_prefix(at + 2);
  }
}

}  // namespace

GraphError refuse(const Refusal& refusal, const std::vector<std::string>& words) {
  std::size_t next = 0;
  boost::json::object error;
  error["message"] = filled(refusal.message, words, next);
  error["type"] = refusal.type;
  error["code"] = refusal.code;
  if (refusal.subcode != 0) error["error_subcode"] = refusal.subcode;
  if (refusal.transient != Transient::unsaid)
    error["is_transient"] = refusal.transient == Transient::yes;
  if (!refusal.title.empty()) error["error_user_title"] = refusal.title;
  if (!refusal.text.empty()) error["error_user_msg"] = filled(refusal.text, words, next);
  error["fbtrace_id"] = "AsimTrace";
  return {.status = refusal.status,
          .body = boost::json::serialize(boost::json::object{{"error", std::move(error)}}),
          .code = refusal.code};
}

GraphError refuse_parameter(const std::string& message) {
  return refuse(Refusal{"", 400, "(#100) {}", 100}, {message});
}

http::Response to_response(const GraphError& error) {
  auto response = json_answer(error.status, error.body);
  if (error.code == 190)
    response.headers.set("WWW-Authenticate",
                         R"(OAuth "Facebook Platform" "invalid_token" "Invalid access token.")");
  return response;
}

const Refusal* find_refusal(std::string_view name) {
  for (const auto& refusal : kNamedRefusals)
    if (refusal.name == name) return &refusal;
  for (const auto& refusal : kNamedPageRefusals)
    if (refusal.name == name) return &refusal;
  for (const auto& refusal : kScriptedPageRefusals)
    if (refusal.name == name) return &refusal;
  return nullptr;
}

}  // namespace herald::sandbox::meta
