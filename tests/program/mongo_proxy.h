// Stands between the program and a MongoDB, and makes of it one that is stopped, gone, slow, not
// the primary, or cut off after a write. It reads the wire protocol so far as that needs: every
// message is a length and a command, and gets one answer.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace herald::program {

class MongoProxy {
 public:
  enum class Fault {
    none,
    stopped,      // Takes connections and messages, and sees to them when the fault is over.
    gone,         // Connections are refused.
    slow,         // Every message takes kSlowMs on the way.
    not_primary,  // Answers as a server does that has stepped down.
    cut,          // Writes are carried out, and the connection ends before their answer.
  };
  static constexpr int kSlowMs = 200;

  // In front of the first host of this URI.
  explicit MongoProxy(const std::string& uri);
  ~MongoProxy();
  MongoProxy(const MongoProxy&) = delete;
  MongoProxy& operator=(const MongoProxy&) = delete;

  // The URI with this proxy in place of the server. The driver is to ask for no further hosts.
  const std::string& uri() const { return uri_; }
  void be(Fault fault);
  // How many messages the fault has met since be().
  int met() const { return met_; }

 private:
  void listen();
  void hang_up();
  void accept_all(int listener);
  void carry(int client);
  bool carry_one(int client, int server, const std::string& message);

  std::uint16_t server_port_ = 0;
  std::uint16_t port_ = 0;
  std::string server_address_;
  std::string uri_;

  std::mutex mutex_;
  std::condition_variable changed_;
  Fault fault_ = Fault::none;
  std::atomic<int> met_ = 0;
  bool over_ = false;
  int listener_ = -1;
  std::set<int> open_;
  std::vector<std::thread> threads_;  // Joined at the end.
};

}  // namespace herald::program
