#include "http/server/plain_get.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <functional>

namespace herald::http {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;

constexpr std::chrono::seconds kPatience{2};
constexpr std::uint64_t kAnswerMax = 4 << 20;

// From the connection to the whole answer; what went wrong on the way is in `failed`.
struct Asking {
  explicit Asking(net::io_context& io) : stream(io) { answer.body_limit(kAnswerMax); }

  void begin(const net::ip::tcp::endpoint& there, const std::string& path) {
    question.method(beast::http::verb::get);
    question.target(path);
    question.version(11);
    question.set(beast::http::field::host, "localhost");
    question.set(beast::http::field::connection, "close");
    stream.expires_after(kPatience);
    stream.async_connect(there, [this](beast::error_code error) {
      if (error) return end(error);
      beast::http::async_write(stream, question, [this](beast::error_code lost, std::size_t) {
        if (lost) return end(lost);
        beast::http::async_read(stream, buffer, answer,
                                [this](beast::error_code last, std::size_t) { end(last); });
      });
    });
  }
  void end(beast::error_code error) { failed = error; }

  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  beast::http::request<beast::http::empty_body> question;
  beast::http::response_parser<beast::http::string_body> answer;
  beast::error_code failed;
};

}  // namespace

Result<std::string> plain_get(const std::string& address, std::uint16_t port,
                              const std::string& path) {
  beast::error_code wrong;
  auto host = net::ip::make_address(address, wrong);
  if (wrong) return fail(ErrorKind::unavailable, "This is no address: " + address);
  // Who listens everywhere listens here.
  if (host.is_unspecified()) host = net::ip::make_address("127.0.0.1", wrong);
  net::io_context io;
  Asking asking(io);
  asking.begin({host, port}, path);
  io.run();
  if (asking.failed) {
    return fail(ErrorKind::unavailable, "Nothing answers there.", asking.failed.message());
  }
  auto answer = asking.answer.release();
  if (answer.result() != beast::http::status::ok) {
    return fail(ErrorKind::unavailable, "It answered with something else.",
                std::to_string(answer.result_int()));
  }
  return std::move(answer.body());
}

}  // namespace herald::http
