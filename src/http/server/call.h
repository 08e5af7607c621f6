// One request of a Client and its answer. Lives on the loop thread, except where it says otherwise.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/server/answer_parser.h"
#include "http/server/client.h"
#include "http/server/loop.h"

namespace herald::http {

using ClientSocket = net::basic_stream_socket<net::ip::tcp, Executor>;

// What the calls of one Client share: where they go, and connections that wait for the next one.
struct Client::Core {
  struct Idle {
    ClientSocket socket;
    TimePoint since;
  };

  Core(Executor of_loop, std::vector<Place> given, ClientLimits given_limits)
      : executor(of_loop), places(std::move(given)), limits(given_limits), idle(places.size()) {}

  // One that the other side has not closed, as far as can be seen.
  std::optional<ClientSocket> take_idle(std::size_t place);
  void keep(std::size_t place, ClientSocket socket);

  Executor executor;
  const std::vector<Place> places;
  const ClientLimits limits;
  std::size_t next_place = 0;
  std::size_t next_address = 0;
  std::vector<std::vector<Idle>> idle;  // By place, the newest last.
};

class Incoming;

class Call : public std::enable_shared_from_this<Call> {
 public:
  Call(std::weak_ptr<Loop> loop, std::shared_ptr<Client::Core> core, Request request,
       bool in_pieces);

  void start();
  void take(std::string piece, std::function<void(bool)> taken);
  void finish(Client::Heard heard);
  void cut();   // Nobody wants the answer any more.
  void wake();  // Something that the call waits for may have happened.

 private:
  Task<void> run();
  Task<bool> connect();
  Task<bool> connect_to(const Place& place);
  Task<bool> write(std::string bytes);
  Task<bool> is_wanted();
  Task<bool> send_body();
  Task<void> read_answer();
  Task<bool> read_head(AnswerParser& parser, std::string& piece);
  Task<bool> read_more(AnswerParser& parser, std::string& piece);
  Task<void> stream_body(std::shared_ptr<AnswerParser> parser, std::string piece);
  Task<void> event();

  void tell(Result<Response> result);
  Error lost() const;
  void tell_taken(bool more);
  bool is_safe() const;
  bool has_news() const;  // The other side has answered, or closed.
  void keep_connection(const AnswerParser& parser);
  void limit(std::chrono::milliseconds time);  // Cuts the connection then; see unlimited().
  void unlimited();

  std::weak_ptr<Loop> loop_;
  std::shared_ptr<Client::Core> core_;
  Request request_;
  const bool in_pieces_;
  bool chunked_ = false;
  std::size_t place_ = 0;
  ClientSocket socket_;
  Timer event_;
  Timer limit_;
  boost::beast::flat_buffer received_;
  bool started_ = false;
  bool woken_ = false;
  bool cut_ = false;
  bool sent_any_ = false;   // Bytes may have reached the other side.
  bool whole_sent_ = true;  // The body went out to its end.
  // The body's pieces.
  std::optional<std::string> piece_;
  std::function<void(bool)> taken_;
  bool stopped_ = false;   // Takes no more of them.
  bool finished_ = false;  // There are no more.
  // An answer that came before the body was asked for.
  std::shared_ptr<AnswerParser> begun_;
  std::string begun_piece_;
  // Who hears, and what, whichever comes first.
  Client::Heard heard_;
  std::optional<Result<Response>> result_;
};

}  // namespace herald::http
