// A network that answers by script and remembers what was sent over it. Nothing real is reached.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "ports/executor.h"
#include "ports/transport.h"

namespace herald::testing {

// Safe from any thread.
class FakeTransport final : public Transport {
 public:
  // A call as it would have left, with the secrets in it.
  struct Sent {
    std::string method;
    std::string url;
    std::map<std::string, std::string> form;  // Of a form body.
    CustomerId customer;
    std::vector<std::string> token_hosts;
  };

  explicit FakeTransport(Executor& executor) : executor_(executor) {}

  // From now on a call whose URL begins with `url` is answered so. In the body stands a handle
  // ("secret:access") where the platform would have sent a secret; `secrets` holds them by name. A
  // call that nothing was said about gets no answer: nothing was sent.
  void answer(std::string url, int status, std::string body,
              std::map<std::string, std::string> secrets = {});

  std::optional<Time> date;  // What every host's clock says; to be set before anything is sent.

  std::vector<Sent> sent() const;
  // Of those, how many went to URLs that begin so.
  std::size_t count(std::string_view url) const;

  void send(Dispatch dispatch, std::function<void(Received)> done) override;
  std::optional<Time> last_date(std::string_view) const override { return date; }

 private:
  struct Line {
    std::string url;
    int status = 0;
    std::string body;
    std::map<std::string, std::string> secrets;
  };
  Received received(const std::string& url) const;

  Executor& executor_;
  mutable std::mutex mutex_;  // Guards all below.
  std::vector<Line> script_;
  std::vector<Sent> sent_;
};

}  // namespace herald::testing
