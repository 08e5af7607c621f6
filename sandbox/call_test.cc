// Requests taken apart, however the client sent its parameters.
#include "sandbox/call.h"

#include <gtest/gtest.h>

#include "sandbox/spool.h"

namespace herald::sandbox {

namespace {

Call call_with(const std::string& type, const std::string& body, const std::string& query = {}) {
  http::Request request;
  request.method = "POST";
  request.path = "/graph.facebook.com/v26.0/me";
  request.query = query;
  request.headers.add("Content-Type", type);
  return read_call(request, std::make_shared<const Bytes>(body), {"graph.facebook.com"});
}

}  // namespace

TEST(Call, AFormIsDecodedAndTheBodyWinsOverTheQuery) {
  const auto call =
      call_with("application/x-www-form-urlencoded", "a=1+2%263&b=&c", "a=no&d=%C3%A9");
  EXPECT_EQ(call.host, "graph.facebook.com");
  EXPECT_EQ(call.path, "/v26.0/me");
  EXPECT_EQ(call.get("a"), "1 2&3");
  EXPECT_EQ(call.get("d"), "é");
  ASSERT_NE(call.find("c"), nullptr);
  EXPECT_EQ(call.find("e"), nullptr);
}

TEST(Call, AJsonObjectGivesItsMembers) {
  const auto call =
      call_with("application/json; charset=utf-8", R"({"a":"x","b":true,"c":[1,2],"d":12})");
  EXPECT_EQ(call.get("a"), "x");
  EXPECT_EQ(call.get("b"), "true");
  EXPECT_EQ(call.get("c"), "[1,2]");
  EXPECT_EQ(call.get("d"), "12");
}

TEST(Call, MultipartPartsStayInPlace) {
  const std::string file(2 << 20, 'f');
  const auto call =
      call_with("multipart/form-data; boundary=\"b-1\"",
                "--b-1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b-1\r\n"
                "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--b-1\r\n"
                "Content-Disposition: form-data; name=\"file\"; filename=\"f \\\"x\\\".mp4\"\r\n"
                "Content-Type: video/mp4\r\n\r\n" +
                    file + "\r\n--b-1--\r\n");
  ASSERT_EQ(call.fields.size(), 3U);
  EXPECT_EQ(call.get("a"), "1");
  EXPECT_EQ(call.fields[1].size, 0U);
  EXPECT_EQ(call.fields[2].filename, "f \"x\".mp4");
  EXPECT_EQ(call.fields[2].content_type, "video/mp4");
  EXPECT_EQ(call.part(call.fields[2]), file);
}

TEST(Call, BrokenMultipartGivesNothing) {
  EXPECT_TRUE(parse_multipart("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
                              "multipart/form-data; boundary=b")
                  .empty());
  EXPECT_TRUE(parse_multipart("--b\r\n\r\nx\r\n--b--", "multipart/form-data").empty());
  EXPECT_TRUE(parse_multipart("", "multipart/form-data; boundary=b").empty());
}

TEST(Call, RelatedPartsHaveTypesInsteadOfNames) {
  const auto parts = parse_multipart(
      "preamble\r\n--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\n"
      "Content-Type: video/mp4\r\n\r\nbytes\r\n--b--",
      "multipart/related; boundary=b");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].value, "{}");
  EXPECT_EQ(parts[1].content_type, "video/mp4");
}

TEST(Spool, ALargeBodyIsTheSameBytes) {
  Spool spool({});
  std::string whole;
  for (int i = 0; i < 40; ++i) {
    const std::string piece(64 * 1024, static_cast<char>('a' + i % 26));
    whole += piece;
    ASSERT_TRUE(spool.write(piece));
  }
  EXPECT_EQ(spool.take()->view(), whole);
}

}  // namespace herald::sandbox
