#include "program/running.h"

#include <fstream>
#include <iterator>
#include <span>
#include <thread>
#include <utility>

#include "app/queue.h"
#include "app/refresher.h"
#include "crypto/jws_internal_assertions.h"
#include "crypto/sealed_links.h"
#include "http/edge.h"
#include "http/event_hub.h"
#include "http/gateway.h"
#include "http/media_links.h"
#include "http/operations.h"
#include "http/server/server.h"
#include "http/uploader.h"
#include "media/disk_folder.h"
#include "media/probe_process.h"
#include "net/curl_transport.h"
#include "net/sandbox_hosts.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPlatformLinkLife = 24h;
constexpr Duration kHousekeepingEvery = 60s;
constexpr Duration kUploadAbandonedAfter = 48h;
constexpr Duration kPassTooOld = 15s;
constexpr Duration kDrainMax = 20s;

const std::vector<std::string> kAppRoutes{"/sign-in", "/social-platform", "/compose",
                                          "/posts",   "/posts/{id}",      "/guides/{platform}"};

class ServerExecutor final : public Executor {
 public:
  explicit ServerExecutor(http::Server& server) : server_(server) {}
  void post(std::function<void()> work) override { server_.post(std::move(work)); }
  void post_after(Duration delay, std::function<void()> work) override {
    server_.post_after(delay, std::move(work));
  }

 private:
  http::Server& server_;
};

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

http::GatewayLimits limits_of(const Config& config) {
  http::GatewayLimits limits;
  limits.per_user.count = config.user_requests_per_minute;
  limits.per_peer.count = config.peer_requests_per_minute;
  limits.sign_ins.count = config.sign_ins_per_minute;
  limits.trusted_proxies = config.trusted_proxies;
  return limits;
}

// "<media id>" or "<media id>/jpeg", as platforms name a medium.
LinkMaker link_maker(http::Site site, SignedLinks& links, const Clock& clock) {
  return [site = std::move(site), &links, &clock](const CustomerId& customer,
                                                  std::string_view medium) {
    const auto slash = std::min(medium.find('/'), medium.size());
    const MediaId id{std::string(medium.substr(0, slash))};
    const auto rendition = medium.substr(std::min(slash + 1, medium.size()));
    return http::media_link(site, links, ScopeAuthority::of(customer), id, rendition,
                            clock.now() + kPlatformLinkLife);
  };
}

}  // namespace

// In the order in which they stand on one another.
struct Running::Parts {
  Installation& base;
  http::Site site;
  http::Server server;
  ServerExecutor executor{server};
  std::unique_ptr<media::DiskFolder> folder;
  media::ProbeProcess probe{media::ProbeProcess::beside_this_program()};
  std::unique_ptr<SealedLinks> links;
  std::unique_ptr<JwsInternalAssertions> assertions;
  SandboxHosts hosts;
  http::EventHub hub;
  CurlTransport transport;
  Dialogues dialogues;
  Vault vault;
  Conduct conduct;
  Runner runner;
  FollowUps follow_ups;
  Queue queue;
  Refresher refresher;
  Access access;
  Connect connect;
  Compose compose;
  MediaLibrary media;
  Notices notices;
  http::StaticFiles app;
  http::Services services;
  http::Uploader uploader;
  http::UploaderDoor uploader_door;
  http::Gateway gateway;
  http::Edge edge;
  http::Operations operations;

  Parts(Installation& installation, std::unique_ptr<media::DiskFolder> disk,
        std::unique_ptr<SealedLinks> signed_links, std::unique_ptr<JwsInternalAssertions> internal,
        http::StaticFiles files)
      : base(installation),
        site{base.config.public_url, base.config.loopback},
        server(static_cast<std::size_t>(base.config.workers), {}),
        folder(std::move(disk)),
        links(std::move(signed_links)),
        assertions(std::move(internal)),
        hosts(base.config.sandbox_url),
        hub(*base.store, executor, hosts),
        transport({executor, base.random, base.digest, *folder, hosts},
                  link_maker(site, *links, base.clock), hosts.in_use()),
        dialogues(base.clock, executor, transport),
        vault(*base.store, base.sealer, base.clock, executor, base.random, dialogues, hub,
              base.registrations),
        conduct(base.clock, executor, base.random, transport, base.log, vault),
        runner({*base.store, base.sealer, base.clock, base.random, hub}, conduct, dialogues,
               base.registrations),
        follow_ups({*base.store, base.sealer, base.clock, base.random, hub}, conduct,
                   base.registrations),
        queue(*base.store, runner, follow_ups, base.clock, executor, base.log,
              conduct.times().lease, base.config.in_flight_max),
        refresher(*base.store, vault, base.clock, base.log),
        access({*base.store, *base.tokens, base.passwords, base.clock, base.random, base.digest}),
        connect({*base.store, base.sealer, base.clock, base.random, base.digest, hosts, hub}, vault,
                dialogues, base.registrations),
        compose({*base.store, base.clock, base.random, base.digest, hub}, base.registrations,
                [this] { queue.wake(); }),
        media({*base.store, *folder, probe, base.clock, base.random, executor, hub, base.log},
              {base.config.medium_bytes_max, base.config.customer_bytes_max}),
        notices({*base.store, base.clock, base.digest, hub}, base.registrations),
        app(std::move(files)),
        services{access,     connect,
                 compose,    media,
                 notices,    *base.store,
                 *folder,    base.sealer,
                 *links,     base.digest,
                 base.clock, base.random,
                 hub,        base.registrations,
                 hosts,      site,
                 file_text(base.config.web_folder + "/openapi.json")},
        uploader(services),
        uploader_door(uploader, *assertions),
        gateway(services, *base.tokens, uploader, limits_of(base.config)),
        edge(app, gateway, base.random),
        operations([this] { return checks(); }, [this] { return metrics(); }) {}

