// Answers that mean harm (S-08): too much, too slow, and not for us.
#include <gtest/gtest.h>
#include <zlib.h>

#include "net/transport_rig.h"

namespace herald {
namespace {

using testing::FaultServer;
using testing::http_answer;
using Arrival = Answer::Arrival;
using Connection = FaultServer::Connection;

FaultServer::Script saying(std::string bytes) {
  return [bytes = std::move(bytes)](Connection& connection) {
    connection.read_request();
    connection.send(bytes);
    connection.read_to_end();
  };
}

TransportLimits bounded(std::size_t bytes) {
  TransportLimits limits = TransportRig::quick();
  limits.answer_bytes_max = bytes;
  return limits;
}

Answer answer_of(const FaultServer& server, const TransportLimits& limits = TransportRig::quick()) {
  TransportRig rig(server.url(), limits);
  return rig.send(TransportRig::call()).answer;
}

std::string gzipped(std::size_t zeros) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, zeros) + 64, '\0');
  std::string in(zeros, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(Answers, S08_an_endless_body_is_cut_at_the_bound) {
  FaultServer server([](Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\n\r\n");
    const std::string piece(1 << 16, 'x');
    while (connection.send(piece)) {
    }
  });
  const auto answer = answer_of(server, bounded(1 << 20));
  EXPECT_EQ(answer.arrival, Arrival::maybe_sent);
  EXPECT_EQ(answer.detail, "the answer was too large, after status 200");
  EXPECT_TRUE(answer.body.empty());
}

TEST(Answers, S08_the_bound_is_exact) {
  FaultServer fits(saying(http_answer(200, std::string(1000, 'x'))));
  EXPECT_EQ(answer_of(fits, bounded(1000)).body.size(), 1000u);
  FaultServer one_more(saying(http_answer(200, std::string(1001, 'x'))));
  EXPECT_EQ(answer_of(one_more, bounded(1000)).arrival, Arrival::maybe_sent);
}

TEST(Answers, S08_the_bound_counts_what_a_compressed_answer_becomes) {
  const std::string bomb = gzipped(64 << 20);
  ASSERT_LT(bomb.size(), 100u << 10);
  FaultServer server(saying(http_answer(200, bomb, "Content-Encoding: gzip\r\n")));
  const auto answer = answer_of(server, bounded(1 << 20));
  EXPECT_EQ(answer.arrival, Arrival::maybe_sent);
  EXPECT_TRUE(answer.detail.starts_with("the answer was too large"));
}

TEST(Answers, a_compressed_answer_is_read) {
  FaultServer server(saying(http_answer(200, gzipped(1000), "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(answer_of(server).body, std::string(1000, '\0'));
}

TEST(Answers, S08_a_megabyte_of_headers_is_too_much) {
  std::string headers = "HTTP/1.1 200 OK\r\n";
  while (headers.size() < (1 << 20)) headers += "X-Filler: " + std::string(1000, 'x') + "\r\n";
  FaultServer server(saying(headers + "Content-Length: 0\r\n\r\n"));
  const auto answer = answer_of(server);
  EXPECT_EQ(answer.arrival, Arrival::maybe_sent);
  EXPECT_TRUE(answer.detail.starts_with("the answer's headers were too large"));
}

TEST(Answers, S08_one_header_without_end_is_too_much) {
  FaultServer server([](Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nX: ");
    const std::string piece(1 << 14, 'x');
    while (connection.send(piece)) {
    }
  });
  EXPECT_EQ(answer_of(server).arrival, Arrival::maybe_sent);
}

TEST(Answers, S08_a_few_times_100_continue_are_passed_over_and_many_are_not) {
  const std::string again = "HTTP/1.1 100 Continue\r\nX-Kept: early\r\n\r\n";
  std::string few;
  for (int i = 0; i < 100; ++i) few += again;
  FaultServer patient(saying(few + http_answer(200, "done")));
  TransportRig rig(patient.url());
  Call call = TransportRig::call();
  call.keep_headers = {"x-kept"};
  const auto answer = rig.send(call).answer;
  EXPECT_EQ(answer.body, "done");
  EXPECT_TRUE(answer.headers.empty());

  FaultServer endless([&](Connection& connection) {
    connection.read_request();
    while (connection.send(again)) {
    }
  });
  EXPECT_EQ(answer_of(endless).arrival, Arrival::maybe_sent);
}

TEST(Answers, S08_a_length_that_lies_is_found_out) {
  FaultServer longer(
      saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nabcd"));
  EXPECT_EQ(answer_of(longer).body, "ab");
  FaultServer shorter([](Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabcd");
  });
  EXPECT_EQ(answer_of(shorter).arrival, Arrival::maybe_sent);
  FaultServer senseless(saying("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabcd"));
  EXPECT_EQ(answer_of(senseless).arrival, Arrival::maybe_sent);
}

// Sends a byte whenever the client's patience is looked at, and never stops.
FaultServer::Script dripping(std::string start) {
  return [start = std::move(start)](Connection& connection) {
    connection.read_request();
    connection.send(start);
    while (connection.send("x")) {
    }
  };
}

TEST(Answers, S08_a_brief_call_ends_though_bytes_keep_coming) {
  FaultServer server(dripping("HTTP/1.1 200 OK\r\n\r\n"));
  TransportLimits limits = TransportRig::quick();
  limits.brief = Duration(200);
  limits.answer_bytes_max = 1u << 30;
  EXPECT_EQ(answer_of(server, limits).arrival, Arrival::maybe_sent);
}

TEST(Answers, S08_an_upload_waits_long_for_an_answer_but_not_long_on_one) {
  FaultServer server(dripping("HTTP/1.1 200 OK\r\n\r\n"));
  TransportLimits limits = TransportRig::quick();
  limits.brief = Duration(200);
  limits.answer_bytes_max = 1u << 30;
  TransportRig rig(server.url(), limits);
  Call call = TransportRig::call("PUT");
  call.patience = Patience::upload;
  call.body = FormBody{{{"a", "b"}}};
  const auto answer = rig.send(call).answer;
  EXPECT_EQ(answer.arrival, Arrival::maybe_sent);
  EXPECT_TRUE(answer.detail.starts_with("the answer came too slowly")) << answer.detail;
}

TEST(Answers, a_server_that_says_nothing_ends_a_brief_call_and_stalls_an_upload) {
  FaultServer server([](Connection& connection) { connection.read_to_end(); });
  TransportLimits limits = TransportRig::quick();
  limits.brief = Duration(200);
  limits.stall_seconds = 1;
  EXPECT_EQ(answer_of(server, limits).arrival, Arrival::maybe_sent);
  TransportRig rig(server.url(), limits);
  Call call = TransportRig::call("PUT");
  call.patience = Patience::upload;
  call.body = EmptyBody{};
  EXPECT_EQ(rig.send(call).answer.arrival, Arrival::maybe_sent);
}

TEST(Answers, O52_no_redirect_is_followed) {
  FaultServer elsewhere([](Connection& connection) { connection.read_to_end(); });
  for (const int status : {301, 302, 303, 307, 308}) {
    const std::string to =
        "Location: " + elsewhere.url() + "/stolen\r\nRefresh: 0;url=" + elsewhere.url() + "\r\n";
    FaultServer server([&](Connection& connection) {
      while (!connection.read_request().empty()) connection.send(http_answer(status, "", to));
    });
    TransportRig rig(server.url());
    rig.secrets->user_token = Secret("canary");
    Call call = TransportRig::visible("hello");
    call.carrier = TokenCarrier::bearer;
    call.token = {Reference::Kind::user_token, ""};
    call.keep_headers = {"location"};
    const auto answer = rig.send(call).answer;
    EXPECT_EQ(answer.arrival, Arrival::answered);
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.headers.at("location"), elsewhere.url() + "/stolen");
    EXPECT_EQ(server.accepted(), 1u);
  }
  EXPECT_EQ(elsewhere.accepted(), 0u);
}

TEST(Answers, trailers_are_no_headers) {
  FaultServer server(
      saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Location\r\n\r\n"
             "2\r\nok\r\n0\r\nLocation: https://evil.test/\r\n\r\n"));
  TransportRig rig(server.url());
  Call call = TransportRig::call();
  call.keep_headers = {"location"};
  const auto answer = rig.send(call).answer;
  EXPECT_EQ(answer.body, "ok");
  EXPECT_TRUE(answer.headers.empty());
}

TEST(Answers, cookies_are_not_kept) {
  FaultServer server([](Connection& connection) {
    while (!connection.read_request().empty()) {
      connection.send(http_answer(200, "", "Set-Cookie: a=b; Path=/\r\n"));
    }
  });
  TransportRig rig(server.url());
  rig.send(TransportRig::call());
  rig.send(TransportRig::call());
  EXPECT_EQ(server.count("Cookie"), 0u);
}

TEST(Answers, O32_what_failed_is_told_without_secrets) {
  FaultServer server([](Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"access_token\":\"canary-a\"");
  });
  TransportRig rig(server.url());
  rig.secrets->user_token = Secret("canary-b");
  Call call = TransportRig::call("POST");
  const Reference token{Reference::Kind::user_token, ""};
  call.query = {{"access_token", token}};
  call.headers = {{"X-Token", token}};
  call.body = FormBody{{{"token", token}}};
  call.secrets = {{"/access_token", "access"}};
  for (const char* url : {"https://api.platform.test/x", "https://evil.test/x"}) {
    call.url = url;
    const auto received = rig.send(call);
    EXPECT_NE(received.answer.arrival, Arrival::answered);
    EXPECT_FALSE(received.answer.detail.contains("canary")) << received.answer.detail;
    EXPECT_FALSE(received.answer.body.contains("canary"));
  }
}

}  // namespace
}  // namespace herald
