// The control API under /_sandbox/, and its pages. For tests and for people; no platform has it.
//
//   GET    /_sandbox/              index page            GET  /_sandbox/feed     audience's page
//   GET    /_sandbox/health        {"status":"ok","pid":..} GET  /_sandbox/ledger {"entries":[..]};
//                                           ?after=n leaves out the first n
//   GET    /_sandbox/calls         recent requests       DELETE forgets them
//   GET    /_sandbox/faults        what is armed         POST arms one (faults.h), DELETE disarms
//   GET    /_sandbox/clock         {"now_ms":..}         POST {"advance_ms":..} or {"set_ms":..}
//   GET    /_sandbox/switches      all with meaning      POST {"meta.jpeg_only":"off"}
//   POST   /_sandbox/reset         as on the first day (ledger and state; the old ledger file
//   stays) POST   /_sandbox/<side>/<verb> a side's own controls (meta_side.h, google_side.h) GET
//   /_sandbox/media/<digest>?type=
#pragma once

#include "sandbox/call_log.h"
#include "sandbox/faults.h"
#include "sandbox/outside.h"
#include "sandbox/simulation.h"

namespace herald::sandbox {

class Control {
 public:
  Control(Simulation& simulation, Faults& faults, CallLog& calls, const Outside& outside)
      : simulation_(simulation), faults_(faults), calls_(calls), outside_(outside) {}

  // `call.path` begins with "/_sandbox". May block while a side's notices are posted.
  http::Response answer(const Call& call);

 private:
  http::Response show(const Call& call, const std::string& what);
  http::Response change(const Call& call, const std::string& what);
  http::Response move_clock(const Call& call);
  http::Response turn_switches(const Call& call);
  http::Response side_control(const Call& call, const std::string& what);
  http::Response index();

  Simulation& simulation_;
  Faults& faults_;
  CallLog& calls_;
  const Outside& outside_;
};

}  // namespace herald::sandbox
