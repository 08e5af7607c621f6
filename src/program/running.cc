#include "program/running.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <utility>

#include "app/changes.h"
#include "app/measuring.h"
#include "app/queue.h"
#include "app/refresher.h"
#include "app/retention.h"
#include "crypto/jws_internal_assertions.h"
#include "crypto/sealed_links.h"
#include "http/edge.h"
#include "http/event_hub.h"
#include "http/gateway.h"
#include "http/media_links.h"
#include "http/operations.h"
#include "http/server/server.h"
#include "http/uploader.h"
#include "media/probe_process.h"
#include "net/curl_transport.h"
#include "net/sandbox_hosts.h"
#include "program/counted.h"
#include "program/door_settings.h"
#include "program/media_place.h"
#include "program/readiness.h"
#include "program/server_executor.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPlatformLinkLife = 24h;
constexpr Duration kHousekeepingEvery = 60s;
constexpr Duration kMatchMediaEvery = 1h;
constexpr Duration kLookForChangesEvery = 1s;
constexpr Duration kReadyHolds = 200ms;

MediaLimits media_limits(const Config& config) {
  MediaLimits limits;
  limits.medium_bytes_max = config.medium_bytes_max;
  limits.customer_bytes_max = config.customer_bytes_max;
  limits.looked_at_once = config.workers < 4 ? 1 : 2;  // The others serve requests meanwhile.
  return limits;
}

RetentionPeriods periods_of(const Config& config) {
  RetentionPeriods periods;
  periods.sessions = std::chrono::days(config.session_days);
  periods.history = std::chrono::days(config.history_days);
  periods.audit = std::chrono::days(config.audit_days);
  periods.keys = std::chrono::days(config.idempotency_days);
  periods.figures = std::chrono::days(config.figures_days);
  return periods;
}

// "<media id>" or "<media id>/jpeg", as platforms name a medium.
LinkMaker link_maker(http::Site site, SignedLinks& links, MediaStore& store, const Clock& clock) {
  return [site = std::move(site), &links, &store, &clock](
             const CustomerId& customer, std::string_view name) -> Result<std::string> {
    const auto slash = std::min(name.find('/'), name.size());
    const auto rendition = name.substr(std::min(slash + 1, name.size()));
    const auto scope = ScopeAuthority::of(customer);
    HERALD_TRY(const Medium medium,
               store.find_medium(scope, MediaId(std::string(name.substr(0, slash)))));
    return http::media_link(site, links, scope, medium, rendition, clock.now() + kPlatformLinkLife);
  };
}

}  // namespace

// In the order in which they stand on one another.
struct Running::Parts {
  Installation& base;
  http::Site site;
  std::unique_ptr<http::Server> owned_server;  // Goes before everything else: see ~Parts().
  http::Server& server{*owned_server};
  ServerExecutor executor{server};
  std::atomic<bool> stopping = false;
  std::unique_ptr<MediaFolder> folder;
  media::ProbeProcess probe{media::ProbeProcess::beside_this_program()};
  std::unique_ptr<SealedLinks> links;
  std::unique_ptr<JwsInternalAssertions> assertions;
  SandboxHosts hosts;
  http::EventHub hub;
  CountedEvents events{hub};
  std::unique_ptr<CurlTransport> curl;
  CountedTransport transport{*curl};
  Dialogues dialogues;
  Vault vault;
  Conduct conduct;
  Runner runner;
  FollowUps follow_ups;
  Queue queue;
  Counter readings{"herald_figure_readings_total",
                   "Readings of figures by platform and whether they brought any."};
  Measuring measuring;
  Refresher refresher;
  Retention retention;
  Access access;
  Connect connect;
  Compose compose;
  Lookups lookups;
  MediaLibrary media;
  Notices notices;
  http::StaticFiles app;
  http::Services services;
  http::Uploader uploader;
  http::UploaderDoor uploader_door;
  http::Gateway gateway;
  http::Edge edge;
  Counter answers{"herald_http_answers_total", "Answers by door and class of status."};
  Time match_media_at{};  // Housekeeping's only.
  std::atomic<std::int64_t> ready_at_ms = 0;
  std::atomic<bool> was_ready = false;
  Changes changes{*base.store, hub};
  CountedService edge_counted{edge, "edge", answers};
  CountedService gateway_counted{gateway, "gateway", answers};
  CountedService uploader_counted{uploader_door, "uploader", answers};
  http::Operations operations;

