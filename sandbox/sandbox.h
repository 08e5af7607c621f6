// The sandbox as a service of the HTTP server: finds the side a request is for, lets scripted
// faults have their way, and answers.
#pragma once

#include <memory>

#include "sandbox/call_log.h"
#include "sandbox/control.h"
#include "sandbox/faults.h"
#include "sandbox/outside.h"
#include "sandbox/simulation.h"

namespace herald::sandbox {

class Sandbox final : public http::Service {
 public:
  Sandbox(Simulation& simulation, Outside outside)
      : simulation_(simulation),
        outside_(std::move(outside)),
        control_(simulation_, faults_, calls_, outside_) {}

  http::Admission admit(http::Request& head) override;
  // May block while media are fetched.
  void serve(http::Request request, std::shared_ptr<http::BodySink> sink,
             http::Reply reply) override;

 private:
  struct Errand;  // One platform call on its way.
  void run(const std::shared_ptr<Errand>& errand);
  // The answer in a fault's place, or nothing: the call is to be carried out.
  std::optional<http::Response> instead(Errand& errand);
  http::Response afterwards(Errand& errand, Answer answer);
  Answer carry_out(Errand& errand);
  http::Response scripted(Errand& errand);

  Simulation& simulation_;
  Outside outside_;
  Faults faults_;
  CallLog calls_;
  Control control_;
};

}  // namespace herald::sandbox
