// A plain HTTP/1.1 client on one blocking socket, for tests that must see and send exact bytes.
// Nothing is repaired or followed. Every call fails the test run by throwing std::runtime_error,
// also when the other end is silent for ten seconds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace herald::testing {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpAnswer {
  int status = 0;
  HttpHeaders headers;
  std::string body;  // Without chunk framing.
  bool chunked = false;

  // The value, names compared without case; "" if absent, all joined by ", " if there are several.
  std::string header(std::string_view name) const;
};

class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port, const std::string& address = "127.0.0.1");
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // One request with Host, and with Content-Length if there is a body; then its answer.
  HttpAnswer get(std::string_view target, const HttpHeaders& headers = {});
  HttpAnswer post(std::string_view target, std::string_view body, const HttpHeaders& headers = {});
  HttpAnswer request(std::string_view method, std::string_view target, std::string_view body = {},
                     const HttpHeaders& headers = {});

  void send(std::string_view bytes);
  // Sends what the other end takes and says whether it took all; false: it closed the connection.
  bool try_send(std::string_view bytes);

  HttpAnswer read_answer(bool to_head = false);  // `to_head`: of a HEAD request, so no body.
  HttpAnswer read_head();                        // The body's bytes stay unread.
  // The next chunk of a chunked body, as soon as it is whole; "" is the last one.
  std::string read_chunk();
  std::string read_bytes(std::size_t count);
  std::string read_to_end();  // All bytes until the other end closes.
  // Waits for the end; false if bytes come first.
  bool closed();

  void shut_down_sending();
  void close();
  int socket() const { return socket_; }

 private:
  std::string read_line();
  bool fill();  // One recv; false: the other end closed.

  int socket_ = -1;
  std::string host_;
  std::string received_;
};

}  // namespace herald::testing