  std::vector<http::Check> checks() {
    std::vector<http::Check> list;
    auto customers = base.store->next_due(base.clock.now());
    list.push_back(
        {"store", customers.has_value(), customers ? std::string() : customers.error().message});
    const Duration age = base.clock.now() - queue.last_pass();
    list.push_back({"worker", age < kPassTooOld,
                    "looked for due work " + std::to_string(age.count()) + " ms ago"});
    auto fault = base.tokens->key_set_fault();
    list.push_back({"token keys", !fault, fault ? fault->message : std::string()});
    return list;
  }

  std::string metrics() {
    const auto gauge = [](const char* name, const char* help, auto value) {
      return std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " gauge\n" + name +
             " " + std::to_string(value) + "\n";
    };
    const Time now = base.clock.now();
    auto next = base.store->next_due(now);
    const Duration late = next && *next && **next < now ? now - **next : Duration{};
    return gauge("herald_connections", "Open client connections.", server.connections()) +
           gauge("herald_deliveries_in_flight", "Deliveries under way here.", queue.in_flight()) +
           gauge("herald_worker_pass_age_ms", "Since the worker last looked for due work.",
                 (now - queue.last_pass()).count()) +
           gauge("herald_oldest_due_age_ms", "How late the oldest due delivery is.", late.count());
  }

  void housekeeping() {
    if (auto run = refresher.run_once(); !run) {
      base.log.write(LogLevel::error, "renewals could not be looked up: " + run.error().message);
    }
    media.sweep(kUploadAbandonedAfter);
    executor.post_after(kHousekeepingEvery, [this] { housekeeping(); });
  }
};

Running::Running(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Running::~Running() = default;

Result<std::unique_ptr<Running>> Running::open(Installation& base) {
  const Config& config = base.config;
  HERALD_TRY(auto app, http::StaticFiles::load(config.web_folder, kAppRoutes));
  HERALD_TRY(auto folder, media::DiskFolder::open_root(config.data_folder + "/media",
                                                       {config.customer_bytes_max, 256ull << 20}));
  HERALD_TRY(auto links, SealedLinks::make(config.internal_secrets.front(), base.clock,
                                           std::span(config.internal_secrets).subspan(1)));
  std::vector<Secret> secrets;
  for (const auto& secret : config.internal_secrets) secrets.push_back(secret.clone());
  HERALD_TRY(auto assertions, JwsInternalAssertions::make(secrets, base.clock, base.random));
  // This process is the store's only one, so whoever held a lease is dead.
  HERALD_CHECK(base.store->end_all_leases());
  std::unique_ptr<Running> running(new Running(std::make_unique<Parts>(
      base, std::move(folder), std::move(links), std::move(assertions), std::move(app))));
  Parts& parts = *running->parts_;
  const auto listen = [&](const std::string& address, std::uint16_t port, http::Service& door) {
    return parts.server.listen(address, port, door);
  };
  HERALD_CHECK(listen(config.address, config.edge_port, parts.edge));
  HERALD_CHECK(listen(config.address, config.gateway_port, parts.gateway));
  HERALD_CHECK(listen(config.address, config.uploader_port, parts.uploader_door));
  HERALD_CHECK(listen(config.operations_address, config.operations_port, parts.operations));
  return running;
}

void Running::start() {
  parts_->server.start();
  parts_->queue.start();
  parts_->executor.post([parts = parts_.get()] { parts->housekeeping(); });
}

void Running::drain() {
  parts_->queue.stop();
  const auto until = std::chrono::steady_clock::now() + kDrainMax;
  while (parts_->queue.in_flight() > 0 && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(20ms);
  }
  parts_->server.drain();
}

}  // namespace herald
