#include "crypto/byte_layout.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

TEST(ByteLayout, V01_FieldsCannotRunIntoEachOther) {
  EXPECT_NE(field_list({"ab", "c"}), field_list({"a", "bc"}));
  EXPECT_NE(field_list({"abc", ""}), field_list({"", "abc"}));
  EXPECT_NE(field_list({"a"}), field_list({"a", ""}));
}

TEST(ByteLayout, WhatIsWrittenIsReadBack) {
  std::string bytes;
  append_u32(bytes, 0x01020304);
  append_u64(bytes, 0xfffefdfcfbfaf9f8);
  append_field(bytes, "field");
  ByteReader reader(bytes);
  EXPECT_EQ(bytes.substr(0, 4), "\x01\x02\x03\x04");
  EXPECT_EQ(reader.u32(), 0x01020304u);
  EXPECT_EQ(reader.u64(), 0xfffefdfcfbfaf9f8u);
  EXPECT_EQ(reader.field(), "field");
  EXPECT_TRUE(reader.rest().empty());
}

TEST(ByteLayout, NothingIsReadAfterAShortage) {
  const std::string bytes("\x00\x00\x00\x09short", 9);  // Claims nine bytes, has five.
  ByteReader reader(bytes);
  EXPECT_FALSE(reader.field());
  EXPECT_FALSE(reader.take(1));
  EXPECT_FALSE(reader.u8());
}

}  // namespace
}  // namespace herald
