// A server that breaks the rules by script: raw bytes on POSIX sockets of 127.0.0.1, each
// connection on a thread of its own. It remembers every byte that it read, so that a test can say
// what left a client and how often. For tests.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace herald::testing {

class FaultServer {
 public:
  // One accepted connection, for its script. Reads and writes block; nothing is repaired. The
  // script's end closes it.
  class Connection {
   public:
    std::size_t number() const { return number_; }  // 0 is the first that was accepted.

    // One request's head, and a body as long as its Content-Length says. The head with its empty
    // line; "" if the client closed before it was whole.
    std::string read_request();
    std::string read_head();
    // Reads and counts at most so many bytes; fewer if the client closed.
    std::uint64_t read_bytes(std::uint64_t count);
    // Reads until the client closes.
    void read_to_end();
    // False: the client does not listen any more.
    bool send(std::string_view bytes);
    void reset();  // Closes with a RST instead of a FIN.

   private:
    friend class FaultServer;
    Connection(FaultServer& server, std::size_t number, int socket)
        : server_(server), number_(number), socket_(socket) {}
    std::size_t receive(char* room, std::size_t size);

    FaultServer& server_;
    std::size_t number_;
    int socket_;
    std::string unread_;  // Received and not yet handed out.
  };
  using Script = std::function<void(Connection&)>;

  explicit FaultServer(Script script);
  ~FaultServer();  // Cuts what is still open.
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  // These wait until so many connections have come and their scripts are over. Throws
  // std::runtime_error after ten seconds.
  void wait_ended(std::size_t connections);

  std::size_t accepted() const;
  // What a connection received: the first MiB, and how much it was in all.
  std::string received(std::size_t connection) const;
  std::uint64_t received_bytes(std::size_t connection) const;
  // In everything that was received.
  std::size_t count(std::string_view text) const;

 private:
  struct Seen {
    std::string bytes;
    std::uint64_t size = 0;
    bool ended = false;
    int socket = -1;
  };
  void accept_all();
  void serve(std::size_t number, int socket);
  void note(std::size_t number, std::string_view bytes);

  Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;  // Guards all below.
  std::condition_variable changed_;
  std::vector<Seen> seen_;
  std::vector<std::thread> threads_;
  bool stopped_ = false;
  std::thread accepting_;
};

// The head of an answer and its body, with the length that the body has.
std::string http_answer(int status, std::string_view body, std::string_view headers = {});

}  // namespace herald::testing
