// An HTTP/1.1 server: several listeners, one event loop, a pool of workers. Built on Boost.Beast,
// which no other header of the house shows.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "http/server/message.h"

namespace herald::http {

struct ServerLimits {
  std::size_t head_bytes_max = 16 * 1024;   // More: 431.
  std::size_t target_bytes_max = 8 * 1024;  // More: 414.
  std::size_t connections_max = 20'000;
  std::chrono::milliseconds head_time_max{10'000};        // 408 and close.
  std::chrono::milliseconds idle_time_max{75'000};        // Keep-alive.
  std::chrono::milliseconds body_stall_time_max{30'000};  // No progress of a body: 408 and close.
  std::chrono::milliseconds write_stall_time_max{30'000};
  std::chrono::milliseconds drain_time_max{25'000};
};

struct Loop;

class Server {
 public:
  // `workers` threads run the services' code, and no more than there are cores for GET and HEAD;
  // one more runs the sockets.
  Server(std::size_t workers, ServerLimits limits);
  ~Server();

  // Hears of what goes wrong inside: an exception from a service, an answer with an unsound header,
  // a file that vanished. Called from any thread; set before start(). Default: a line on stderr.
  void on_fault(std::function<void(std::string_view what)> hear);

  // Hears of requests that are answered here and reach no service: broken, too large or too late.
  // Called on the loop's thread, which it must not hold up; set before start(). Default: nothing.
  struct Refusal {
    std::string_view request_id;
    int status;
    std::string_view code;
  };
  void on_refusal(std::function<void(const Refusal&)> hear);

  // Names a request that no service has named and that has to be answered here. From any thread;
  // set before start(). Default: such answers have no request_id.
  void name_requests(std::function<std::string()> make);

  // Opens a listener. Port 0 takes any free one. The service must outlive the server. Returns the
  // port. unavailable: the address is taken or not ours; the message says which.
  Result<std::uint16_t> listen(const std::string& address, std::uint16_t port, Service& service);

  // Runs a function on a worker, now or after a delay. Never blocks; safe from any thread. What has
  // not begun when the server is destroyed is dropped.
  void post(std::function<void()> work);
  void post_after(std::chrono::milliseconds delay, std::function<void()> work);

  void start();  // Returns at once.
  // Stops accepting, lets requests in flight end (their answers say Connection: close), then closes
  // all. Blocks at most drain_time_max. Safe to call twice.
  void drain();

  std::size_t connections() const;

 private:
  friend class Client;  // Has its sockets on the same loop.
  struct Impl;
  std::shared_ptr<Loop> loop() const;
  std::unique_ptr<Impl> impl_;
};

}  // namespace herald::http
