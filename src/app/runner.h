// Takes claimed deliveries through their conversations: publishes what is due, after one more check
// by the rules and facts of now, and looks for what is in doubt.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/conduct.h"
#include "ports/events.h"
#include "ports/sealer.h"
#include "ports/store.h"

namespace herald {

class Runner {
 public:
  struct Ports {
    Store& store;
    Sealer& sealer;
    Clock& clock;
    Random& random;
    Events& events;
    Log& log;
  };
  Runner(Ports ports, Conduct& conduct, Dialogues& dialogues, const Registrations& registrations)
      : ports_(ports), conduct_(conduct), dialogues_(dialogues), registrations_(registrations) {}

  // A delivery as claim_due() gave it: running, to be published; or unknown, to be looked up.
  // Returns at once; `ended` is called when the runner has let go of it.
  void take(Delivery delivery, std::function<void()> ended);

 private:
  class DeliveryJob;
  Result<Conduct::Start> gather(const std::shared_ptr<DeliveryJob>& job);
  void begin(Conduct::Start start, const std::shared_ptr<DeliveryJob>& job);
  void look_up(Conduct::TalkPtr talk, const std::shared_ptr<DeliveryJob>& job);
  void take_facts(Conduct::TalkPtr talk, const std::shared_ptr<DeliveryJob>& job, Time begun,
                  DialogueEnd end);
  void look(Conduct::TalkPtr talk, const std::shared_ptr<DeliveryJob>& job);

  Ports ports_;
  Conduct& conduct_;
  Dialogues& dialogues_;
  const Registrations& registrations_;
};

}  // namespace herald
