#include "http/server/answer_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

namespace herald::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;

constexpr std::uint32_t kHeadBytesMax = 64 * 1024;

}  // namespace

class AnswerParser::Parser : public beast::http::basic_parser<false> {
 public:
  explicit Parser(bool to_head) {
    header_limit(kHeadBytesMax);
    body_limit(boost::none);
    skip(to_head);
    eager(true);
  }

  Response answer_;
  std::string* piece_ = nullptr;
  bool has_head_ = false;

 private:
  void on_request_impl(beast::http::verb, beast::string_view, beast::string_view, int,
                       error_code& ec) override {
    ec = {};
  }
  void on_response_impl(int status, beast::string_view, int, error_code& ec) override {
    answer_.status = status;
    ec = {};
  }
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                     error_code& ec) override {
    ec = {};
    if (has_head_) return;  // A trailer.
    answer_.headers.add({name.data(), name.size()}, {value.data(), value.size()});
  }
  void on_header_impl(error_code& ec) override {
    has_head_ = true;
    ec = {};
  }
  std::size_t take(beast::string_view body) {
    piece_->append(body.data(), body.size());
    return body.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, error_code& ec) override {
    ec = {};
    return take(body);
  }
  std::size_t on_body_impl(beast::string_view body, error_code& ec) override {
    ec = {};
    return take(body);
  }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code& ec) override { ec = {}; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& ec) override {
    ec = {};
  }
  void on_finish_impl(error_code& ec) override { ec = {}; }
};

AnswerParser::AnswerParser(bool to_head) : parser_(std::make_unique<Parser>(to_head)) {}
AnswerParser::~AnswerParser() = default;

std::optional<std::size_t> AnswerParser::read(std::string_view received, std::string& piece) {
  if (done()) return 0;
  parser_->piece_ = &piece;
  error_code ec;
  const auto taken = parser_->put(boost::asio::const_buffer(received.data(), received.size()), ec);
  if (ec && ec != beast::http::error::need_more) return std::nullopt;
  return taken;
}

bool AnswerParser::close() {
  error_code ec;
  if (parser_->got_some()) parser_->put_eof(ec);
  return !ec && parser_->is_done();
}

bool AnswerParser::has_head() const { return parser_->has_head_; }
bool AnswerParser::done() const { return parser_->is_done(); }
Response& AnswerParser::answer() { return parser_->answer_; }
bool AnswerParser::keeps_alive() const { return parser_->keep_alive(); }

std::optional<std::uint64_t> AnswerParser::length() const {
  const auto length = parser_->content_length();
  return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

}  // namespace herald::http
