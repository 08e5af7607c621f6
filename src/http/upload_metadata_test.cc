#include "http/upload_metadata.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

std::string filename_of(std::string_view name) {
  const auto read = read_upload_metadata("filename " + to_base64(name));
  return read ? read->filename : "refused: " + read.error().code;
}

TEST(UploadMetadata, TakesTheNameAndTheTypeAndLeavesTheRest) {
  const auto read =
      read_upload_metadata("filename Y2F0LmpwZw==,is_public,filetype aW1hZ2UvanBlZw==");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->filename, "cat.jpg");
  EXPECT_EQ(read->filetype, "image/jpeg");
  EXPECT_EQ(upload_metadata_header(*read), "filename Y2F0LmpwZw==,filetype aW1hZ2UvanBlZw==");
  EXPECT_EQ(read_upload_metadata("")->filename, "");
  EXPECT_EQ(upload_metadata_header({}), "");
}

TEST(UploadMetadata, M04_ANameIsOnlyANameWhateverFoldersItClaims) {
  EXPECT_EQ(filename_of("../../etc/passwd"), "passwd");
  EXPECT_EQ(filename_of("C:\\pictures\\cat.jpg"), "cat.jpg");
  EXPECT_EQ(filename_of(std::string(300, 'a')), std::string(255, 'a'));
  EXPECT_EQ(filename_of(std::string(254, 'a') + "\u00fc.jpg"), std::string(254, 'a'));
  EXPECT_EQ(filename_of(std::string(4096, 'a')), "refused: malformed_upload_metadata");
}

TEST(UploadMetadata, H07_AControlCharacterOrBrokenUtf8InAValueIsRefused) {
  using namespace std::string_view_literals;
  for (const auto name : {"a\r\nSet-Cookie: x"sv, "a\nb"sv, "a\0b"sv, "\x7f"sv, "\xff\xfe"sv}) {
    EXPECT_EQ(filename_of(name), "refused: malformed_upload_metadata");
  }
}

TEST(UploadMetadata, WhatTusDoesNotAllowIsRefused) {
  for (const char* header :
       {"filename Y2F0,filename Y2F0", ",", "filename Y2F0,", " Y2F0,", "filename Y2F",
        "filename Y2F0=", "filename Y2E", "filename Y-F0", "filename Y2F0 Y2F0", "filename Zh=="}) {
    const auto read = read_upload_metadata(header);
    EXPECT_FALSE(read) << header;
  }
}

TEST(UploadMetadata, Base64IsStandardPaddedAndCanonical) {
  EXPECT_EQ(to_base64("\xfb\xff"), "+/8=");
  EXPECT_EQ(from_base64("+/8="), "\xfb\xff");
  EXPECT_EQ(from_base64(""), "");
  for (const char* text : {"-_8=", "+/8", "+/9=", "====", "A===", " +/8="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

}  // namespace
}  // namespace herald::http
