#include "tests/program/mongo_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include "store/mongo/bson.h"
#include "store/mongo/values.h"
#include "tests/program/processes.h"

namespace herald::program {
namespace {

using mongo::document;

// MongoDB's wire protocol: a header of four little-endian numbers (length, number, the number that
// is answered, what it is); then, of an OP_MSG, flags, a section's kind and the command.
constexpr std::size_t kHeader = 16;
constexpr std::int32_t kOpMsg = 2013;
constexpr std::size_t kCommand = kHeader + 5;  // Where it begins.
constexpr std::size_t kName = kCommand + 5;    // Its first field's name: length and type before.

std::int32_t number_at(std::string_view message, std::size_t at) {
  std::int32_t number = 0;
  std::memcpy(&number, message.data() + at, sizeof number);
  return number;
}

void add(std::string& message, std::int32_t number) {
  message.append(reinterpret_cast<const char*>(&number), sizeof number);
}

bool read_into(int socket, std::string& bytes, std::size_t count) {
  const std::size_t before = bytes.size();
  bytes.resize(before + count);
  for (std::size_t at = before; at < bytes.size();) {
    const auto got = ::recv(socket, bytes.data() + at, bytes.size() - at, 0);
    if (got <= 0) return false;
    at += static_cast<std::size_t>(got);
  }
  return true;
}

// False: the other end is gone.
bool read_message(int socket, std::string& message) {
  message.clear();
  if (!read_into(socket, message, kHeader)) return false;
  const auto length = static_cast<std::size_t>(number_at(message, 0));
  return length > kHeader && read_into(socket, message, length - kHeader);
}

bool write_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// "find", "commitTransaction"; of the first message of a connection, which is older, "hello".
std::string command_in(const std::string& message) {
  if (number_at(message, 12) != kOpMsg || message.size() <= kName) return "hello";
  return message.c_str() + kName;
}

bool is_greeting(const std::string& command) {
  return command == "hello" || command == "isMaster" || command == "ismaster";
}

// What changes the database by itself; within a transaction only its commit does.
bool is_write(const std::string& command, const std::string& message) {
  static const std::set<std::string> kWrites{"insert", "update", "delete", "findAndModify"};
  return command == "commitTransaction" ||
         (kWrites.contains(command) && !message.contains("autocommit"));
}

// As mongod 6 answers who is a secondary now; the label is for what may be tried again elsewhere.
std::string not_primary(const std::string& to) {
  const mongo::Bson answer =
      document("ok", 0, "errmsg", "not primary", "code", 10107, "codeName", "NotWritablePrimary",
               "errorLabels", std::vector<std::string>{"RetryableWriteError"});
  const std::string_view bytes = answer.bytes();
  std::string message;
  add(message, static_cast<std::int32_t>(kCommand + bytes.size()));
  add(message, 1);
  add(message, number_at(to, 4));
  add(message, kOpMsg);
  add(message, 0);
  message += '\0';
  return message.append(bytes);
}

int connected(const std::string& address, std::uint16_t port) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(made, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) return made;
  ::close(made);
  return -1;
}

void send_at_once(int socket) {
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

}  // namespace

MongoProxy::MongoProxy(const std::string& uri) : port_(static_cast<std::uint16_t>(free_port())) {
  const auto place = uri.find('@') == uri.npos ? uri.find("//") + 2 : uri.find('@') + 1;
  const auto end = uri.find_first_of(",/?", place);
  const std::string host = uri.substr(place, end - place);
  const auto colon = host.find(':');
  server_address_ = host.substr(0, colon) == "localhost" ? "127.0.0.1" : host.substr(0, colon);
  server_port_ =
      static_cast<std::uint16_t>(colon == host.npos ? 27'017 : std::stoi(host.substr(colon + 1)));
  const auto path = uri.find('/', end);
  const auto question = uri.find('?', end);
  if (path == uri.npos) throw std::runtime_error("no database in the URI");
  uri_ = uri.substr(0, place) + "127.0.0.1:" + std::to_string(port_) +
         uri.substr(path, question - path) + "?directConnection=true";
  listen();
}

MongoProxy::~MongoProxy() {
  {
    const std::scoped_lock lock(mutex_);
    over_ = true;
    fault_ = Fault::none;
    hang_up();
  }
  changed_.notify_all();
  std::vector<std::thread> threads;
  {
    const std::scoped_lock lock(mutex_);
    threads.swap(threads_);
  }
  for (auto& thread : threads) thread.join();
}

void MongoProxy::be(Fault fault) {
  {
    const std::scoped_lock lock(mutex_);
    const bool was_gone = fault_ == Fault::gone;
    fault_ = fault;
    met_ = 0;
    if (fault == Fault::gone) hang_up();
    if (was_gone && fault != Fault::gone) listen();
  }
  changed_.notify_all();
}

void MongoProxy::listen() {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port_);
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
      ::listen(listener_, 64) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  threads_.emplace_back([this, listener = listener_] { accept_all(listener); });
}

// Ends the listening and all connections; their threads close what is theirs.
void MongoProxy::hang_up() {
  if (listener_ >= 0) ::shutdown(listener_, SHUT_RDWR);
  listener_ = -1;
  for (const int one : open_) ::shutdown(one, SHUT_RDWR);
}

void MongoProxy::accept_all(int listener) {
  for (int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC); client >= 0;
       client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)) {
    const std::scoped_lock lock(mutex_);
    if (listener_ != listener) {
      ::close(client);
      break;
    }
    open_.insert(client);
    threads_.emplace_back([this, client] { carry(client); });
  }
  ::close(listener);
}

void MongoProxy::carry(int client) {
  const int server = connected(server_address_, server_port_);
  if (server >= 0) {
    send_at_once(client);
    send_at_once(server);
    std::string message;
    while (read_message(client, message) && carry_one(client, server, message)) {
    }
    ::close(server);
  }
  const std::scoped_lock lock(mutex_);
  open_.erase(client);
  ::close(client);
}

// False: this connection has ended.
bool MongoProxy::carry_one(int client, int server, const std::string& message) {
  Fault fault = Fault::none;
  {
    std::unique_lock lock(mutex_);
    if (fault_ != Fault::none) ++met_;
    changed_.wait(lock, [this] { return fault_ != Fault::stopped; });
    if (over_) return false;
    fault = fault_;
    if (fault == Fault::slow) {
      changed_.wait_for(lock, std::chrono::milliseconds(kSlowMs),
                        [this] { return fault_ != Fault::slow; });
    }
  }
  const std::string command = command_in(message);
  if (fault == Fault::not_primary && !is_greeting(command)) {
    return write_all(client, not_primary(message));
  }
  std::string answer;
  if (!write_all(server, message) || !read_message(server, answer)) return false;
  if (fault == Fault::cut && is_write(command, message)) return false;
  return write_all(client, answer);
}

}  // namespace herald::program