  Parts(Installation& installation, std::unique_ptr<MediaFolder> place,
        std::unique_ptr<SealedLinks> signed_links, std::unique_ptr<JwsInternalAssertions> internal,
        http::StaticFiles files)
      : base(installation),
        site{base.config.public_url, base.config.loopback},
        owned_server(std::make_unique<http::Server>(static_cast<std::size_t>(base.config.workers),
                                                    door_limits())),
        folder(std::move(place)),
        links(std::move(signed_links)),
        assertions(std::move(internal)),
        hosts(base.config.sandbox_url),
        hub(*base.store, executor, hosts),
        curl(std::make_unique<CurlTransport>(
            CurlTransport::Ports{executor, base.random, base.digest, *folder, hosts},
            link_maker(site, *links, *base.store, base.clock), hosts.in_use())),
        dialogues(base.clock, executor, transport),
        vault(*base.store, base.sealer, base.clock, executor, base.random, dialogues, events,
              base.registrations),
        conduct(base.clock, executor, base.random, transport, base.log, vault),
        runner({*base.store, base.sealer, base.clock, base.random, events, base.log}, conduct,
               dialogues, base.registrations),
        follow_ups({*base.store, base.sealer, base.clock, base.random, events}, conduct,
                   base.registrations),
        queue(*base.store, runner, follow_ups, base.clock, executor, base.log,
              conduct.times().lease, base.config.in_flight_max),
        measuring({*base.store, base.clock, executor, base.log}, vault, dialogues,
                  base.registrations,
                  [this](const PlatformId& platform, bool brought_figures) {
                    readings.add("platform=\"" + platform.value + "\",outcome=\"" +
                                 (brought_figures ? "ok" : "failed") + "\"");
                  }),
        refresher(*base.store, vault, base.clock, base.log),
        retention(*base.store, base.clock, periods_of(base.config)),
        access({*base.store, *base.tokens, base.passwords, base.clock, base.random, base.digest}),
        connect({*base.store, base.sealer, base.clock, base.flow_clock, base.random, base.digest,
                 hosts, events, base.log},
                vault, dialogues, base.registrations),
        compose({*base.store, base.clock, base.random, base.digest, events}, base.registrations,
                [this] {
                  if (works()) queue.wake();
                }),
        lookups({*base.store, base.clock, executor}, vault, dialogues, base.registrations),
        media({*base.store, *folder, probe, base.clock, base.random, executor, events, base.log},
              media_limits(base.config)),
        notices({*base.store, base.clock, base.digest, events}, base.registrations),
        app(std::move(files)),
        services{access,      connect,     compose,     lookups,     media,
                 notices,     *base.store, *folder,     base.sealer, *links,
                 base.digest, base.clock,  base.random, hub,         base.registrations,
                 hosts,       site},
        uploader(services, {base.config.sign_ins_per_minute, std::chrono::seconds(60)}),
        uploader_door(uploader, *assertions, [this] { return ready(); }),
        gateway({*base.tokens, base.clock, base.random}, uploader, gateway_limits(base.config),
                read_contract(base.config), [this] { return ready(); }),
        edge(app, gateway, base.random),
        operations(::getpid(), [this] { return checks(); }, [this] { return metrics(); }) {}

