#include "program/door_process.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

#include "crypto/jws_internal_assertions.h"
#include "crypto/jwt_access_tokens.h"
#include "crypto/system_random.h"
#include "http/edge.h"
#include "http/gateway.h"
#include "http/operations.h"
#include "http/remote_gateway.h"
#include "http/remote_uploader.h"
#include "program/counted.h"
#include "program/door_settings.h"
#include "program/door_watch.h"
#include "program/operator_log.h"
#include "program/server_executor.h"
#include "program/system_clock.h"

namespace herald {
namespace {

std::vector<http::Place> places_of(const Config& config) {
  std::vector<http::Place> places;
  for (const auto& door : config.behind) places.push_back({door.host, door.port});
  return places;
}

}  // namespace

struct DoorProcess::Parts {
  const Config config;
  const bool is_edge = config.role == ServeRole::edge;
  SystemClock clock;
  SystemRandom random;
  OperatorLog log{config.log_level};
  std::unique_ptr<http::Server> owned_server;  // Goes before everything else: see ~Parts().
  http::Server& server{*owned_server};
  ServerExecutor executor{server};
  std::atomic<bool> stopping = false;
  http::Client client{server, places_of(config)};
  DoorWatch behind{server,
                   places_of(config),
                   is_edge ? "gateway" : "uploader",
                   is_edge ? "/api/social-media/ready" : "/api/ready",
                   clock,
                   executor};
  // The edge's.
  http::StaticFiles app;
  http::RemoteGateway gateway_behind{client};
  // The gateway's.
  std::unique_ptr<JwtAccessTokens> tokens;
  std::unique_ptr<JwsInternalAssertions> assertions;
  std::unique_ptr<http::RemoteUploader> uploader_behind;

  std::unique_ptr<http::Service> door;
  Counter answers{"herald_http_answers_total", "Answers by door and class of status."};
  std::unique_ptr<CountedService> counted;
  http::Operations operations{::getpid(), [this] { return checks(); },
                              [this] { return metrics(); }};

  explicit Parts(Config given)
      : config(std::move(given)),
        owned_server(std::make_unique<http::Server>(static_cast<std::size_t>(config.workers),
                                                    door_limits())) {}
  ~Parts() {
    executor.close();
    owned_server.reset();
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  Result<Done> make_edge() {
    HERALD_TRY(app, http::StaticFiles::load(config.web_folder, app_routes()));
    door = std::make_unique<http::Edge>(app, gateway_behind, random);
    return Done{};
  }

  Result<Done> make_gateway() {
    HERALD_TRY(tokens, JwtAccessTokens::make(jwt_settings(config), clock, random));
    HERALD_TRY(assertions, JwsInternalAssertions::make(internal_secrets(config), clock, random));
    uploader_behind = std::make_unique<http::RemoteUploader>(client, *assertions);
    door = std::make_unique<http::Gateway>(
        http::Gateway::Ports{*tokens, clock, random}, *uploader_behind, gateway_limits(config),
        read_contract(config),
        [this] { return std::ranges::all_of(checks(), &http::Check::ready); });
    return Done{};
  }

  std::vector<http::Check> checks() const {
    std::vector<http::Check> list{{"serving", !stopping, stopping ? "stopping" : ""},
                                  behind.check()};
    if (tokens != nullptr) {
      const auto fault = tokens->key_set_fault();
      list.push_back({"token keys", !fault, fault ? fault->message : std::string()});
    }
    return list;
  }

  std::string metrics() const {
    return gauge_text("herald_connections", "Open client connections.",
                      static_cast<std::int64_t>(server.connections())) +
           answers.text();
  }
};

DoorProcess::DoorProcess(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
DoorProcess::~DoorProcess() = default;

Result<std::unique_ptr<DoorProcess>> DoorProcess::open(Config config) {
  std::unique_ptr<DoorProcess> made(new DoorProcess(std::make_unique<Parts>(std::move(config))));
  Parts& parts = *made->parts_;
  HERALD_CHECK(parts.is_edge ? parts.make_edge() : parts.make_gateway());
  parts.counted = std::make_unique<CountedService>(*parts.door, parts.is_edge ? "edge" : "gateway",
                                                   parts.answers);
  log_faults(parts.server, parts.log, parts.random);
  const Config& settings = parts.config;
  HERALD_CHECK(parts.server.listen(settings.address,
                                   parts.is_edge ? settings.edge_port : settings.gateway_port,
                                   *parts.counted));
  HERALD_CHECK(
      parts.server.listen(settings.operations_address, settings.operations_port, parts.operations));
  return made;
}

std::vector<std::string> DoorProcess::faults(const Config& config) {
  if (config.jwks_file.empty() || config.role == ServeRole::edge) return {};
  const SystemClock clock;
  SystemRandom random;
  const auto made = JwtAccessTokens::make(jwt_settings(config), clock, random);
  if (made) return {};
  const Error& error = made.error();
  return {error.message + (error.detail.empty() ? "" : " (" + error.detail + ")")};
}

void DoorProcess::start() {
  parts_->server.start();
  parts_->behind.start();
}

void DoorProcess::drain() {
  parts_->stopping = true;
  parts_->behind.stop();
  parts_->server.drain();
}

Log& DoorProcess::log() { return parts_->log; }

}  // namespace herald
