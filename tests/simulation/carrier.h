// The network between one worker and the world. Whether a call may still be sent is asked at the
// simulated moment at which its first byte leaves; from then on it is on its way, whatever becomes
// of the worker.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/digest.h"
#include "ports/transport.h"
#include "simulation/stage.h"
#include "simulation/world.h"

namespace herald::simulation {

class Carrier final : public Transport {
 public:
  Carrier(Stage& stage, World& world, Life& life) : stage_(stage), world_(world), life_(life) {}

  void send(Dispatch dispatch, std::function<void(Received)> done) override;
  std::optional<Time> last_date(std::string_view url) const override;

 private:
  struct Flight;
  using FlightPtr = std::shared_ptr<Flight>;
  void leave(FlightPtr flight);
  void arrive(const FlightPtr& flight, World& world);
  void come_back(const FlightPtr& flight, Answer answer, Duration delay);
  Answer carried_out(const FlightPtr& flight, World& world);

  Stage& stage_;
  World& world_;
  Life& life_;
  SystemDigest digest_;
  std::map<std::string, Time, std::less<>> dates_;  // By host, as their own clocks said.
};

}  // namespace herald::simulation
