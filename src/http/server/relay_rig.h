// Two servers, one before the other, and a port on which a test speaks itself. For tests.
#pragma once

#include <netinet/in.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/client.h"
#include "http/server/problem.h"
#include "http/server/server_rig.h"

namespace herald::http {

// Passes every request on to a port of this machine.
class Relay final : public Service {
 public:
  explicit Relay(ClientLimits limits = {}) : limits_(limits) {}
  void open(Server& server, std::vector<Place> places) {
    client_ = std::make_unique<Client>(server, std::move(places), limits_);
  }
  Admission admit(Request& head) override {
    head.id = "id";
    const bool body =
        head.headers.count("Content-Length") + head.headers.count("Transfer-Encoding");
    if (!body) return {};
    return {{}, UINT64_MAX, client_->begin(head)};
  }
  void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) override {
    auto heard = [reply](Result<Response> answer) {
      reply(answer ? std::move(*answer) : problem(answer.error(), "id"));
    };
    if (sink) return static_cast<Client::Upload&>(*sink).finish(std::move(heard));
    client_->send(std::move(request), std::move(heard));
  }

 private:
  const ClientLimits limits_;
  std::unique_ptr<Client> client_;
};

// A server, and one before it.
class RelayRig {
 public:
  explicit RelayRig(ClientLimits limits = {}) : relay(limits) {
    port = front.listen("127.0.0.1", 0, relay).value();
    lead_to({{"127.0.0.1", behind.port}});
    front.start();
  }
  void lead_to(std::vector<Place> places) { relay.open(front, std::move(places)); }
  HttpClient connect() const { return HttpClient(port); }

  ServerRig behind;
  Relay relay;
  std::uint16_t port = 0;
  Server front{2, {}};
};

// A port that takes connections and does what the test says.
class RawDoor {
 public:
  RawDoor() {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(socket_, 8);
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
  }
  ~RawDoor() { ::close(socket_); }
  RawDoor(const RawDoor&) = delete;
  RawDoor& operator=(const RawDoor&) = delete;

  int take() const { return ::accept(socket_, nullptr, nullptr); }
  // Reads until the text has come.
  static void hear(int connection, std::string_view until) {
    std::string heard;
    char byte = 0;
    while (!heard.contains(until) && ::recv(connection, &byte, 1, 0) == 1) heard += byte;
  }
  static void say(int connection, std::string_view bytes) {
    (void)::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  // Whether somebody waits to be taken.
  bool has_another() const {
    timeval now{};
    fd_set set;
    FD_ZERO(&set);
    FD_SET(socket_, &set);
    return ::select(socket_ + 1, &set, nullptr, nullptr, &now) > 0;
  }

  std::uint16_t port = 0;

 private:
  int socket_ = -1;
};

}  // namespace herald::http
