// Quill itself, as strict as a real platform: what it posts is seen, what is said twice stands
// there twice, and a refresh token that comes back after its one use ends everything it ever led
// to, or, where a run wants it so, only what came of that use.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "net/assembly.h"
#include "sandbox/ledger.h"
#include "simulation/reply.h"
#include "simulation/stage.h"

namespace herald::simulation {

class QuillSide {
 public:
  QuillSide(Stage& stage, sandbox::Ledger& ledger) : stage_(stage), ledger_(ledger) {}

  Reply answer(const WireRequest& wire, const std::string& body);
  // The person says yes on the page; where the browser goes then.
  std::string consent(const std::string& auth_url);
  void expire_access(const WireRequest& wire);
  void revoke_all();
  // Some platforms honour a spent refresh token once more within minutes, and end what it led to.
  void forgive() { forgives_ = true; }

  // A request with a single-use token leaves, reaches us, or is known to be lost on its way. Two of
  // one token on their way together is what must never be (O-37, O-41).
  void left(const WireRequest& wire);
  void arrived(const WireRequest& wire);
  // The app learnt how a renewal ended, or was told that its answer is lost.
  void heard(const WireRequest& wire, bool lost);
  // A connection may well be given up: its tokens are dead, or two answers in a row were lost.
  bool gave_reason() const { return gave_reason_; }

 private:
  struct Access {
    std::string family;
    int number = 0;  // Of the refresh token that came with it.
    Duration ends{};
  };
  // The tokens that Herald works with now, and since when; read off the calls that it makes.
  struct InUse {
    std::string family;
    int number = 0;
    Duration since{};
  };
  struct Refresh {
    std::string family;
    int number = 0;  // In the order of issue.
    bool used = false;
    Duration used_at{};
    bool ended = false;
    int on_the_way = 0;
    int lost_in_a_row = 0;
  };
  struct Posted {
    std::string id;
    std::string text;
    Duration at{};
  };
  Reply token(const std::string& body);
  Reply issue(const std::string& family);
  void end_all_after(const Refresh& token);
  Reply post(const std::string& body);
  Reply list() const;
  bool alive(const WireRequest& wire) const;
  Refresh* presented(const WireRequest& wire);
  void note_use(const std::string& family, int number);
  void judge_replay(const Refresh& token);
  std::string fresh(const char* kind) { return kind + std::to_string(++made_); }

  Stage& stage_;
  sandbox::Ledger& ledger_;
  std::map<std::string, std::string> codes_;  // To families.
  std::map<std::string, bool> families_;      // Alive?
  std::map<std::string, Access> access_;
  std::map<std::string, Refresh> refresh_;
  std::vector<InUse> in_use_;  // One per family, in the order of their first use.
  std::vector<Posted> posts_;
  int made_ = 0;
  bool gave_reason_ = false;
  bool forgives_ = false;
};

}  // namespace herald::simulation
