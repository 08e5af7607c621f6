// The sides and all they remember, under one lock, saved to the data folder after every change: a
// restart keeps tokens, accounts, containers and the ledger.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/side.h"

namespace herald::sandbox {

class Simulation {
 public:
  // Opens the data folder (made if need be). unavailable: it cannot be used. internal: a snapshot
  // that no version of this program wrote.
  static Result<std::unique_ptr<Simulation>> open(Settings settings,
                                                  std::function<Time()> wall = wall_time);

  // Owner of a real host name; null: nobody.
  Side* side_of(std::string_view host);
  Side* side_named(std::string_view name);
  const std::vector<std::string>& hosts() const { return hosts_; }
  const std::map<std::string, std::string>& platform_names() const { return platform_names_; }

  // Each holds the lock, brings the side up to now, and saves before it returns. An answer that
  // wants fetches has changed nothing.
  Answer ask(Side& side, const Call& call);
  Answer control(Side& side, const Call& call);
  http::Response rate_limited(Side& side, const Call& call);
  http::Response scripted(Side& side, std::string_view name, const Call& call);
  void spoil_token(Side& side, const Call& call, std::string_view how);

  // What the audience has seen by now.
  std::vector<LedgerEntry> seen();
  void move_clock(const std::function<void(Clock&)>& move);
  bool turn_switch(std::string_view name, const std::string& value);
  std::string switches_json();
  void restart();  // As on the first day.

  Time now() const { return clock_.now(); }
  const Settings& settings() const { return settings_; }
  const MediaShelf& media() const { return media_; }
  bool local_links();
  bool closes_reused();

 private:
  Simulation(Settings settings, std::function<Time()> wall);
  Result<Done> load();
  void settle_all();
  void save();  // Ends the process when the disk refuses: what is answered must be kept.

  const Settings settings_;
  Clock clock_;
  std::unique_ptr<Ledger> ledger_;
  MediaShelf media_;
  Switches switches_;
  std::unique_ptr<World> world_;
  std::vector<std::unique_ptr<Side>> sides_;
  std::vector<std::string> hosts_;
  std::map<std::string, std::string> platform_names_;  // By id.
  std::string saved_;
  std::mutex mutex_;
};

}  // namespace herald::sandbox
