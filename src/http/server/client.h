// Requests to the door behind, on a server's own loop: HTTP/1.1, bodies streamed both ways under
// back-pressure, no thread waits. Nothing is ever sent twice: a request that may have reached the
// other side is answered by an error that says so.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "domain/result.h"
#include "http/server/message.h"
#include "http/server/server.h"

namespace herald::http {

struct Loop;

// One process behind.
struct Place {
  std::string host;  // A name or a numeric address, of IPv6 without brackets.
  std::uint16_t port = 0;
};

struct ClientLimits {
  std::chrono::milliseconds connect_time_max{2'000};
  std::chrono::milliseconds answer_time_max{120'000};  // From the request's end to the head.
  std::chrono::milliseconds stall_time_max{60'000};    // Of a body, either way.
  std::chrono::milliseconds idle_time_max{30'000};     // Less than the other side's.
  std::size_t idle_max = 64;                           // Connections kept.
  std::size_t gathered_bytes_max = 256 * 1024;         // A larger answer is a stream.
  std::size_t ahead_bytes_max = 256 * 1024;            // Of a stream, read and not yet passed on.
};

// Safe from any thread. What is under way when the server goes is dropped.
class Client {
 public:
  // Places take turns. One that takes no connection is passed over: nothing was sent to it. Where
  // a name has several addresses, they take turns too.
  Client(Server& server, std::vector<Place> places, ClientLimits limits = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Called once, on the loop's thread, which it must not hold up. Errors: unavailable (code
  // "door_closed"): nothing was sent, or the method is safe; unknown_outcome (code "answer_lost"):
  // it may have been carried out.
  using Heard = std::function<void(Result<Response>)>;

  // Sends a request as it is, but for what belongs to one connection: Host, framing and
  // hop-by-hop headers are the client's own. GET, HEAD and OPTIONS go over kept connections, the
  // rest over fresh ones, which cannot have been closed meanwhile.
  void send(Request request, Heard heard);

  // The same for a body that comes in pieces. Its length is what the head's Content-Length says,
  // or unknown. Nothing is sent before the first piece, or finish().
  class Upload : public BodySink {
   public:
    // The body is all there, or nobody wants more of it. Called once; never called: the request
    // is broken off, and the other side notices.
    virtual void finish(Heard heard) = 0;
  };
  std::shared_ptr<Upload> begin(Request head);

 private:
  friend class Call;
  struct Core;
  std::weak_ptr<Loop> loop_;
  std::weak_ptr<Core> core_;
};

}  // namespace herald::http
