#include "config/config.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include "config/web_address.h"
#include "domain/weak_secret.h"

namespace herald {
namespace {

constexpr std::int64_t kPortMax = 65'535;

std::uint16_t port(Environment& environment, const std::string& name, std::int64_t otherwise) {
  return static_cast<std::uint16_t>(environment.number(name, otherwise, 0, kPortMax));
}

// A browser-facing address: https, or plain http on this machine only (O-22).
std::optional<WebAddress> check_url(Environment& environment, const std::string& name,
                                    const std::string& url) {
  auto address = read_web_address(url);
  if (!address || address->rest.contains('#') || address->rest.contains('?')) {
    environment.fault(name + " is not an address: \"" + url + "\"");
    return std::nullopt;
  }
  if (!address->https && !address->on_this_machine()) {
    environment.fault(name + " must be an https address (plain http only for localhost), not \"" +
                      url + "\"");
    return std::nullopt;
  }
  return address;
}

// What people write with a slash at its end.
std::string origin(const Environment& environment, const std::string& name,
                   std::string_view otherwise = {}) {
  std::string url = environment.text(name, otherwise);
  while (url.ends_with('/')) url.pop_back();
  return url;
}

void check_public_url(Environment& environment, Config& config) {
  const auto address = check_url(environment, "HERALD_PUBLIC_URL", config.public_url);
  if (!address) return;
  if (!address->rest.empty()) {
    environment.fault("HERALD_PUBLIC_URL must be the address alone, without a path");
  }
  config.loopback = !address->https;
}

void check_sandbox_url(Environment& environment, const std::string& url) {
  if (url.empty()) return;
  const auto address = read_web_address(url);
  if (!address || !address->rest.empty()) {
    environment.fault("HERALD_SANDBOX_URL is not an address without a path: \"" + url + "\"");
  } else if (!address->on_this_machine()) {
    environment.fault("HERALD_SANDBOX_URL must be on this machine: tokens would go to it");
  }
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    parts.emplace_back(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// An address, or a network of them: "10.0.0.7", "fd00::/8".
bool is_network(const std::string& text) {
  std::array<char, 16> bytes{};
  const auto slash = std::min(text.find('/'), text.size());
  const std::string address = text.substr(0, slash);
  const bool v4 = ::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1;
  if (!v4 && ::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return false;
  if (slash == text.size()) return true;
  int bits = -1;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + slash + 1, end, bits);
  return read.ec == std::errc() && read.ptr == end && bits >= 1 && bits <= (v4 ? 32 : 128);
}

// Numeric ones: a name could come to mean another machine.
std::vector<std::string> addresses(Environment& environment, const std::string& name) {
  auto list = split(environment.text(name));
  for (const auto& one : list) {
    if (is_network(one)) continue;
    environment.fault(name + " must be numeric addresses or networks, not \"" + one + "\"");
  }
  return list;
}

// `used`: secrets that were read before. One that serves two purposes lets who may do the one do
// the other.
std::vector<Secret> secrets(Environment& environment, const std::string& name,
                            std::set<std::string, std::less<>>& used) {
  const std::string text = environment.text(name);
  std::vector<Secret> list;
  std::size_t start = 0;
  while (start <= text.size() && !text.empty()) {
    const auto end = std::min(text.find(',', start), text.size());
    const auto one = trimmed(std::string_view(text).substr(start, end - start));
    if (const auto weakness = weakness_of(one)) {
      environment.fault(name + " " + *weakness);
    } else if (!used.emplace(one).second) {
      environment.fault(name + " repeats a secret; make another with: herald keys new-secret");
    }
    list.emplace_back(one);
    start = end + 1;
  }
  if (list.empty()) {
    environment.fault(name + " is not set; make one with: herald keys new-secret");
  }
  return list;
}

// Of the one server that is meant, where a platform is many.
std::string instance(Environment& environment, const std::string& name) {
  std::string host = environment.text(name);
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (!host.empty() && !is_public_host(host)) {
    environment.fault(name + " must be the public host name alone, like social.example, not \"" +
                      host + "\"");
  }
  return host;
}

// Between doors there is plain http: they stand in a network of their own (docs/OPERATIONS.md).
std::vector<DoorAddress> doors_behind(Environment& environment, const std::string& name) {
  std::vector<DoorAddress> doors;
  for (const auto& url : split(environment.text(name))) {
    const auto address = read_web_address(url);
    const bool plain = address && (address->rest.empty() || address->rest == "/");
    if (!plain || address->https || address->port == 0) {
      environment.fault(name + " must be of the form http://host:port, not \"" + url + "\"");
      continue;
    }
    std::string host = address->host;
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    doors.push_back({std::move(host), static_cast<std::uint16_t>(address->port)});
  }
  if (!environment.has(name)) {
    environment.fault(name + " is not set; this role goes on to the door there");
  }
  return doors;
}

void read_places(Environment& environment, Config& config) {
  config.public_url = origin(environment, "HERALD_PUBLIC_URL", "http://localhost:3002");
  check_public_url(environment, config);
  config.address = environment.text("HERALD_ADDRESS", "127.0.0.1");
  config.edge_port = port(environment, "HERALD_EDGE_PORT", 3002);
  config.gateway_port = port(environment, "HERALD_GATEWAY_PORT", 8080);
  config.uploader_port = port(environment, "HERALD_UPLOADER_PORT", 8097);
  config.operations_port = port(environment, "HERALD_OPERATIONS_PORT", 9464);
  config.operations_address = environment.text("HERALD_OPERATIONS_ADDRESS", "127.0.0.1");
  config.data_folder = environment.text("HERALD_DATA", "data");
  config.mongodb_uri = environment.secret("HERALD_MONGODB_URI");
  config.migrate_at_start =
      environment.word("HERALD_MIGRATE_AT_START", "no", {"no", "yes"}) == "yes";
  config.web_folder = environment.text("HERALD_WEB", "web/dist");
  config.sandbox_url = origin(environment, "HERALD_SANDBOX_URL");
  check_sandbox_url(environment, config.sandbox_url);
  if (config.role == ServeRole::edge) {
    config.behind = doors_behind(environment, "HERALD_GATEWAY_URL");
  } else if (config.role == ServeRole::gateway) {
    config.behind = doors_behind(environment, "HERALD_UPLOADER_URL");
  }
}

void read_secrets(Environment& environment, Config& config) {
  std::set<std::string, std::less<>> used;
  config.jwt_issuer = environment.text("HERALD_JWT_ISSUER", "herald");
  config.jwt_audience = environment.text("HERALD_JWT_AUDIENCE", "herald");
  config.jwks_file = environment.text("HERALD_JWKS_FILE");
  config.jwks_issuer = environment.text("HERALD_JWKS_ISSUER");
  if (config.role == ServeRole::edge) return;  // It opens nothing and believes nobody.
  config.jwt_secrets = secrets(environment, "HERALD_JWT_SECRET", used);
  config.internal_secrets = secrets(environment, "HERALD_INTERNAL_SECRET", used);
  if (config.role == ServeRole::gateway) return;
  config.vault_keys = environment.secret("HERALD_VAULT_KEYS");
  config.vault_key_file = environment.text("HERALD_VAULT_KEY_FILE");
  if (config.vault_keys.empty() == config.vault_key_file.empty()) {
    environment.fault(config.vault_keys.empty()
                          ? "HERALD_VAULT_KEY_FILE is not set; make a key with: herald keys new"
                          : "HERALD_VAULT_KEYS and HERALD_VAULT_KEY_FILE exclude each other");
  }
}

PlatformCredentials credentials(Environment& environment, const CredentialNames& names,
                                const std::string& public_url) {
  PlatformCredentials found;
  found.client_id = environment.text(names.client_id);
  found.client_secret = environment.secret(names.client_secret);
  const std::string last = names.registration == "main" ? "" : "/" + names.registration;
  found.redirect_uri =
      environment.text(names.redirect_uri, public_url + "/api/social-media/" + names.platform +
                                               "/oauth/callback" + last);
  if (environment.has(names.redirect_uri)) {
    check_url(environment, names.redirect_uri, found.redirect_uri);
  }
  if (!names.scopes_left_out.empty()) {
    found.scopes_left_out = split(environment.text(names.scopes_left_out));
  }
  if (!names.owner.empty()) found.owner = environment.text(names.owner);
  if (!names.instance.empty()) {
    found.instance = instance(environment, names.instance);
    const bool named = environment.has(names.instance);
    if (named != !found.client_id.empty() || named != !found.client_secret.empty()) {
      environment.fault(names.instance + ", " + names.client_id + " and " + names.client_secret +
                        " must be set together, or none of them");
    }
    return found;
  }
  if (found.client_id.empty() != found.client_secret.empty()) {
    environment.fault(names.client_id + " and " + names.client_secret +
                      " must be set together, or neither");
  }
  return found;
}

}  // namespace

Config read_config(Environment& environment, const std::vector<CredentialNames>& platforms,
                   ServeRole role) {
  Config config;
  config.role = role;
  read_places(environment, config);
  config.log_level =
      environment.word("HERALD_LOG_LEVEL", "info", {"debug", "info", "warning", "error"});
  config.workers = static_cast<int>(environment.number("HERALD_WORKERS", 32, 2, 256));
  config.in_flight_max =
      static_cast<int>(environment.number("HERALD_IN_FLIGHT_MAX", 256, 1, 100'000));
  config.user_requests_per_minute = static_cast<int>(
      environment.number("HERALD_USER_REQUESTS_PER_MINUTE", 1'200, 0, 100'000'000));
  config.peer_requests_per_minute = static_cast<int>(
      environment.number("HERALD_PEER_REQUESTS_PER_MINUTE", 6'000, 0, 100'000'000));
  config.sign_ins_per_minute =
      static_cast<int>(environment.number("HERALD_SIGN_INS_PER_MINUTE", 10, 0, 100'000'000));
  config.trusted_proxies = addresses(environment, "HERALD_TRUSTED_PROXIES");
  config.drain_seconds = static_cast<int>(environment.number("HERALD_DRAIN_SECONDS", 20, 0, 600));
  config.medium_bytes_max =
      static_cast<std::uint64_t>(environment.number("HERALD_MEDIUM_MB_MAX", 20'480, 1, 262'144))
      << 20;
  config.customer_bytes_max = static_cast<std::uint64_t>(environment.number(
                                  "HERALD_CUSTOMER_MB_MAX", 204'800, 1, 1'000'000'000))
                              << 20;
  config.object_storage = read_object_storage(environment);
  const auto days = [&](const std::string& name, std::int64_t otherwise, std::int64_t least) {
    return static_cast<int>(environment.number(name, otherwise, least, 36'500));
  };
  config.history_days = days("HERALD_HISTORY_DAYS", 365, 0);
  config.audit_days = days("HERALD_AUDIT_DAYS", 730, 0);
  config.session_days = days("HERALD_SESSION_DAYS", 30, 1);
  config.idempotency_days = days("HERALD_IDEMPOTENCY_DAYS", 90, 1);
  config.figures_days = days("HERALD_FIGURES_DAYS", 0, 0);
  config.first_figures_seconds =
      static_cast<int>(environment.number("HERALD_FIRST_FIGURES_SECONDS", 3'600, 1, 86'400));

  read_secrets(environment, config);
  if (role == ServeRole::edge || role == ServeRole::gateway) return config;
  for (const auto& names : platforms) {
    config.platforms.push_back(credentials(environment, names, config.public_url));
  }
  return config;
}

}  // namespace herald
