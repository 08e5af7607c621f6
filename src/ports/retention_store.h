// What is not needed for ever. Each method is one atomic act that removes at most `max` rows of all
// customers, oldest first, and returns how many; rows are only ever removed whole. May block.
#pragma once

#include "domain/result.h"
#include "domain/time.h"

namespace herald {

class RetentionStore {
 public:
  virtual ~RetentionStore() = default;

  // Sign-ins that expired before then, ended ones too.
  virtual Result<int> forget_sessions(Time before, int max) = 0;
  // Attempts to connect that expired before then, whatever became of them.
  virtual Result<int> forget_flows(Time before, int max) = 0;
  // Lines of history that began before then. What an audience may have seen (visible calls) and
  // what a person decided stay with the post, and so does every line of a delivery that is not
  // over.
  virtual Result<int> forget_steps(Time before, int max) = 0;
  // Follow-ups that were done or failed before then.
  virtual Result<int> forget_follow_ups(Time before, int max) = 0;
  virtual Result<int> forget_audit(Time before, int max) = 0;
  // Idempotency keys of posts that were created before then. The posts stay.
  virtual Result<int> forget_keys(Time before, int max) = 0;
  // What platforms said of accounts, and of targets that somebody may only have typed, where nobody
  // has asked since then.
  virtual Result<int> forget_facts(Time before, int max) = 0;
  // Figures of days (in UTC) that were over by then.
  virtual Result<int> forget_figures(Time before, int max) = 0;
  // Figures that their platform's terms want forgotten by `now`.
  virtual Result<int> forget_expired_figures(Time now, int max) = 0;
};

}  // namespace herald
