// The judge: what people asked for, what they were told, and what the audience sees of it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/compose.h"
#include "simulation/stage.h"
#include "simulation/world.h"

namespace herald::simulation {

// One post that a person wants. Its text says which wish and which revision it is, so that what
// the audience sees can be traced back.
struct Wish {
  int number = 0;
  std::string platform;
  std::string kind;
  AccountId account;
  std::vector<MediaUse> media;
  int parts = 1;  // Of a thread; on Reddit the subreddits, each a target of its own.
  bool comment = false;
  Options options;
  std::string place;  // Its target's; empty: the platform has none, or is spread.
  Time due{};
  Duration lateness{};
  PostId post;              // Empty until the person was told that it is saved.
  int acknowledged = 1;     // The newest revision the person was told is saved.
  std::set<int> cancelled;  // Targets of which the person was told so.
  bool settled_by_hand = false;

  std::string part_text(int revision, int part) const;
  std::string text(int revision) const;  // All parts.
  std::string comment_text() const { return "c" + std::to_string(number); }
  bool is_spread() const { return platform == "reddit"; }
  int targets() const { return is_spread() ? parts : 1; }
  bool is_cancelled(int part) const { return cancelled.contains(is_spread() ? part : 0); }
  PostDraft draft(int revision) const;
  int requests = 1;  // With a key of its own each; more when its time had passed meanwhile.
  std::string key() const {
    return "key-" + std::to_string(number) + "-" + std::to_string(requests);
  }
};

class Audience {
 public:
  Audience(Stage& stage, World& world) : stage_(stage), world_(world) {}

  // Takes in what became visible, and complains about what never may.
  void watch(const std::vector<Wish>& wishes);
  // How often a part of it is out; all parts together.
  int seen(const Wish& wish, int part) const;
  int seen(const Wish& wish) const;
  int seen(const Wish& wish, const Delivery& row) const {
    return wish.is_spread() ? seen(wish, row.target) : seen(wish);
  }
  // Something of it is out in a revision before this one.
  bool seen_before(const Wish& wish, int revision) const;
  int comments(const Wish& wish) const;

 private:
  struct Trace {
    int wish = -1;
    int revision = 0;
    int part = 0;
  };
  static std::optional<Trace> read(const std::string& text);
  void see_parts(const Wish& wish, const Trace& trace, const sandbox::LedgerEntry& entry);
  void see(const Wish& wish, const Trace& trace, const sandbox::LedgerEntry& entry);

  Stage& stage_;
  World& world_;
  std::map<std::pair<int, int>, int> posts_;        // By wish and part.
  std::map<std::pair<int, int>, std::string> ids_;  // By wish and part.
  std::map<int, int> oldest_;  // By wish: the first revision of it that was seen.
  std::map<std::string, int> comments_;
};

}  // namespace herald::simulation
