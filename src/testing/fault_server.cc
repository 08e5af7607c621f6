#include "testing/fault_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <stdexcept>

namespace herald::testing {
namespace {

constexpr int kSilenceMaxSeconds = 10;
constexpr std::size_t kRemembered = 1u << 20;

std::uint64_t content_length(std::string head) {
  std::ranges::transform(head, head.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  constexpr std::string_view kName = "\r\ncontent-length: ";
  const auto at = head.find(kName);
  std::uint64_t length = 0;
  if (at != head.npos) {
    std::from_chars(head.data() + at + kName.size(), head.data() + head.size(), length);
  }
  return length;
}

std::size_t occurrences(std::string_view text, std::string_view wanted) {
  std::size_t count = 0;
  for (auto at = text.find(wanted); at != text.npos; at = text.find(wanted, at + 1)) ++count;
  return count;
}

}  // namespace

std::size_t FaultServer::Connection::receive(char* room, std::size_t size) {
  const ssize_t got = ::recv(socket_, room, size, 0);
  if (got <= 0) return 0;
  server_.note(number_, {room, static_cast<std::size_t>(got)});
  return static_cast<std::size_t>(got);
}

std::string FaultServer::Connection::read_head() {
  for (;;) {
    if (const auto end = unread_.find("\r\n\r\n"); end != unread_.npos) {
      std::string head = unread_.substr(0, end + 4);
      unread_.erase(0, end + 4);
      return head;
    }
    std::array<char, 16 * 1024> room;
    const auto got = receive(room.data(), room.size());
    if (got == 0) return {};
    unread_.append(room.data(), got);
  }
}

std::string FaultServer::Connection::read_request() {
  std::string head = read_head();
  const auto length = content_length(head);
  return read_bytes(length) == length ? head : std::string();
}

std::uint64_t FaultServer::Connection::read_bytes(std::uint64_t count) {
  std::uint64_t left = count - std::min<std::uint64_t>(count, unread_.size());
  unread_.erase(0, std::min<std::uint64_t>(count, unread_.size()));
  std::array<char, 64 * 1024> room;
  while (left > 0) {
    const auto got = receive(room.data(), std::min<std::uint64_t>(left, room.size()));
    if (got == 0) break;
    left -= got;
  }
  return count - left;
}

void FaultServer::Connection::read_to_end() {
  std::array<char, 64 * 1024> room;
  while (receive(room.data(), room.size()) > 0) {
  }
}

bool FaultServer::Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void FaultServer::Connection::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

FaultServer::FaultServer(Script script) : script_(std::move(script)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* place = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, place, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, place, &size) != 0) {
    throw std::runtime_error("fault server: cannot listen");
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

FaultServer::~FaultServer() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    for (const auto& seen : seen_) {
      if (seen.socket >= 0) ::shutdown(seen.socket, SHUT_RDWR);
    }
  }
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  ::close(listener_);
  for (auto& thread : threads_) thread.join();
}

void FaultServer::accept_all() {
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const timeval patience{kSilenceMaxSeconds, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const std::lock_guard lock(mutex_);
    if (stopped_) {
      ::close(socket);
      return;
    }
    const std::size_t number = seen_.size();
    seen_.push_back({{}, 0, false, socket});
    threads_.emplace_back([this, number, socket] { serve(number, socket); });
  }
}

void FaultServer::serve(std::size_t number, int socket) {
  Connection connection(*this, number, socket);
  script_(connection);
  const std::lock_guard lock(mutex_);
  ::close(socket);
  seen_[number].socket = -1;
  seen_[number].ended = true;
  changed_.notify_all();
}

void FaultServer::note(std::size_t number, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  Seen& seen = seen_[number];
  seen.size += bytes.size();
  seen.bytes.append(bytes.substr(0, kRemembered - std::min(kRemembered, seen.bytes.size())));
}

void FaultServer::wait_ended(std::size_t connections) {
  std::unique_lock lock(mutex_);
  const auto ended = [&] {
    return seen_.size() >= connections && std::ranges::all_of(seen_, &Seen::ended);
  };
  if (!changed_.wait_for(lock, std::chrono::seconds(kSilenceMaxSeconds), ended)) {
    throw std::runtime_error("fault server: the connections do not come to an end");
  }
}

std::size_t FaultServer::accepted() const {
  const std::lock_guard lock(mutex_);
  return seen_.size();
}

std::string FaultServer::received(std::size_t connection) const {
  const std::lock_guard lock(mutex_);
  return seen_.at(connection).bytes;
}

std::uint64_t FaultServer::received_bytes(std::size_t connection) const {
  const std::lock_guard lock(mutex_);
  return seen_.at(connection).size;
}

std::size_t FaultServer::count(std::string_view text) const {
  const std::lock_guard lock(mutex_);
  std::size_t all = 0;
  for (const auto& seen : seen_) all += occurrences(seen.bytes, text);
  return all;
}

std::string http_answer(int status, std::string_view body, std::string_view headers) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Said\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(headers) +
         "\r\n" + std::string(body);
}

}  // namespace herald::testing
