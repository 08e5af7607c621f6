#include "domain/encoding.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

TEST(Encoding, HexSpellsBytesInLowerCaseAndReadsBoth) {
  EXPECT_EQ(to_hex(std::string("\x00\x7f\xff", 3)), "007fff");
  EXPECT_EQ(from_hex("007FfF"), std::string("\x00\x7f\xff", 3));
  EXPECT_EQ(from_hex(""), "");
}

TEST(Encoding, HexRefusesOddLengthAndForeignCharacters) {
  for (const auto* text : {"0", "0g", " 00", "0x00", "00 "}) EXPECT_FALSE(from_hex(text)) << text;
}

// RFC 4648 section 10, with the URL alphabet and without padding.
TEST(Encoding, Base64urlMatchesTheStandard) {
  const std::pair<std::string, std::string> vectors[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xbf", "-_-_"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64url(bytes), text);
    EXPECT_EQ(from_base64url(text), bytes);
  }
}

TEST(Encoding, T17_Base64urlHasOneSpellingForEachByteString) {
  for (const auto* text : {"Zg==", "Zm8=", "Z", "Zm9vY", "Zm 8", "Zm8\n", "+/+/", "Zm8.", "Zm?8",
                           "Zh", "Zm9", "\xc3\xa9"}) {
    EXPECT_FALSE(from_base64url(text)) << text;
  }
  EXPECT_FALSE(from_base64url(std::string_view("Zm8\0", 4)));
}

TEST(Encoding, EveryByteComesBack) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    bytes += static_cast<char>(i);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
  }
}

}  // namespace
}  // namespace herald
