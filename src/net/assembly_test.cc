#include "net/assembly.h"

#include <gtest/gtest.h>

#include "crypto/digest.h"
#include "domain/encoding.h"

namespace herald {
namespace {

using namespace std::string_view_literals;

const SystemDigest kDigest;
const CustomerId kCustomer{"cus_1"};

std::string link_of(const CustomerId& customer, std::string_view medium) {
  return "https://herald.test/m/" + customer.value + "/" + std::string(medium);
}

Result<WireRequest> assembled(const Call& call) {
  return assemble(call, kCustomer, {}, {}, kDigest, link_of, "BOUNDARY");
}

Call call_to(std::string url) {
  Call call;
  call.method = "POST";
  call.url = std::move(url);
  return call;
}

Call with_body(Body body) {
  Call call = call_to("https://api.test/x");
  call.body = std::move(body);
  return call;
}

std::string header(const WireRequest& wire, std::string_view name) {
  std::string all;
  for (const auto& [key, value] : wire.headers) {
    if (key == name) all += value + "|";
  }
  return all;
}

Reference link_to(std::string medium) { return {Reference::Kind::media_link, std::move(medium)}; }

TEST(Assembly, a_url_goes_as_it_is_and_the_query_is_encoded_behind_it) {
  Call call = call_to("https://Graph.Test/v1/me");
  call.query = {{"a b", "1&2=3#4"}, {"fields", "id,name"}, {"ü", "+\n"}};
  const auto wire = assembled(call);
  ASSERT_TRUE(wire);
  EXPECT_EQ(wire->url,
            "https://Graph.Test/v1/me?a%20b=1%262%3D3%234&fields=id%2Cname&%C3%BC=%2B%0A");
  EXPECT_EQ(wire->host, "graph.test");
  EXPECT_EQ(wire->method, "POST");
}

TEST(Assembly, a_query_is_added_to_one_that_is_there) {
  Call call = call_to("https://upload.test/s?upload_id=x");
  call.query = {{"a", "1"}};
  EXPECT_EQ(assembled(call)->url, "https://upload.test/s?upload_id=x&a=1");
}

TEST(Assembly, only_plain_https_urls_are_called) {
  for (const char* url : {"http://api.test/x",
                          "HTTPS://api.test/x",
                          "ftp://api.test/x",
                          "file:///etc/passwd",
                          "//api.test/x",
                          "api.test/x",
                          "",
                          "https://",
                          "https:///x",
                          "https://user@api.test/x",
                          "https://api.test@evil.test/x",
                          "https://user:pw@api.test/x",
                          "https://api.test:443/x",
                          "https://[::1]/x",
                          "https://[::1%25lo]/x",
                          "https://api.test\\@evil.test/x",
                          "https://api.test/x#y",
                          "https://api.test#@evil.test/",
                          "https://api.test/a b",
                          "https://api.test/a\r\nX: y",
                          "https://api.test/\t",
                          "https://ap\xc3\xad.test/x",
                          "https://api.test/\xc3\xad",
                          "https:/\\api.test/x",
                          "https://api_test/x",
                          "https://api%2etest/x"}) {
    const auto wire = assembled(call_to(url));
    ASSERT_FALSE(wire) << url;
    EXPECT_EQ(wire.error().kind, ErrorKind::internal);
  }
  EXPECT_TRUE(assembled(call_to("https://api.test")));
  EXPECT_TRUE(assembled(call_to("https://api-1.test?x=1")));
}

TEST(Assembly, no_body_and_an_empty_body_differ) {
  EXPECT_FALSE(assembled(with_body(NoBody{}))->has_body);
  const auto empty = assembled(with_body(EmptyBody{}));
  EXPECT_TRUE(empty->has_body);
  EXPECT_EQ(empty->body_bytes(), 0u);
  EXPECT_TRUE(empty->headers.empty());
}

TEST(Assembly, a_form_is_encoded_in_order) {
  const auto wire = assembled(with_body(FormBody{{{"b", "x y"}, {"a", "&="}, {"b", ""}}}));
  EXPECT_EQ(wire->before, "b=x%20y&a=%26%3D&b=");
  EXPECT_EQ(header(*wire, "Content-Type"), "application/x-www-form-urlencoded|");
  EXPECT_TRUE(wire->has_body);
}

TEST(Assembly, json_without_references_is_not_touched) {
  const auto wire = assembled(with_body(JsonBody{"{ \"n\" : 1.50 }", {}}));
  EXPECT_EQ(wire->before, "{ \"n\" : 1.50 }");
  EXPECT_EQ(header(*wire, "Content-Type"), "application/json; charset=UTF-8|");
}

TEST(Assembly, references_in_json_are_filled_at_any_depth_and_escaped) {
  const auto wire =
      assembled(with_body(JsonBody{R"({"a":[{"url":"@1"},"@2"],"n":12345678901234567890})",
                                   {{"@1", link_to("m\"1")}, {"@2", link_to("m2")}}}));
  ASSERT_TRUE(wire);
  EXPECT_EQ(wire->before, R"({"a":[{"url":"https://herald.test/m/cus_1/m\"1"},)"
                          R"("https://herald.test/m/cus_1/m2"],"n":12345678901234567890})");
}

TEST(Assembly, a_persons_text_is_never_taken_for_a_reference) {
  const JsonBody body{R"({"caption":"@1","url":"@1"})", {{"@1", link_to("m")}}};
  EXPECT_FALSE(assembled(with_body(body)));
  EXPECT_FALSE(assembled(with_body(JsonBody{R"({"caption":"x@1"})", {{"@1", link_to("m")}}})));
  EXPECT_FALSE(assembled(with_body(JsonBody{R"({"@1":"x"})", {{"@1", link_to("m")}}})));
}

TEST(Assembly, json_that_is_none_is_refused) {
  EXPECT_FALSE(assembled(with_body(JsonBody{"{\"a\":", {{"@1", link_to("m")}}})));
}

TEST(Assembly, multipart_keeps_its_order_and_the_file_comes_last) {
  MultipartBody body{{{"z", "1"}, {"a", "2"}}, "source", "photo.jpg", {}};
  body.file = {MediaId("med_1"), "jpeg", 5, 100, "image/jpeg"};
  const auto wire = assembled(with_body(body));
  ASSERT_TRUE(wire);
  EXPECT_EQ(wire->before,
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"z\"\r\n\r\n1\r\n"
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n2\r\n"
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"source\"; "
            "filename=\"photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
  EXPECT_EQ(wire->after, "\r\n--BOUNDARY--\r\n");
  ASSERT_TRUE(wire->media);
  EXPECT_EQ(wire->media->offset, 5u);
  EXPECT_EQ(wire->body_bytes(), wire->before.size() + 100 + wire->after.size());
  EXPECT_EQ(header(*wire, "Content-Type"), "multipart/form-data; boundary=BOUNDARY|");
}

TEST(Assembly, multipart_without_a_file_is_closed) {
  const auto wire = assembled(with_body(MultipartBody{{{"a", "1"}}, "", "", {}}));
  EXPECT_EQ(wire->before,
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
            "--BOUNDARY--\r\n");
  EXPECT_FALSE(wire->media);
  EXPECT_EQ(wire->after, "");
}

TEST(Assembly, M04_a_hostile_file_name_cannot_leave_its_quotes) {
  MultipartBody body{{}, "sou\"rce", "", {}};
  body.file.content_type = "image/png";
  body.file_name = std::string("a\"; name=\"x\r\nX-Evil: 1\r\n\r\n\0\x1b\x7f.png"sv);
  const auto wire = assembled(with_body(body));
  ASSERT_TRUE(wire);
  EXPECT_EQ(wire->before,
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"sou%22rce\"; "
            "filename=\"a%22; name=%22x  X-Evil: 1       .png\"\r\n"
            "Content-Type: image/png\r\n\r\n");
}

TEST(Assembly, a_content_type_cannot_bring_a_header_along) {
  MultipartBody body{{}, "file", "a", {}};
  body.file.content_type = "image/png\r\nX-Evil: 1";
  EXPECT_FALSE(assembled(with_body(body)));
  EXPECT_FALSE(assembled(with_body(MediaBytes{MediaId("m"), "", 0, 1, "a/b\r\nX: 1"})));
}

TEST(Assembly, a_range_of_a_medium_is_a_body_of_its_own) {
  const auto wire = assembled(with_body(MediaBytes{MediaId("med_1"), "", 7, 9, "video/mp4"}));
  ASSERT_TRUE(wire && wire->media);
  EXPECT_EQ(wire->body_bytes(), 9u);
  EXPECT_TRUE(wire->has_body);
  EXPECT_EQ(header(*wire, "Content-Type"), "video/mp4|");
}

TEST(Assembly, H07_a_line_break_in_a_header_is_refused) {
  Call call = call_to("https://api.test/x");
  for (const auto value : {"a\r\nX: y"sv, "a\nb"sv, "a\rb"sv, "a\0b"sv, "a\x7f"sv, "\x01"sv}) {
    call.headers = {{"X-Name", std::string(value)}};
    EXPECT_FALSE(assembled(call)) << percent_encode(value);
  }
  for (const char* name : {"", "X:", "X\r\nY", "X\n"}) {
    call.headers = {{name, "v"}};
    EXPECT_FALSE(assembled(call)) << name;
  }
  call.headers = {{"X-Name", "ü\tb"}, {"X-Empty", ""}};
  EXPECT_TRUE(assembled(call));
}

TEST(Assembly, a_media_link_is_the_callers_own_customers) {
  Call call = call_to("https://elsewhere.test/x");
  call.query = {{"url", link_to("med_1/jpeg")}};
  call.headers = {{"X-Link", link_to("med_1")}};
  const auto wire = assembled(call);
  ASSERT_TRUE(wire);
  EXPECT_EQ(wire->url,
            "https://elsewhere.test/x?url=https%3A%2F%2Fherald.test%2Fm%2Fcus_1%2Fmed_1%2Fjpeg");
  EXPECT_EQ(header(*wire, "X-Link"), "https://herald.test/m/cus_1/med_1|");
}

}  // namespace
}  // namespace herald
