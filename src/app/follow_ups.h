// Work after publishing: first comment, thumbnail, playlist. Each is a row of its own with its own
// fence; whatever becomes of it, the delivery stays published.
#pragma once

#include <functional>
#include <memory>

#include "app/conduct.h"
#include "ports/events.h"
#include "ports/sealer.h"
#include "ports/store.h"

namespace herald {

class FollowUps {
 public:
  struct Ports {
    Store& store;
    Sealer& sealer;
    Clock& clock;
    Random& random;
    Events& events;
  };
  FollowUps(Ports ports, Conduct& conduct, const Registrations& registrations)
      : ports_(ports), conduct_(conduct), registrations_(registrations) {}

  // Claims at most `max` due rows and starts them. Each holds what `seat` returned for it until it
  // is let go of. Returns how many were started.
  Result<int> run_once(int max, const std::function<std::shared_ptr<void>()>& seat);

 private:
  class FollowUpJob;
  Result<Conduct::Start> gather(const std::shared_ptr<FollowUpJob>& job);

  Ports ports_;
  Conduct& conduct_;
  const Registrations& registrations_;
};

}  // namespace herald
