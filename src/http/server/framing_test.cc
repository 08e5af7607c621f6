#include "http/server/framing.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

struct Fields {
  const char* what;
  std::vector<Header> headers;
};

std::expected<Framing, Fault> framing_of(std::vector<Header> headers, int minor = 1) {
  Request request;
  request.method = "POST";
  request.target = "/a%20b?c";
  request.headers.add("Host", "h");
  for (auto& header : headers) request.headers.add(header.name, header.value);
  return judge(request, minor);
}

// The parser before it would refuse some of these too; the rules must not count on that.
TEST(FramingRules, H01_RefuseWithoutTheParserBeforeThem) {
  const std::vector<Fields> refused = {
      {"both", {{"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}}},
      {"length twice", {{"Content-Length", "1"}, {"content-length", "1"}}},
      {"coding twice", {{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}},
      {"coding list", {{"Transfer-Encoding", "gzip, chunked"}}},
      {"sign", {{"Content-Length", "+1"}}},
      {"empty", {{"Content-Length", ""}}},
      {"2^64", {{"Content-Length", "18446744073709551616"}}},
  };
  for (const auto& [what, headers] : refused) {
    const auto framing = framing_of(headers);
    ASSERT_FALSE(framing) << what;
    EXPECT_EQ(framing.error().status, 400);
  }
  EXPECT_FALSE(framing_of({{"Transfer-Encoding", "chunked"}}, 0));
}

TEST(FramingRules, SayHowTheBodyComes) {
  EXPECT_FALSE(framing_of({})->has_body());
  EXPECT_FALSE(framing_of({{"Content-Length", "0"}})->has_body());
  EXPECT_EQ(framing_of({{"Content-Length", "007"}})->length_bytes, 7u);
  EXPECT_TRUE(framing_of({{"Transfer-Encoding", "CHUNKED"}})->chunked);
  EXPECT_TRUE(framing_of({{"Expect", "100-Continue"}})->expects_continue);
  EXPECT_EQ(framing_of({{"Expect", "100-continue, x"}}).error().status, 417);
}

TEST(FramingRules, SayWhetherTheConnectionMayGoOn) {
  EXPECT_TRUE(framing_of({})->keep_alive);
  EXPECT_TRUE(framing_of({{"Connection", "closed"}})->keep_alive);
  EXPECT_FALSE(framing_of({{"Connection", "close"}})->keep_alive);
  EXPECT_FALSE(framing_of({{"Connection", "te"}, {"connection", "x ,CLOSE"}})->keep_alive);
  EXPECT_FALSE(framing_of({}, 0)->keep_alive);
  EXPECT_FALSE(framing_of({}, 0)->can_chunk);
}

}  // namespace
}  // namespace herald::http
