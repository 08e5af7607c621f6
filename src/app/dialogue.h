// A short conversation with a platform that nobody sees: connecting, refreshing, discovering,
// looking. It is driven to its end here and not stored in between; a crash loses it, harmlessly.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/engine.h"
#include "domain/secret.h"
#include "ports/clock.h"
#include "ports/executor.h"
#include "ports/platform.h"
#include "ports/transport.h"

namespace herald {

struct DialogueEnd {
  Result<Outcome> outcome;
  std::map<std::string, Secret> secrets;  // By handle: "secret:<name>".
  // The last call may have reached the platform although no answer came.
  bool maybe_sent = false;
  bool nothing_sent = false;  // The last call certainly did not.
  // One line per call, for history: "GET graph.facebook.com/…: accepted (200)".
  std::vector<std::string> trace;
};

class Dialogues {
 public:
  Dialogues(Clock& clock, Executor& executor, Transport& transport)
      : clock_(clock), executor_(executor), transport_(transport) {}

  // Calls `done` exactly once, from a worker, possibly before it returns. `secrets` is what the
  // calls' references may name; handles won on the way are added to it. `may_send`, if given, is
  // asked right before the first byte of each call (Dispatch::may_send). Nothing here is ever seen
  // by an audience: an answer that proves nothing ends it with unavailable.
  void run(const Platform& platform, Flow flow, Input input, CustomerId customer,
           std::shared_ptr<SecretSet> secrets, std::function<void(DialogueEnd)> done,
           std::function<bool()> may_send = {});

 private:
  struct Run;
  void step(std::shared_ptr<Run> run, std::optional<Exchange> heard);

  Clock& clock_;
  Executor& executor_;
  Transport& transport_;
};

// "POST graph.facebook.com/v25.0/1784/media_publish": what may be shown of a call; no query.
std::string shown(const Call& call);

}  // namespace herald
