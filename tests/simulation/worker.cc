#include "simulation/worker.h"

#include <fstream>
#include <map>
#include <utility>

#include "platforms/list.h"
#include "simulation/quill.h"

namespace herald::simulation {
namespace {

constexpr int kInFlightMax = 16;

using Variables = std::map<std::string, std::string>;

// The sandbox's own app registrations, as ./run takes them.
Variables sandbox_apps() {
  Variables apps;
  std::ifstream file(HERALD_SOURCE_DIR "/tools/sandbox_apps.env");
  for (std::string line; std::getline(file, line);) {
    const auto equals = line.find('=');
    if (equals != line.npos && !line.starts_with('#')) {
      apps[line.substr(0, equals)] = line.substr(equals + 1);
    }
  }
  return apps;
}

Registration registration(const Platform& platform, std::string client, std::string_view secret) {
  Registration one;
  one.platform = &platform;
  one.client_id = std::move(client);
  one.client_secret = Secret(secret);
  one.redirect_uri = "https://herald.test/callback/" + platform.spec->id.value;
  return one;
}

// Every platform, by its first sign-in.
std::vector<Registration> registered() {
  static const Variables kApps = sandbox_apps();
  std::vector<Registration> all;
  for (const Platform* platform : all_platforms()) {
    if (platform->spec->registration != "main") continue;
    const VariableSpec& names = platform->spec->variables;
    all.push_back(
        registration(*platform, kApps.at(names.client_id), kApps.at(names.client_secret)));
    if (!names.instance.empty()) all.back().instance = kApps.at(names.instance);
  }
  all.push_back(registration(quill(), "quill-client", "quill-secret"));
  return all;
}

}  // namespace

Installation::Installation(Stage& s, World& w, std::unique_ptr<Store> on)
    : stage(s),
      world(w),
      store(s, std::move(on)),
      random(static_cast<std::uint64_t>(s.trouble.below(1'000'000'000)) + 1),
      registrations(registered()) {}

void Worker::Executing::post(std::function<void()> work) {
  post_after(Duration(stage_.trouble.below(3)), std::move(work));
}

void Worker::Executing::post_after(Duration delay, std::function<void()> work) {
  if (life_.dead) return;
  stage_.timeline.after(delay, life_.owner, std::move(work));
}

Worker::Worker(Installation& shared, Owner owner, Duration skew)
    : life{owner},
      quiet_(shared.stage),
      clock_(shared.stage, skew),
      executor_(shared.stage, life),
      carrier_(shared.stage, shared.world, life),
      dialogues_(clock_, executor_, carrier_),
      vault_(shared.store, shared.sealer, clock_, executor_, shared.random, dialogues_, quiet_,
             shared.registrations),
      conduct_(clock_, executor_, shared.random, carrier_, quiet_, vault_),
      runner_({shared.store, shared.sealer, clock_, shared.random, quiet_, quiet_}, conduct_,
              dialogues_, shared.registrations),
      follow_ups_({shared.store, shared.sealer, clock_, shared.random, quiet_}, conduct_,
                  shared.registrations),
      queue_(shared.store, runner_, follow_ups_, clock_, executor_, quiet_, kLease, kInFlightMax),
      refresher_(shared.store, vault_, clock_, quiet_),
      connect({shared.store, shared.sealer, clock_, clock_, shared.random, shared.digest, direct_,
               quiet_, quiet_},
              vault_, dialogues_, shared.registrations),
      compose({shared.store, clock_, shared.random, shared.digest, quiet_}, shared.registrations,
              [] {}) {
  queue_.stop();  // The run says when to pass; it need not look every second of a week.
}

void Worker::pass() { (void)queue_.run_once(); }

void Worker::renew_what_is_due() { (void)refresher_.run_once(); }

void Worker::renew(const Grant& grant) {
  vault_.renew(grant, [](const Result<Done>&) {});
}

}  // namespace herald::simulation
