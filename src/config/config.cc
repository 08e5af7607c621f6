#include "config/config.h"

#include <set>

#include "domain/weak_secret.h"

namespace herald {
namespace {

constexpr std::int64_t kPortMax = 65'535;

std::uint16_t port(Environment& environment, const std::string& name, std::int64_t otherwise) {
  return static_cast<std::uint16_t>(environment.number(name, otherwise, 0, kPortMax));
}

std::string_view host_of(std::string_view url) {
  const auto start = url.find("://");
  if (start == url.npos) return {};
  url.remove_prefix(start + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (url.starts_with('[')) return url.substr(0, url.find(']') + 1);
  return url.substr(0, url.rfind(':'));
}

bool is_loopback_host(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

// A browser-facing address: https, or plain http on this machine only (O-22).
void check_url(Environment& environment, const std::string& name, const std::string& url) {
  const bool https = url.starts_with("https://");
  const bool local = url.starts_with("http://") && is_loopback_host(host_of(url));
  if (!https && !local) {
    environment.fault(name + " must be an https address (plain http only for localhost), not \"" +
                      url + "\"");
  } else if (host_of(url).empty() || url.find('@') != url.npos) {
    environment.fault(name + " is not an address: \"" + url + "\"");
  }
}

std::vector<Secret> secrets(Environment& environment, const std::string& name, bool required) {
  const std::string text = environment.text(name);
  std::vector<Secret> list;
  std::size_t start = 0;
  while (start <= text.size() && !text.empty()) {
    const auto end = std::min(text.find(',', start), text.size());
    const std::string_view one = std::string_view(text).substr(start, end - start);
    if (const auto weakness = weakness_of(one)) environment.fault(name + " " + *weakness);
    list.emplace_back(one);
    start = end + 1;
  }
  if (list.empty() && required) {
    environment.fault(name + " is not set; make one with: herald keys new-secret");
  }
  return list;
}

PlatformCredentials credentials(Environment& environment, const CredentialNames& names,
                                const std::string& public_url) {
  PlatformCredentials found;
  found.client_id = environment.text(names.client_id);
  found.client_secret = environment.secret(names.client_secret);
  found.redirect_uri = environment.text(
      names.redirect_uri, public_url + "/api/social-media/" + names.platform + "/oauth/callback");
  check_url(environment, names.redirect_uri, found.redirect_uri);
  if (found.client_id.empty() != found.client_secret.empty()) {
    environment.fault(names.client_id + " and " + names.client_secret +
                      " must be set together, or neither");
  }
  return found;
}

}  // namespace

Config read_config(Environment& environment, const std::vector<CredentialNames>& platforms) {
  Config config;
  config.public_url = environment.text("HERALD_PUBLIC_URL", "http://localhost:3002");
  while (config.public_url.ends_with('/')) config.public_url.pop_back();
  check_url(environment, "HERALD_PUBLIC_URL", config.public_url);
  config.loopback = config.public_url.starts_with("http://");
  config.address = environment.text("HERALD_ADDRESS", "127.0.0.1");
  config.edge_port = port(environment, "HERALD_EDGE_PORT", 3002);
  config.gateway_port = port(environment, "HERALD_GATEWAY_PORT", 8080);
  config.uploader_port = port(environment, "HERALD_UPLOADER_PORT", 8097);
  config.operations_port = port(environment, "HERALD_OPERATIONS_PORT", 9464);
  config.operations_address = environment.text("HERALD_OPERATIONS_ADDRESS", "127.0.0.1");

  config.data_folder = environment.text("HERALD_DATA", "data");
  config.web_folder = environment.text("HERALD_WEB", "web/dist");
  config.sandbox_url = environment.text("HERALD_SANDBOX_URL");
  if (!config.sandbox_url.empty() && !is_loopback_host(host_of(config.sandbox_url))) {
    environment.fault("HERALD_SANDBOX_URL must be on this machine: tokens would go to it");
  }
  config.log_level =
      environment.word("HERALD_LOG_LEVEL", "info", {"debug", "info", "warning", "error"});
  config.workers = static_cast<int>(environment.number("HERALD_WORKERS", 8, 1, 256));
  config.in_flight_max =
      static_cast<int>(environment.number("HERALD_IN_FLIGHT_MAX", 256, 1, 100'000));
  config.user_requests_per_minute = static_cast<int>(
      environment.number("HERALD_USER_REQUESTS_PER_MINUTE", 1'200, 0, 100'000'000));
  config.peer_requests_per_minute = static_cast<int>(
      environment.number("HERALD_PEER_REQUESTS_PER_MINUTE", 6'000, 0, 100'000'000));
  config.medium_bytes_max =
      static_cast<std::uint64_t>(environment.number("HERALD_MEDIUM_MB_MAX", 20'480, 1, 262'144))
      << 20;
  config.customer_bytes_max = static_cast<std::uint64_t>(environment.number(
                                  "HERALD_CUSTOMER_MB_MAX", 204'800, 1, 1'000'000'000))
                              << 20;

  config.jwt_secrets = secrets(environment, "HERALD_JWT_SECRET", true);
  config.jwt_issuer = environment.text("HERALD_JWT_ISSUER", "herald");
  config.jwt_audience = environment.text("HERALD_JWT_AUDIENCE", "herald");
  config.jwks_file = environment.text("HERALD_JWKS_FILE");
  config.jwks_issuer = environment.text("HERALD_JWKS_ISSUER");
  config.internal_secrets = secrets(environment, "HERALD_INTERNAL_SECRET", true);
  config.vault_keys = environment.secret("HERALD_VAULT_KEYS");
  config.vault_key_file = environment.text("HERALD_VAULT_KEY_FILE");
  if (config.vault_keys.empty() == config.vault_key_file.empty()) {
    environment.fault(config.vault_keys.empty()
                          ? "HERALD_VAULT_KEY_FILE is not set; make a key with: herald keys new"
                          : "HERALD_VAULT_KEYS and HERALD_VAULT_KEY_FILE exclude each other");
  }
  for (const auto& names : platforms) {
    config.platforms.push_back(credentials(environment, names, config.public_url));
  }
  return config;
}

}  // namespace herald
