#include "testing/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace herald::testing {
namespace {

constexpr int kSilenceMaxSeconds = 10;

[[noreturn]] void give_up(const std::string& what) { throw std::runtime_error("http: " + what); }

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::size_t number(std::string_view text, int base) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) {
    give_up("not a number: " + std::string(text));
  }
  return value;
}

}  // namespace

std::string HttpAnswer::header(std::string_view name) const {
  std::string joined;
  bool first = true;
  for (const auto& [key, value] : headers) {
    if (!same(key, name)) continue;
    if (!first) joined += ", ";
    joined += value;
    first = false;
  }
  return joined;
}

HttpClient::HttpClient(std::uint16_t port, const std::string& address)
    : host_(address + ":" + std::to_string(port)) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) give_up("no socket");
  const timeval patience{kSilenceMaxSeconds, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_port = htons(port);
  inet_pton(AF_INET, address.c_str(), &server.sin_addr);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0) {
    const std::string why = std::strerror(errno);
    close();
    give_up("cannot connect to " + host_ + ": " + why);
  }
}

HttpClient::~HttpClient() { close(); }

HttpAnswer HttpClient::get(std::string_view target, const HttpHeaders& headers) {
  return request("GET", target, {}, headers);
}

HttpAnswer HttpClient::post(std::string_view target, std::string_view body,
                            const HttpHeaders& headers) {
  return request("POST", target, body, headers);
}

HttpAnswer HttpClient::request(std::string_view method, std::string_view target,
                               std::string_view body, const HttpHeaders& headers) {
  std::string bytes;
  bytes.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
  bytes.append("Host: ").append(host_).append("\r\n");
  for (const auto& [name, value] : headers) {
    bytes.append(name).append(": ").append(value).append("\r\n");
  }
  if (!body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
    bytes.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  bytes.append("\r\n").append(body);
  // A server may answer and close before it has read all of the body.
  try_send(bytes);
  return read_answer(method == "HEAD");
}

void HttpClient::send(std::string_view bytes) {
  if (!try_send(bytes)) give_up("the other end closed while we were sending");
}

bool HttpClient::try_send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && (errno == EPIPE || errno == ECONNRESET)) return false;
    if (size < 0) give_up(std::string("send: ") + std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

HttpAnswer HttpClient::read_head() {
  HttpAnswer answer;
  const auto line = read_line();
  if (!line.starts_with("HTTP/1.1 ") || line.size() < 12) give_up("not an answer: " + line);
  answer.status = static_cast<int>(number(std::string_view(line).substr(9, 3), 10));
  for (auto field = read_line(); !field.empty(); field = read_line()) {
    const auto colon = field.find(": ");
    if (colon == std::string::npos) give_up("not a header: " + field);
    answer.headers.emplace_back(field.substr(0, colon), field.substr(colon + 2));
  }
  answer.chunked = same(answer.header("Transfer-Encoding"), "chunked");
  return answer;
}

HttpAnswer HttpClient::read_answer(bool to_head) {
  auto answer = read_head();
  const auto length = answer.header("Content-Length");
  const bool none = to_head || answer.status < 200 || answer.status == 204 || answer.status == 304;
  if (none) return answer;
  if (answer.chunked) {
    for (auto chunk = read_chunk(); !chunk.empty(); chunk = read_chunk()) answer.body += chunk;
  } else if (!length.empty()) {
    answer.body = read_bytes(number(length, 10));
  } else {
    answer.body = read_to_end();
  }
  return answer;
}

std::string HttpClient::read_chunk() {
  const auto size = number(read_line(), 16);
  auto chunk = read_bytes(size);
  if (!read_line().empty()) give_up("a chunk without its end");
  return chunk;
}

std::string HttpClient::read_bytes(std::size_t count) {
  while (received_.size() < count) {
    if (!fill()) give_up("the other end closed in the middle");
  }
  auto bytes = received_.substr(0, count);
  received_.erase(0, count);
  return bytes;
}

std::string HttpClient::read_to_end() {
  while (fill()) {
  }
  return std::exchange(received_, {});
}

bool HttpClient::closed() { return received_.empty() && !fill(); }

void HttpClient::shut_down_sending() { shutdown(socket_, SHUT_WR); }

void HttpClient::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

std::string HttpClient::read_line() {
  auto end = received_.find("\r\n");
  while (end == std::string::npos) {
    if (!fill()) give_up("the other end closed; received so far: " + received_);
    end = received_.find("\r\n");
  }
  auto line = received_.substr(0, end);
  received_.erase(0, end + 2);
  return line;
}

bool HttpClient::fill() {
  std::array<char, 64 * 1024> piece;
  for (;;) {
    const auto size = recv(socket_, piece.data(), piece.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == ECONNRESET) return false;
    if (size < 0) give_up(std::string("receive: ") + std::strerror(errno));
    received_.append(piece.data(), static_cast<std::size_t>(size));
    return size > 0;
  }
}

}  // namespace herald::testing
