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

 private:
  struct Access {
    std::string family;
    int number = 0;  // Of the refresh token that came with it.
    Duration ends{};
  };
  struct Refresh {
    std::string family;
    int number = 0;  // In the order of issue.
    bool used = false;
    Duration used_at{};
    bool ended = false;
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
  std::string fresh(const char* kind) { return kind + std::to_string(++made_); }

  Stage& stage_;
  sandbox::Ledger& ledger_;
  std::map<std::string, std::string> codes_;  // To families.
  std::map<std::string, bool> families_;      // Alive?
  std::map<std::string, Access> access_;
  std::map<std::string, Refresh> refresh_;
  std::vector<Posted> posts_;
  int made_ = 0;
  bool forgives_ = false;
};

}  // namespace herald::simulation
