#include "http/server/request_parser.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

constexpr HeadLimits kLimits{4096, 2048};

constexpr std::string_view kHead =
    "POST /a?b=c HTTP/1.1\r\nHost: h\r\nX:  padded \t\r\nTransfer-Encoding: Chunked\r\n\r\n";
constexpr std::string_view kChunks = "5\r\nhello\r\n00A\r\n, chunked!\r\n0\r\n\r\n";

// Feeds bytes in two parts, as a socket might deliver them, and returns the decoded body.
std::string body_when_split(std::string_view bytes, std::size_t split) {
  RequestParser parser(kLimits);
  EXPECT_EQ(*parser.read_head(kHead), kHead.size());
  std::string body;
  std::string received(bytes.substr(0, split));
  for (const auto more : {bytes.substr(split), std::string_view()}) {
    for (std::size_t taken = 1; taken > 0;) {
      taken = parser.read_body(received, body).value();
      received.erase(0, taken);
    }
    received += more;
  }
  EXPECT_TRUE(parser.done()) << split;
  EXPECT_EQ(received, bytes.substr(kChunks.size())) << "a byte of the next request was taken";
  return body;
}

TEST(RequestParser, AHeadIsReadTheSameHoweverItIsSplit) {
  for (std::size_t split = 0; split < kHead.size(); ++split) {
    RequestParser parser(kLimits);
    ASSERT_EQ(*parser.read_head(kHead.substr(0, split)), 0u) << split;
    ASSERT_EQ(*parser.read_head(std::string(kHead) + "next"), kHead.size()) << split;
    EXPECT_EQ(*parser.request().headers.find("x"), "padded");
    EXPECT_EQ(parser.request().path, "/a");
    EXPECT_TRUE(parser.framing().chunked);
  }
}

TEST(RequestParser, ABodyIsDecodedTheSameHoweverItIsSplit) {
  const auto bytes = std::string(kChunks) + "GET / HTTP/1.1\r\n";
  for (std::size_t split = 0; split <= bytes.size(); ++split) {
    EXPECT_EQ(body_when_split(bytes, split), "hello, chunked!") << split;
  }
}

TEST(RequestParser, ABodyWithLengthStopsAtItsEnd) {
  constexpr std::string_view head = "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n";
  RequestParser parser(kLimits);
  ASSERT_EQ(*parser.read_head(head), head.size());
  EXPECT_EQ(parser.framing().length_bytes, 3u);
  EXPECT_FALSE(parser.done());
  std::string body;
  EXPECT_EQ(*parser.read_body("abcdef", body), 3u);
  EXPECT_EQ(body, "abc");
  EXPECT_TRUE(parser.done());
}

TEST(RequestParser, ARequestWithoutBodyIsDoneAfterItsHead) {
  constexpr std::string_view head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  RequestParser parser(kLimits);
  ASSERT_EQ(*parser.read_head(head), head.size());
  EXPECT_TRUE(parser.done());
  EXPECT_FALSE(parser.framing().has_body());
  EXPECT_TRUE(parser.framing().keep_alive);
}

}  // namespace
}  // namespace herald::http
