#include "http/server/request_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

namespace herald::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::http::error;

constexpr Fault kBadHead{400, "malformed_request", "The request head is malformed."};
constexpr Fault kBadBody{400, "malformed_request", "The request body's chunks are malformed."};

}  // namespace

class RequestParser::Parser : public beast::http::basic_parser<true> {
 public:
  explicit Parser(HeadLimits limits) : scan_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.head_bytes_max));
    body_limit(boost::none);  // The session counts: the limit is known only after the head.
  }

  HeadScan scan_;
  Request request_;
  Framing framing_;
  std::string* piece_ = nullptr;
  int minor_ = 1;

 private:
  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                       int version, error_code& ec) override {
    request_.method.assign(method.data(), method.size());
    request_.target.assign(target.data(), target.size());
    minor_ = version - 10;
    ec = {};
  }

  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                     error_code& ec) override {
    ec = {};
    if (piece_ != nullptr) {
      ec = error::bad_field;  // A trailer: could smuggle in a header that was checked already.
      return;
    }
    request_.headers.add({name.data(), name.size()}, {value.data(), value.size()});
  }

  std::size_t take(beast::string_view body) {
    piece_->append(body.data(), body.size());
    return body.size();
  }

  void on_chunk_header_impl(std::uint64_t, beast::string_view extensions, error_code& ec) override {
    ec = {};
    if (!extensions.empty()) ec = error::bad_chunk_extension;
  }

  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, error_code& ec) override {
    ec = {};
    return take(body);
  }

  std::size_t on_body_impl(beast::string_view body, error_code& ec) override {
    ec = {};
    return take(body);
  }

  void on_header_impl(error_code& ec) override { ec = {}; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& ec) override {
    ec = {};
  }
  void on_finish_impl(error_code& ec) override { ec = {}; }
  void on_response_impl(int, beast::string_view, int, error_code& ec) override { ec = {}; }
};

RequestParser::RequestParser(HeadLimits limits) : parser_(std::make_unique<Parser>(limits)) {}
RequestParser::~RequestParser() = default;

std::expected<std::size_t, Fault> RequestParser::read_head(std::string_view received) {
  const auto size = parser_->scan_.look(received);
  if (!size || *size == 0) return size;
  error_code ec;
  const auto taken = parser_->put(boost::asio::const_buffer(received.data(), *size), ec);
  if (ec || taken != *size) return std::unexpected(kBadHead);
  auto framing = judge(parser_->request_, parser_->minor_);
  if (!framing) return std::unexpected(framing.error());
  parser_->framing_ = *framing;
  parser_->eager(true);
  return size;
}

std::expected<std::size_t, Fault> RequestParser::read_body(std::string_view received,
                                                           std::string& piece) {
  if (done()) return 0;
  parser_->piece_ = &piece;
  error_code ec;
  const auto taken = parser_->put(boost::asio::const_buffer(received.data(), received.size()), ec);
  if (ec && ec != error::need_more) return std::unexpected(kBadBody);
  return taken;
}

bool RequestParser::done() const { return parser_->is_done(); }
Request& RequestParser::request() { return parser_->request_; }
const Framing& RequestParser::framing() const { return parser_->framing_; }

}  // namespace herald::http
