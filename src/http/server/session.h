// One connection: reads requests, has them answered on a worker, writes the answers, in order.
// Lives on the loop thread.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/exchange.h"
#include "http/server/loop.h"
#include "http/server/message.h"
#include "http/server/patience.h"

namespace herald::http {

class Session : public std::enable_shared_from_this<Session> {
 public:
  // Takes over the connected socket.
  Session(std::shared_ptr<Loop> loop, Service& service, int socket, std::string peer);
  ~Session();

  void start();
  void check(TimePoint now);  // Ends the wait that has passed its deadline.
  void drain();               // Closes if idle; else the answer in flight is the last.
  void cut();                 // Closes now, whatever is under way.
  void wake();                // Something that the session waits for may have happened.

 private:
  using Socket = net::basic_stream_socket<net::ip::tcp, Executor>;
  using Step = std::expected<void, Fault>;

  // session.cc: the course of a connection.
  Task<void> run();
  Task<bool> exchange();  // False: the connection ends.
  Task<Step> read_head(Exchange& exchange);
  Task<Step> read_body(std::shared_ptr<Exchange> exchange);
  Task<Step> take_piece(std::shared_ptr<Exchange> exchange, std::string piece);
  Task<bool> pass_on(std::shared_ptr<Exchange> exchange, std::string& piece);
  Task<Step> receive(std::size_t bytes_max);
  Task<bool> refuse(Fault fault, const Exchange& exchange);
  Terms terms(const Exchange& exchange) const;
  Task<void> hang_up();

  // answer_sending.cc. False: the connection cannot go on.
  Task<bool> send(Response response, Terms terms);
  Response failed(const std::string& what) const;  // What is sent instead of a broken answer.
  Task<bool> send_file(FileRange range, Response response, Terms terms);
  Task<bool> send_stream(Response response, Terms terms);
  Task<bool> follow(std::shared_ptr<BodyStream> stream, bool chunked, bool ends);
  Task<bool> write(std::string_view first, std::string_view second = {});
  void watch_for_leaving();

  // Runs work on a worker and comes back when it has ended, or when the session was cut; so the
  // work must own what it touches.
  Task<void> on_worker(std::move_only_function<void()> work);
  Task<void> event();  // Until the next wake().
  // Begins a wait that check() ends at `deadline`.
  void wait_until(TimePoint deadline);
  Mailbox mailbox() { return {loop_weak_, weak_from_this()}; }

  Loop& loop_;
  std::weak_ptr<Loop> loop_weak_;
  Service& service_;
  Socket socket_;
  Timer event_;
  boost::beast::flat_buffer received_;  // Bytes not yet taken.
  std::string peer_;
  TimePoint deadline_ = TimePoint::max();
  bool timed_out_ = false;
  bool idle_ = false;    // Between requests.
  bool reused_ = false;  // A request has been read before.
  bool cut_ = false;
  bool woken_ = false;
  bool unread_ = false;        // Closing would leave input unread, and so reset the connection.
  bool left_ = false;          // The reader of a stream went away.
  bool stream_ready_ = false;  // The stream has called its wake.
};

}  // namespace herald::http
