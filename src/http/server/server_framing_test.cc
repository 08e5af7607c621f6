// Raw bytes that two HTTP implementations could read differently, over a real socket. Each is
// followed by a second request that must never be served.
#include <string>
#include <vector>

#include "http/server/server_rig.h"

namespace herald::http {
namespace {

constexpr const char* kNext = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

struct Vector {
  const char* what;
  std::string bytes;
};

std::string head(const std::string& fields) {
  return "POST /first HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
}

void expect_one_refusal(ServerRig& rig, const Vector& vector, int status = 400) {
  SCOPED_TRACE(vector.what);
  const int served_before = rig.service.served;
  auto client = rig.connect();
  client.try_send(vector.bytes + kNext);
  EXPECT_EQ(client.read_answer().status, status);
  EXPECT_TRUE(client.closed()) << "a second answer came";
  EXPECT_EQ(rig.service.served, served_before);
}

TEST(Framing, H01_TwoReadingsOfTheBodysLengthAreRefused) {
  ServerRig rig;
  const std::string te = "Transfer-Encoding: chunked\r\n";
  const std::string cl = "Content-Length: 5\r\n";
  const std::string chunks = "0\r\n\r\n";
  const std::vector<Vector> vectors = {
      {"CL then TE", head(cl + te) + chunks},
      {"TE then CL", head(te + cl) + chunks},
      {"CL twice, equal", head(cl + cl) + "12345"},
      {"CL twice, different", head(cl + "Content-Length: 6\r\n") + "12345"},
      {"xchunked", head("Transfer-Encoding: xchunked\r\n") + chunks},
      {"chunked, identity", head("Transfer-Encoding: chunked, identity\r\n") + chunks},
      {"identity, chunked", head("Transfer-Encoding: identity, chunked\r\n") + chunks},
      {"gzip, chunked", head("Transfer-Encoding: gzip, chunked\r\n") + chunks},
      {"gzip", head("Transfer-Encoding: gzip\r\n") + chunks},
      {"chunked twice", head(te + te) + chunks},
      {"empty TE", head("Transfer-Encoding: \r\n") + chunks},
      {"TE in quotes", head("Transfer-Encoding: \"chunked\"\r\n") + chunks},
      {"TE with a vertical tab", head("Transfer-Encoding: \x0b"
                                      "chunked\r\n") +
                                     chunks},
      {"TE folded", head("Transfer-Encoding:\r\n chunked\r\n") + chunks},
      {"CL +5", head("Content-Length: +5\r\n") + "12345"},
      {"CL 5,5", head("Content-Length: 5,5\r\n") + "12345"},
      {"CL 5, 5", head("Content-Length: 5, 5\r\n") + "12345"},
      {"CL 0x5", head("Content-Length: 0x5\r\n") + "12345"},
      {"CL -5", head("Content-Length: -5\r\n") + "12345"},
      {"CL 5.0", head("Content-Length: 5.0\r\n") + "12345"},
      {"CL 5 5", head("Content-Length: 5 5\r\n") + "12345"},
      {"CL empty", head("Content-Length: \r\n") + "12345"},
      {"CL 2^64", head("Content-Length: 18446744073709551616\r\n") + "12345"},
      {"CL of 400 digits", head("Content-Length: " + std::string(400, '9') + "\r\n") + "12345"},
      {"TE in HTTP/1.0", "POST / HTTP/1.0\r\nHost: h\r\n" + te + "\r\n" + chunks},
  };
  for (const auto& vector : vectors) expect_one_refusal(rig, vector);
}

TEST(Framing, H02_HeadsOutsideTheGrammarAreRefused) {
  ServerRig rig;
  const std::string nul("GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", 35);
  const std::vector<Vector> vectors = {
      {"bare LF everywhere", "GET / HTTP/1.1\nHost: h\n\n"},
      {"bare LF after the request line", "GET / HTTP/1.1\nHost: h\r\n\r\n"},
      {"bare LF in the fields", "GET / HTTP/1.1\r\nHost: h\nX: a\r\n\r\n"},
      {"bare LF at the end", "GET / HTTP/1.1\r\nHost: h\r\n\n"},
      {"bare CR in a value", "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n"},
      {"bare CR as line end", "GET / HTTP/1.1\rHost: h\r\r"},
      {"CR CR LF", "GET / HTTP/1.1\r\r\nHost: h\r\n\r\n"},
      {"NUL in a value", nul},
      {"DEL in a value", "GET / HTTP/1.1\r\nHost: h\r\nX: a\x7f\r\n\r\n"},
      {"folded value", "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n"},
      {"folded, looking like a field", "GET / HTTP/1.1\r\nHost: h\r\n X: a\r\n\r\n"},
      {"folded by a tab", "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n\tb\r\n\r\n"},
      {"space before the first field", "GET / HTTP/1.1\r\n Host: h\r\n\r\n"},
      {"space before the colon", "GET / HTTP/1.1\r\nHost : h\r\n\r\n"},
      {"space in a name", "GET / HTTP/1.1\r\nHost: h\r\nX Y: a\r\n\r\n"},
      {"empty name", "GET / HTTP/1.1\r\nHost: h\r\n: a\r\n\r\n"},
      {"no colon", "GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n"},
      {"byte above 127 in a name", "GET / HTTP/1.1\r\nHost: h\r\nX\xc3\xa4: a\r\n\r\n"},
      {"two spaces after the method", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"two spaces before the version", "GET /  HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a tab for a space", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"space before the method", " GET / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"space after the version", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n"},
      {"space in the target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"byte above 127 in the target", "GET /\xc3\xa4 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"empty line first", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n"},
      {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: h\r\n\r\n"},
      {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {"http/1.1", "GET / http/1.1\r\nHost: h\r\n\r\n"},
      {"HTTP/1.10", "GET / HTTP/1.10\r\nHost: h\r\n\r\n"},
      {"HTTP/0.9", "GET /\r\n"},
      {"a method with odd letters", "G@T / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a TLS hello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8)},
  };
  for (const auto& vector : vectors) expect_one_refusal(rig, vector);
}

TEST(Framing, H03_ChunksOutsideTheGrammarAreRefused) {
  ServerRig rig;
  const auto te = head("Transfer-Encoding: chunked\r\n");
  const std::vector<Vector> vectors = {
      {"0x1", te + "0x1\r\na\r\n0\r\n\r\n"},
      {"space after the size", te + "1 \r\na\r\n0\r\n\r\n"},
      {"space before the size", te + " 1\r\na\r\n0\r\n\r\n"},
      {"sign", te + "+1\r\na\r\n0\r\n\r\n"},
      {"no size", te + "\r\na\r\n0\r\n\r\n"},
      {"overflow", te + "ffffffffffffffff1\r\na\r\n0\r\n\r\n"},
      {"extension", te + "1;a=b\r\na\r\n0\r\n\r\n"},
      {"extension on the last chunk", te + "1\r\na\r\n0;a\r\n\r\n"},
      {"extension with LF", te + "1;a\nb\r\na\r\n0\r\n\r\n"},
      {"bare LF after the size", te + "1\na\r\n0\r\n\r\n"},
      {"bare LF after the data", te + "1\r\na\n0\r\n\r\n"},
      {"no CRLF after the data", te + "1\r\na0\r\n\r\n"},
      {"data longer than its size", te + "1\r\nab\r\n0\r\n\r\n"},
      {"trailer", te + "1\r\na\r\n0\r\nX-Customer-ID: other\r\n\r\n"},
      {"trailer without a colon", te + "1\r\na\r\n0\r\njunk\r\n\r\n"},
      {"junk after the last chunk", te + "1\r\na\r\n0\r\njunk"},
  };
  for (const auto& vector : vectors) expect_one_refusal(rig, vector);
}

TEST(Framing, H03_ASizeLineWithoutEndIsRefused) {
  ServerRig rig;
  auto client = rig.connect();
  client.send(head("Transfer-Encoding: chunked\r\n") + std::string(200'000, '0'));
  EXPECT_EQ(client.read_answer().status, 400);
  EXPECT_TRUE(client.closed());
}

TEST(Framing, H03_JunkAfterACompleteBodyEndsTheConnection) {
  ServerRig rig;
  auto client = rig.connect();
  client.send(head("Transfer-Encoding: chunked\r\n") + "1\r\na\r\n0\r\n\r\n" + "junk\r\n\r\n" +
              kNext);
  EXPECT_EQ(client.read_answer().body, "POST /first? a");
  EXPECT_EQ(client.read_answer().status, 400);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(rig.service.served, 1);
}

TEST(Framing, H05_AHostThatIsNotExactlyOneIsRefused) {
  ServerRig rig;
  const std::vector<Vector> vectors = {
      {"no Host", "GET / HTTP/1.1\r\n\r\n"},
      {"empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n"},
      {"Host twice", "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"},
      {"Host twice, other", "GET / HTTP/1.1\r\nHost: h\r\nhost: evil\r\n\r\n"},
      {"Host with a path", "GET / HTTP/1.1\r\nHost: h/path\r\n\r\n"},
      {"Host with user information", "GET / HTTP/1.1\r\nHost: a@h\r\n\r\n"},
      {"Host with a comma", "GET / HTTP/1.1\r\nHost: h,evil\r\n\r\n"},
      {"Host with a space", "GET / HTTP/1.1\r\nHost: h evil\r\n\r\n"},
      {"absolute target, other host", "GET http://evil/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"absolute target, user information", "GET http://h@evil/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"absolute target, no Host", "GET http://h/ HTTP/1.1\r\n\r\n"},
      {"absolute target, other scheme", "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"authority form", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"asterisk form", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"no slash", "GET a HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n"},
  };
  for (const auto& vector : vectors) expect_one_refusal(rig, vector);
}

TEST(Framing, H05_AnAbsoluteTargetThatNamesTheHostIsServed) {
  ServerRig rig;
  auto client = rig.connect();
  client.send("GET http://H:80/a?b HTTP/1.1\r\nHost: h:80\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "GET /a?b ");
  client.send("GET http://h?b HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "GET /?b ");
}

TEST(Framing, P01_PathsWithTwoReadingsAreRefused) {
  ServerRig rig;
  for (const std::string path :
       {"/../etc/passwd", "/a/..", "/./a", "/%2e%2e/a", "/%2E%2e", "/a/%2e", "/a%2fb", "/a%5cb",
        "/a\\b", "/a%00b", "/a%0ab", "/a%zz", "/a%2", "/%ff", "/%c0%ae%c0%ae/", "/%ed%a0%80"}) {
    expect_one_refusal(rig, {path.c_str(), "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"});
  }
}

TEST(Framing, ALongHeadOrTargetIsRefusedBeforeItsEnd) {
  ServerLimits limits;
  limits.head_bytes_max = 2000;
  limits.target_bytes_max = 1000;
  ServerRig rig(limits);
  const std::string start = "GET /" + std::string(1500, 'a');
  expect_one_refusal(rig, {"whole target", start + " HTTP/1.1\r\nHost: h\r\n\r\n"}, 414);
  expect_one_refusal(rig, {"endless target", start + start}, 414);
  expect_one_refusal(rig, {"endless field", head("X: " + std::string(3000, 'a'))}, 431);
  std::string many;
  for (int i = 0; i < 150; ++i) many += "X: 1\r\n";
  expect_one_refusal(rig, {"many fields", head(many)}, 431);
}

TEST(Framing, ARefusalIsAProblemAndSaysClose) {
  ServerRig rig;
  auto client = rig.connect();
  client.send("GET / HTTP/1.1\r\n\r\n");
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_NE(answer.body.find("\"/problems/malformed_request\""), std::string::npos);
}

}  // namespace
}  // namespace herald::http
