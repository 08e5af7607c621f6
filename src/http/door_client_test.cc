// The asking half of the door rig.
#include <stdexcept>
#include <thread>

#include "http/door_rig.h"

namespace herald::http {

HttpAnswer Api::send(std::string_view method, std::string_view target, std::string_view body,
                     HttpHeaders headers) const {
  if (!token_.empty()) headers.emplace_back("Authorization", "Bearer " + token_);
  return HttpClient(port_).request(method, target, body, headers);
}

HttpAnswer Api::get(std::string_view target, HttpHeaders headers) const {
  return send("GET", target, {}, std::move(headers));
}

HttpAnswer Api::post(std::string_view target, const json::value& body, HttpHeaders headers) const {
  headers.emplace_back("Content-Type", "application/json");
  return send("POST", target, json::serialize(body), std::move(headers));
}

HttpAnswer Api::remove(std::string_view target, HttpHeaders headers) const {
  return send("DELETE", target, {}, std::move(headers));
}

json::value json_of(const HttpAnswer& answer) {
  boost::system::error_code error;
  auto value = json::parse(answer.body, error);
  if (error) throw std::runtime_error("no JSON: " + answer.body);
  return value;
}

std::string code_of(const HttpAnswer& answer) {
  if (answer.header("Content-Type") != "application/problem+json") return {};
  const std::string type(json_of(answer).at("type").as_string());
  return type.substr(type.rfind('/') + 1);
}

std::string blanked(const HttpAnswer& answer) {
  std::string text = std::to_string(answer.status) + " " + answer.body;
  const auto request = text.find("\"request_id\":\"");
  if (request != text.npos) text.erase(request + 14, 32);
  for (const auto& [name, value] : answer.headers) {
    if (name != "Date") text += "\n" + name + ": " + value;
  }
  return text;
}

void wait_until(const std::function<bool()>& holds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) throw std::runtime_error("waited in vain");
    std::this_thread::yield();
  }
}

}  // namespace herald::http
