// The platforms outside: those of the sandbox, and Quill. They see requests as they come
// over the wire, and write down what the audience sees.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sandbox/rig.h"
#include "simulation/quill_side.h"
#include "simulation/reply.h"
#include "simulation/stage.h"
#include "simulation/token_watch.h"

namespace herald::simulation {

inline constexpr const char* kMediaHost = "https://media.test/";

class World {
 public:
  explicit World(Stage& stage);

  // Carries it out.
  Reply answer(const WireRequest& wire);
  // Too many calls, in the platform's own words; nothing carried out.
  Reply too_many(const WireRequest& wire);
  void expire_token(const WireRequest& wire);
  void revoke(const WireRequest& wire);
  // The next chunk of an upload is stored by half.
  void store_half();
  // Another tool posts to the same account.
  void somebody_else_posts();

  // A person's browser: from the authorize address to the redirect, everything allowed.
  std::string consent(const std::string& auth_url);

  // A medium, for uploads and for platforms that fetch it: "<id>" or "<id>/jpeg".
  void hold(const std::string& name, std::string bytes);

  // What has become visible since the last call.
  std::vector<sandbox::LedgerEntry> news();
  // Platforms at which tokens have died of more than their age. Instagram's and Facebook's die
  // together.
  const std::set<std::string>& ended() const { return ended_; }
  void tokens_died(const std::string& platform) { ended_.insert(platform); }

  // Null: this platform's refresh tokens are good for more than one use.
  TokenWatch* watch_of(const WireRequest& wire) { return watch_of(platform_of(wire.host)); }
  TokenWatch* watch_of(const std::string& platform);

  QuillSide& quill() { return quill_; }

 private:
  void turn(const std::string& quirk, const std::string& value);
  void turn_as_told();
  void expired_early(const std::string& platform);

  sandbox::Side* side_of(const std::string& host);
  std::string platform_of(const std::string& host);
  sandbox::RigRequest request_of(const WireRequest& wire) const;
  std::string google_consent(const std::string& auth_url);
  void spoil(const WireRequest& wire, const char* how);

  Stage& stage_;
  sandbox::Rig rig_;
  std::vector<std::unique_ptr<sandbox::Side>> sides_;
  sandbox::Side* meta_ = nullptr;
  sandbox::Side* google_ = nullptr;
  QuillSide quill_;
  std::map<std::string, TokenWatch> watches_;  // By platform.
  std::map<std::string, std::string> media_;
  std::size_t told_ = 0;
  std::set<std::string> ended_;
  std::map<std::string, Duration> given_at_;  // By platform: when it last gave tokens.
};

}  // namespace herald::simulation
