// Watches the single-use refresh tokens of one platform as they go over the wire. Two of one token
// on their way together, or one that comes back after its successor stood in the store, is what
// must never be (O-37, O-41).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "net/assembly.h"
#include "simulation/reply.h"
#include "simulation/stage.h"

namespace herald::simulation {

// Whether this asks for tokens, with a code or a refresh token.
bool asks_for_tokens(const WireRequest& wire);
// The token in the Authorization header; empty: none.
std::string bearer(const WireRequest& wire);

class TokenWatch {
 public:
  TokenWatch(Stage& stage, std::string platform) : stage_(stage), platform_(std::move(platform)) {}

  // A request leaves, reaches the platform, or is known to be lost on its way.
  void left(const WireRequest& wire);
  void arrived(const WireRequest& wire);
  // What the platform says, before the way back.
  void answered(const WireRequest& wire, const Reply& reply);
  // The app learnt how a renewal ended, or was told that its answer is lost.
  void heard(const WireRequest& wire, bool lost);
  // A connection may well be given up: a spent token was refused, or two answers in a row were
  // lost.
  bool gave_reason() const { return gave_reason_; }

 private:
  // By order of issue, in the family that began with one consent.
  struct Access {
    int family = 0;
    int number = 0;  // Of the refresh token that came with it.
  };
  // The tokens that Herald works with now, and since when; read off the calls that it makes.
  struct InUse {
    int family = 0;
    int number = 0;
    Duration since{};
  };
  struct Refresh {
    int family = 0;
    int number = 0;
    bool used = false;
    int on_the_way = 0;
    int lost_in_a_row = 0;
  };
  Refresh* presented(const WireRequest& wire);
  void note_use(int family, int number);
  void judge_replay(const Refresh& token);
  void complain(const char* what) { stage_.complain(platform_ + ": " + what); }

  Stage& stage_;
  std::string platform_;
  std::map<std::string, Access> access_;
  std::map<std::string, Refresh> refresh_;
  std::vector<InUse> in_use_;  // One per family, in the order of their first use.
  int made_ = 0;
  bool gave_reason_ = false;
};

}  // namespace herald::simulation
