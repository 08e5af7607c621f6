// The edge or the gateway as a process of its own: a door before another one, without a store.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/config.h"
#include "domain/result.h"
#include "ports/log.h"

namespace herald {

class DoorProcess {
 public:
  // Opens the door's port and the operations port; nothing is served before start(). The door
  // behind need not be there yet.
  static Result<std::unique_ptr<DoorProcess>> open(Config config);
  ~DoorProcess();

  // What is wrong with the files that sound settings name; for the list of all faults.
  static std::vector<std::string> faults(const Config& config);

  void start();
  // Says that it is not ready, lets requests under way end, then closes. Blocks five seconds at
  // most.
  void drain();
  Log& log();

 private:
  struct Parts;
  explicit DoorProcess(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace herald
