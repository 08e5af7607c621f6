#include "program/door_settings.h"

#include <chrono>
#include <fstream>
#include <iterator>

#include "http/request_id.h"

namespace herald {
namespace {

constexpr std::chrono::seconds kDoorsDrainMax{5};

}  // namespace

http::GatewayLimits gateway_limits(const Config& config) {
  http::GatewayLimits limits;
  limits.per_user.count = config.user_requests_per_minute;
  limits.per_peer.count = config.peer_requests_per_minute;
  limits.trusted_proxies = config.trusted_proxies;
  return limits;
}

http::ServerLimits door_limits() {
  http::ServerLimits limits;
  limits.drain_time_max = kDoorsDrainMax;
  return limits;
}

const std::vector<std::string>& app_routes() {
  static const std::vector<std::string> routes{
      "/sign-in",    "/social-platform", "/compose",          "/posts",
      "/posts/{id}", "/analytics",       "/guides/{platform}"};
  return routes;
}

std::string read_contract(const Config& config) {
  std::ifstream file(config.web_folder + "/openapi.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

JwtSettings jwt_settings(const Config& config) {
  JwtSettings settings;
  settings.issuer = config.jwt_issuer;
  settings.audience = config.jwt_audience;
  for (const auto& secret : config.jwt_secrets) settings.secrets.push_back(secret.clone());
  settings.jwks_path = config.jwks_file;
  settings.jwks_issuer = config.jwks_issuer;
  return settings;
}

std::vector<Secret> internal_secrets(const Config& config) {
  std::vector<Secret> secrets;
  for (const auto& secret : config.internal_secrets) secrets.push_back(secret.clone());
  return secrets;
}

void log_faults(http::Server& server, Log& log, Random& random) {
  server.on_fault([&log](std::string_view what) {
    log.write(LogLevel::error, "a request failed: " + std::string(what));
  });
  server.on_refusal([&log](const http::Server::Refusal& refusal) {
    log.write(LogLevel::info, "a request was refused: " + std::to_string(refusal.status) + " " +
                                  std::string(refusal.code) + " (request " +
                                  std::string(refusal.request_id) + ")");
  });
  server.name_requests([&random] { return http::new_request_id(random); });
}

}  // namespace herald
