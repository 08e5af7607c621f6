// The server at work, as far as it stands on the store: three doors, the workers and the operations
// port in one process; or of these only the uploader, or only the workers, as Config::role says.
#pragma once

#include <memory>
#include <string>

#include "program/installation.h"

namespace herald {

class Running {
 public:
  // Opens every port; nothing is served before start(). An error names the port or file that is in
  // the way.
  static Result<std::unique_ptr<Running>> open(Installation& installation);
  ~Running();

  void start();
  // Says that it is not ready and claims nothing more, lets what is under way come to a stored
  // step, then closes. Blocks at most Config::drain_seconds and five more.
  void drain();

 private:
  struct Parts;
  explicit Running(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace herald
