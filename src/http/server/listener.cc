#include "http/server/listener.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "http/server/session.h"

namespace herald::http {
namespace {

using net::ip::tcp;

std::string numeric_address(const tcp::endpoint& endpoint) {
  const auto address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

}  // namespace

Listener::Listener(std::shared_ptr<Loop> loop, Service& service)
    : loop_(loop), service_(service), acceptor_(loop->io.get_executor()) {}

Result<std::uint16_t> Listener::open(const std::string& address, std::uint16_t port) {
  boost::system::error_code ec;
  const auto place = address + ":" + std::to_string(port);
  const auto ip = net::ip::make_address(address == "localhost" ? "127.0.0.1" : address, ec);
  if (ec) return fail(ErrorKind::invalid, "Cannot listen on " + place + ": not an IP address.");
  const tcp::endpoint endpoint(ip, port);
  acceptor_.open(endpoint.protocol(), ec);
  if (!ec) acceptor_.set_option(Acceptor::reuse_address(true), ec);
  if (!ec) acceptor_.bind(endpoint, ec);
  if (!ec) acceptor_.listen(SOMAXCONN, ec);
  if (!ec) acceptor_.non_blocking(true, ec);
  if (ec) {
    return fail(ErrorKind::unavailable, "Cannot listen on " + place + ": " + ec.message() + ".");
  }
  return acceptor_.local_endpoint().port();
}

void Listener::start() { accept_all(); }

void Listener::resume() {
  if (!paused_) return;
  paused_ = false;
  accept_all();
}

void Listener::close() {
  boost::system::error_code ec;
  acceptor_.close(ec);
  paused_ = false;
}

void Listener::wait() {
  acceptor_.async_wait(Acceptor::wait_read,
                       [self = shared_from_this()](boost::system::error_code ec) {
                         if (!ec) self->accept_all();
                       });
}

void Listener::accept_all() {
  const auto loop = loop_.lock();
  while (loop && acceptor_.is_open()) {
    if (loop->sessions.size() >= loop->limits.connections_max) {
      paused_ = true;  // Until a session leaves; the others wait in the kernel's queue.
      return;
    }
    tcp::endpoint peer;
    auto size = static_cast<socklen_t>(peer.capacity());
    const int socket =
        accept4(acceptor_.native_handle(), peer.data(), &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket >= 0) {
      peer.resize(size);
      std::make_shared<Session>(loop, service_, socket, numeric_address(peer))->start();
      continue;
    }
    if (errno == EINTR || errno == ECONNABORTED) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return wait();
    paused_ = true;  // EMFILE, ENFILE, ENOBUFS: asking again at once would spin.
    return;
  }
}

}  // namespace herald::http
