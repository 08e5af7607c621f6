// Is the door behind ready? Asked all the time, so that a door is ready only while the one behind
// it is.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/operations.h"
#include "http/server/client.h"
#include "ports/clock.h"
#include "ports/executor.h"

namespace herald {

// Must outlive the server's threads.
class DoorWatch {
 public:
  // `name` of the door and `target` of the question; of several places any one will do.
  DoorWatch(http::Server& server, std::vector<http::Place> places, std::string name,
            std::string target, const Clock& clock, Executor& executor);
  void start();
  void stop() { stopped_ = true; }

  http::Check check() const;  // Any thread.

 private:
  void ask();
  void hear(std::string fault);  // "": it is ready.

  const std::string name_, target_;
  const std::size_t places_;
  const Clock& clock_;
  Executor& executor_;
  http::Client client_;
  std::atomic<bool> stopped_ = false;
  mutable std::mutex mutex_;        // Guards the rest.
  std::deque<std::string> lately_;  // What each place said last, the newest first.
  Time heard_at_{};
};

}  // namespace herald
