// Forgets what is not needed any more, a little at a time.
#pragma once

#include "ports/clock.h"
#include "ports/retention_store.h"

namespace herald {

// How long each is kept. Zero: for ever.
struct RetentionPeriods {
  Duration sessions = std::chrono::days(30);  // After their end.
  Duration flows = std::chrono::hours(1);     // After their end.
  Duration history = std::chrono::days(365);  // Steps nobody saw, and follow-ups that are over.
  Duration audit = std::chrono::days(730);
  Duration keys = std::chrono::days(90);   // After the post's creation.
  Duration facts = std::chrono::days(30);  // What platforms said, after somebody last asked.
  Duration figures{};  // Of days that are over; earlier where their platform's terms want it.
};

class Retention {
 public:
  Retention(RetentionStore& store, const Clock& clock, RetentionPeriods periods)
      : store_(store), clock_(clock), periods_(periods) {}

  // One batch of each kind at most, so that nobody waits for it. Returns how many rows went; after
  // an error the other kinds are still looked at, and the first error comes back.
  Result<int> run_once();

 private:
  RetentionStore& store_;
  const Clock& clock_;
  const RetentionPeriods periods_;
};

}  // namespace herald
