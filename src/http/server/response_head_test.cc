#include "http/server/response_head.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

const HeadFacts kFacts{"Sun, 06 Nov 1994 08:49:37 GMT", true, 5, false};

TEST(ResponseHead, AServiceMayGoByAClockOfItsOwn) {
  Response response;
  response.headers.add("Date", "Sun, 22 Nov 2026 10:00:00 GMT");
  EXPECT_TRUE(response_head(response, kFacts)
                  .starts_with("HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT\r\n"
                               "Content-Length: 5"));
  response.headers.set("Date", "Sun\r\nX: 1");
  EXPECT_TRUE(response_head(response, kFacts)
                  .starts_with("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
}

TEST(ResponseHead, HasStatusDateHeadersAndLength) {
  Response response;
  response.headers.add("A", "1");
  EXPECT_EQ(response_head(response, kFacts),
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nA: 1\r\n"
            "Content-Length: 5\r\n\r\n");
  EXPECT_TRUE(response_head(response, {"d", false, {}, true})
                  .ends_with("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
}

TEST(ResponseHead, NoLengthWhereNoBodyIs) {
  Response response;
  for (const int status : {204, 304}) {
    response.status = status;
    EXPECT_EQ(response_head(response, kFacts).find("Content-Length"), std::string::npos);
  }
}

TEST(ResponseHead, H07_AnythingThatCouldEndALineMakesItUnsound) {
  for (const char c : {'\r', '\n', '\0', '\x1b', '\x7f'}) {
    Response value;
    value.headers.add("A", std::string("b") + c);
    EXPECT_EQ(response_head(value, kFacts), "");
    Response name;
    name.headers.add(std::string("A") + c, "b");
    EXPECT_EQ(response_head(name, kFacts), "");
  }
  Response space;
  space.headers.add("A B", "c");
  EXPECT_EQ(response_head(space, kFacts), "");
  Response empty;
  empty.headers.add("", "c");
  EXPECT_EQ(response_head(empty, kFacts), "");
}

TEST(ResponseHead, AStatusThatIsNoFinalOneIsUnsound) {
  Response response;
  for (const int status : {-1, 0, 99, 100, 101, 199, 600, 1000}) {
    response.status = status;
    EXPECT_EQ(response_head(response, kFacts), "") << status;
  }
  response.status = 299;
  EXPECT_TRUE(response_head(response, kFacts).starts_with("HTTP/1.1 299 Unknown\r\n"));
}

}  // namespace
}  // namespace herald::http
