// Accepts connections on one address. Lives on the loop thread, except open().
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "domain/result.h"
#include "http/server/loop.h"

namespace herald::http {

class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(std::shared_ptr<Loop> loop, Service& service);

  // Any thread, before start(). Returns the port.
  Result<std::uint16_t> open(const std::string& address, std::uint16_t port);
  void start();
  // Goes on after a pause: no room for more connections, or no file descriptor left.
  void resume();
  void close();

 private:
  using Acceptor = net::basic_socket_acceptor<net::ip::tcp, Executor>;
  void wait();
  void accept_all();

  std::weak_ptr<Loop> loop_;
  Service& service_;
  Acceptor acceptor_;
  bool paused_ = false;
};

}  // namespace herald::http