  // Nothing may run any more when the first part goes. What was begun ends with the server's
  // workers, what was not is dropped while all that it knows of is still there.
  ~Parts() {
    executor.close();
    owned_server.reset();
    curl.reset();
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  bool works() const { return base.config.role != ServeRole::uploader; }
  bool has_uploader() const { return base.config.role != ServeRole::worker; }

  // What the doors say to everybody who asks, without asking the store each time.
  bool ready() {
    const auto now = to_ms(base.clock.now());
    if (std::abs(now - ready_at_ms.load()) >= kReadyHolds.count()) {
      was_ready = std::ranges::all_of(checks(), &http::Check::ready);
      ready_at_ms = now;
    }
    return was_ready && !stopping;
  }

  bool busy() const { return queue.in_flight() > 0 || transport.under_way() > 0; }

  std::vector<http::Check> checks() {
    Vitals vitals;
    vitals.now = base.clock.now();
    vitals.stopping = stopping;
    vitals.works = works();
    if (auto read = base.store->next_due(vitals.now); !read) vitals.store_fault = read.error();
    vitals.last_pass = queue.last_pass();
    vitals.last_measuring_pass = measuring.last_pass();
    vitals.key_set_fault = base.tokens->key_set_fault();
    vitals.warnings = base.warnings();
    return checks_of(vitals);
  }

  std::string metrics() {
    const Time now = base.clock.now();
    auto next = base.store->next_due(now);
    const Duration late = next && *next && **next < now ? now - **next : Duration{};
    return gauge_text("herald_connections", "Open client connections.",
                      static_cast<std::int64_t>(server.connections())) +
           gauge_text("herald_deliveries_in_flight", "Deliveries under way here.",
                      queue.in_flight()) +
           gauge_text("herald_worker_pass_age_ms", "Since the worker last looked for due work.",
                      (now - queue.last_pass()).count()) +
           gauge_text("herald_oldest_due_age_ms", "How late the oldest due delivery is.",
                      late.count()) +
           events.text() + readings.text() + transport.text() + answers.text() + commands();
  }

  std::string commands() const {
    if (!base.store_commands) return {};
    return counter_text("herald_store_commands_total", "Commands that the database answered.",
                        base.store_commands());
  }

  void keep_store() {
    if (auto run = refresher.run_once(); !run) {
      base.log.write(LogLevel::error, "renewals could not be looked up: " + run.error().message);
    }
    if (auto gone = retention.run_once(); !gone) {
      base.log.write(LogLevel::error, "old rows could not be removed: " + gone.error().message);
    }
  }

  void keep_media() {
    media.sweep();
    if (const Time now = base.clock.now(); now >= match_media_at) {
      match_media_at = now + kMatchMediaEvery;
      media.match();
    }
  }

  // Alone, this process hears of every change; beside workers and other uploaders it has to look.
  void follow_changes() {
    if (stopping) return;
    if (auto seen = changes.run_once(hub.watched()); !seen) {
      base.log.write(LogLevel::warning, "changes could not be read: " + seen.error().message);
    }
    executor.post_after(kLookForChangesEvery, [this] { follow_changes(); });
  }

  void housekeeping() {
    if (stopping) return;
    if (works()) keep_store();
    if (has_uploader()) keep_media();
    executor.post_after(kHousekeepingEvery, [this] { housekeeping(); });
  }
};

Running::Running(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Running::~Running() = default;

Result<std::unique_ptr<Running>> Running::open(Installation& base) {
  const Config& config = base.config;
  http::StaticFiles app;
  if (config.role == ServeRole::all) {
    HERALD_TRY(app, http::StaticFiles::load(config.web_folder, app_routes()));
  }
  HERALD_TRY(auto folder, open_media_place(config, base.digest, base.random));
  HERALD_TRY(auto links, SealedLinks::make(config.internal_secrets.front(), base.clock,
                                           std::span(config.internal_secrets).subspan(1)));
  HERALD_TRY(auto assertions,
             JwsInternalAssertions::make(internal_secrets(config), base.clock, base.random));
  // Where this process is the store's only one, whoever held a lease is dead.
  if (!base.shares_store) HERALD_CHECK(base.store->end_all_leases());
  std::unique_ptr<Running> running(new Running(std::make_unique<Parts>(
      base, std::move(folder), std::move(links), std::move(assertions), std::move(app))));
  Parts& parts = *running->parts_;
  log_faults(parts.server, base.log, base.random);
  const auto listen = [&](const std::string& address, std::uint16_t port, http::Service& door) {
    return parts.server.listen(address, port, door);
  };
  if (config.role == ServeRole::all) {
    HERALD_CHECK(listen(config.address, config.edge_port, parts.edge_counted));
    HERALD_CHECK(listen(config.address, config.gateway_port, parts.gateway_counted));
  }
  if (parts.has_uploader()) {
    HERALD_CHECK(listen(config.address, config.uploader_port, parts.uploader_counted));
  }
  HERALD_CHECK(listen(config.operations_address, config.operations_port, parts.operations));
  return running;
}

void Running::start() {
  parts_->server.start();
  if (parts_->works()) {
    parts_->queue.start();
    parts_->measuring.start();
  }
  parts_->executor.post([parts = parts_.get()] { parts->housekeeping(); });
  if (parts_->base.config.role == ServeRole::uploader) {
    parts_->executor.post([parts = parts_.get()] { parts->follow_changes(); });
  }
}

void Running::drain() {
  parts_->stopping = true;
  parts_->queue.stop();
  parts_->measuring.stop();
  const auto until =
      std::chrono::steady_clock::now() + std::chrono::seconds(parts_->base.config.drain_seconds);
  parts_->executor.wait([this] { return !parts_->busy(); }, until);
  parts_->server.drain();
}

}  // namespace herald
