#include "http/server/head_scan.h"

#include <gtest/gtest.h>

#include <string>

namespace herald::http {
namespace {

int status_of(std::string_view bytes) {
  HeadScan scan({1000, 100});
  const auto size = scan.look(bytes);
  return size ? static_cast<int>(*size) : -size.error().status;
}

TEST(HeadScan, TellsWhereAHeadEnds) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 18);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nA:b\r\n\r\nnext"), 23);
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\nA: \xc3\xa4\tb\r\n\r\n"), 27);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nA:b\r\n"), 0);
  EXPECT_EQ(status_of(""), 0);
}

// The parser behind it would refuse some of these too; the gate must not count on that.
TEST(HeadScan, H02_RefusesWithoutTheParserBehindIt) {
  for (const std::string line :
       {"GET / HTTP/1.2", "GET / HTTP/2.0", "GET / HTTP/1.1 ", "GET /", "GET  / HTTP/1.1",
        "GET /\xc3\xa4 HTTP/1.1", "G(T / HTTP/1.1", " / HTTP/1.1", "GET HTTP/1.1"}) {
    EXPECT_EQ(status_of(line + "\r\n"), -400) << line;
  }
  for (const std::string field :
       {" A: b", "\tA: b", "A : b", "A B: c", ": b", "A", "A(: b", "\xc3\xa4: b"}) {
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\n" + field + "\r\n"), -400) << field;
  }
  for (const std::string bytes : {"\n", "\r\n", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r\r", "G\rE",
                                  "GET / HTTP/1.1\r\n\n", "GET / HTTP/1.1\r\nA: \x01", "\x7f"}) {
    EXPECT_EQ(status_of(bytes), -400) << bytes;
  }
  EXPECT_EQ(status_of(std::string("GET / HTTP/1.1\r\nA: b\0", 21)), -400);
}

// Plain bytes are passed over by blocks: a bad one must be seen wherever it stands, also when the
// head arrives in two parts, and neither limit may be passed over.
TEST(HeadScan, H02_SeesABadByteAtEveryPlaceOfALine) {
  const std::string before = "GET / HTTP/1.1\r\nName: ";
  for (std::size_t place = 0; place < 70; ++place) {
    for (const char bad : {'\0', '\x1f', '\x7f', '\n', '\r'}) {
      std::string value(70, 'v');
      value[place] = bad;
      const std::string bytes = before + value + "\r\n\r\n";
      EXPECT_EQ(status_of(bytes), -400) << place << " " << static_cast<int>(bad);
      HeadScan scan({1000, 100});
      const auto first = scan.look(std::string_view(bytes).substr(0, before.size() + place));
      EXPECT_EQ(first.value_or(1), 0u);
      EXPECT_FALSE(scan.look(bytes).has_value()) << place << " " << static_cast<int>(bad);
    }
  }
}

TEST(HeadScan, TakesAHeadInAnyTwoParts) {
  const std::string bytes = "GET / HTTP/1.1\r\nName: " + std::string(50, 'v') + "\tw\r\n\r\nnext";
  for (std::size_t cut = 0; cut < bytes.size() - 4; ++cut) {
    HeadScan scan({1000, 100});
    EXPECT_EQ(scan.look(std::string_view(bytes).substr(0, cut)).value_or(1), 0u) << cut;
    EXPECT_EQ(scan.look(bytes).value_or(0), bytes.size() - 4) << cut;
  }
}

TEST(HeadScan, LooksAtALimitBeforeTheEndArrives) {
  EXPECT_EQ(status_of("GET /" + std::string(99, 'a') + " HTTP/1.1\r\n\r\n"), 117);
  EXPECT_EQ(status_of("GET /" + std::string(100, 'a') + " HTTP/1.1\r\n"), -414);
  EXPECT_EQ(status_of(std::string(1001, 'a')), -414);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n" + std::string(1001, 'a')), -431);
}

}  // namespace
}  // namespace herald::http
