#include "http/byte_range.h"

#include <gtest/gtest.h>

#include <string>

namespace herald::http {
namespace {

std::string shown(std::string_view header, std::uint64_t size_bytes) {
  const auto range = read_range(header, size_bytes);
  if (range.kind == RangeAsked::Kind::whole) return "whole";
  if (range.kind == RangeAsked::Kind::outside) return "outside";
  return std::to_string(range.offset) + "+" + std::to_string(range.length);
}

TEST(ByteRange, OneRangeIsCutToTheFile) {
  EXPECT_EQ(shown("bytes=0-0", 10), "0+1");
  EXPECT_EQ(shown("bytes=2-5", 10), "2+4");
  EXPECT_EQ(shown("bytes=2-", 10), "2+8");
  EXPECT_EQ(shown("bytes=9-", 10), "9+1");
  EXPECT_EQ(shown("bytes=5-99", 10), "5+5");
  EXPECT_EQ(shown("bytes=0-18446744073709551616", 10), "0+10");
  EXPECT_EQ(shown("bytes=-3", 10), "7+3");
  EXPECT_EQ(shown("bytes=-99", 10), "0+10");
  EXPECT_EQ(shown("BYTES=1-1", 10), "1+1");
}

TEST(ByteRange, WhatLiesBehindTheEndIsOutside) {
  EXPECT_EQ(shown("bytes=10-", 10), "outside");
  EXPECT_EQ(shown("bytes=10-12", 10), "outside");
  EXPECT_EQ(shown("bytes=99999999999999999999-", 10), "outside");
  EXPECT_EQ(shown("bytes=-0", 10), "outside");
  EXPECT_EQ(shown("bytes=-1", 0), "outside");
  EXPECT_EQ(shown("bytes=0-", 0), "outside");
}

TEST(ByteRange, WhatCannotBeReadIsAsIfItWereNotThere) {
  for (const char* header : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=1",
                             "bytes= 1-2", "bytes=1-2 ", "bytes=+1-2", "bytes=-1-2",
                             "bytes=1-2,4-5", "bytes=,", "lines=1-2", "bytes=1--2", "0-1"}) {
    EXPECT_EQ(shown(header, 10), "whole") << header;
  }
}

}  // namespace
}  // namespace herald::http
