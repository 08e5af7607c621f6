// What is known of a request that got no answer: proved by what the server saw.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>

#include "net/transport_rig.h"
#include "testing/fake_clock.h"

namespace herald {
namespace {

using testing::FaultServer;
using testing::http_answer;
using Arrival = Answer::Arrival;
using Connection = FaultServer::Connection;

constexpr auto kReadAll = [](Connection& connection) { connection.read_to_end(); };

Dispatch guarded(const TransportRig& rig, std::function<bool()> may_send) {
  Dispatch dispatch = rig.dispatch(TransportRig::visible("hello"));
  dispatch.may_send = std::move(may_send);
  return dispatch;
}

TEST(Arrival, a_refused_port_means_nothing_was_sent) {
  std::string gone;
  {
    gone = FaultServer(kReadAll).url();
  }
  TransportRig rig(gone);
  const auto answer = rig.send(TransportRig::visible("hello")).answer;
  EXPECT_EQ(answer.arrival, Arrival::nothing_sent);
  EXPECT_EQ(answer.status, 0);
}

TEST(Arrival, a_name_that_is_not_known_means_nothing_was_sent) {
  TransportRig rig("http://no-such-host.invalid");
  EXPECT_EQ(rig.send(TransportRig::visible("hello")).answer.arrival, Arrival::nothing_sent);
}

// A listener whose queue is full lets nobody in.
TEST(Arrival, a_connection_that_is_never_made_means_nothing_was_sent) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* place = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::bind(listener, place, size), 0);
  ASSERT_EQ(::listen(listener, 0), 0);
  ASSERT_EQ(::getsockname(listener, place, &size), 0);
  const int guest = ::socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_EQ(::connect(guest, place, size), 0);

  TransportLimits limits = TransportRig::quick();
  limits.connect = Duration(200);
  TransportRig rig("http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)), limits);
  EXPECT_EQ(rig.send(TransportRig::visible("hello")).answer.arrival, Arrival::nothing_sent);
  ::close(guest);
  ::close(listener);
}

TEST(Arrival, a_tls_handshake_that_fails_means_nothing_was_sent) {
  FaultServer server([](Connection& connection) { connection.send("HTTP/1.1 400 No\r\n\r\n"); });
  TransportRig rig("https://127.0.0.1:" + std::to_string(server.port()));
  EXPECT_EQ(rig.send(TransportRig::visible("hello")).answer.arrival, Arrival::nothing_sent);
  server.wait_ended(1);
  EXPECT_EQ(server.count("hello"), 0u);
}

TEST(Arrival, whoever_may_not_send_sends_no_byte) {
  FaultServer server(kReadAll);
  TransportRig rig(server.url());
  int asked = 0;
  const auto answer = rig.begin(guarded(rig,
                                        [&] {
                                          ++asked;
                                          return false;
                                        }))
                          .get()
                          .answer;
  EXPECT_EQ(answer.arrival, Arrival::nothing_sent);
  EXPECT_EQ(asked, 1);
  server.wait_ended(1);  // Connected it was: the question comes last.
  EXPECT_EQ(server.received_bytes(0), 0u);
}

// As the app uses it: send_before is looked at on the transport's thread, once connected.
TEST(Arrival, what_has_become_too_late_on_the_way_is_not_sent) {
  FaultServer server(kReadAll);
  TransportRig rig(server.url());
  testing::FakeClock clock;
  const Time send_before = clock.now() + Duration(5'000);
  const auto in_time = [&] { return clock.now() <= send_before; };
  clock.advance(Duration(5'001));
  EXPECT_EQ(rig.begin(guarded(rig, in_time)).get().answer.arrival, Arrival::nothing_sent);
  server.wait_ended(1);
  EXPECT_EQ(server.received_bytes(0), 0u);
  clock.advance(Duration(-1));
  auto sent = rig.begin(guarded(rig, in_time));
  rig.transport.reset();
  (void)sent.get();
}

TEST(Arrival, a_connection_cut_before_the_answer_means_maybe_sent) {
  for (const bool hard : {false, true}) {
    FaultServer server([&](Connection& connection) {
      connection.read_request();
      if (hard) connection.reset();
    });
    TransportRig rig(server.url());
    const auto answer = rig.send(TransportRig::visible("hello")).answer;
    EXPECT_EQ(answer.arrival, Arrival::maybe_sent);
    EXPECT_EQ(answer.status, 0);
    server.wait_ended(1);
    EXPECT_EQ(server.count("text=hello"), 1u);
    EXPECT_EQ(server.accepted(), 1u);
  }
}

// The kernel takes what we write into a connection that the other end has already closed.
TEST(Arrival, a_connection_closed_as_soon_as_it_was_accepted_means_maybe_sent) {
  FaultServer server([](Connection&) {});
  TransportRig rig(server.url());
  std::size_t told = 0;
  for (int i = 0; i < 10; ++i) {
    const auto arrival = rig.send(TransportRig::visible("hello")).answer.arrival;
    told += arrival == Arrival::maybe_sent ? 1 : 0;
    EXPECT_NE(arrival, Arrival::answered);
  }
  EXPECT_GT(told, 0u);
  EXPECT_EQ(server.accepted(), 10u);
}

TEST(Arrival, half_an_answer_is_none) {
  for (const char* half :
       {"HTTP/1.1 2", "HTTP/1.1 201 Created\r\nLocation: /x\r\n",
        "HTTP/1.1 201 Created\r\nLocation: /x\r\nContent-Length: 10\r\n\r\n{\"id\"",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\n", "nonsense\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"}) {
    FaultServer server([&](Connection& connection) {
      connection.read_request();
      connection.send(half);
    });
    TransportRig rig(server.url());
    Call call = TransportRig::visible("hello");
    call.keep_headers = {"location"};
    const auto answer = rig.send(call).answer;
    EXPECT_EQ(answer.arrival, Arrival::maybe_sent) << half;
    EXPECT_EQ(answer.status, 0) << half;
    EXPECT_TRUE(answer.body.empty() && answer.headers.empty()) << half;
    EXPECT_EQ(server.accepted(), 1u);
  }
}

TEST(Arrival, an_early_refusal_of_a_large_body_is_an_answer) {
  FaultServer server([](Connection& connection) {
    connection.read_head();
    connection.send(http_answer(413, "too much", "Connection: close\r\n"));
    connection.read_to_end();
  });
  TransportRig rig(server.url());
  const auto answer = rig.send(TransportRig::visible(std::string(8 << 20, 'x'))).answer;
  EXPECT_EQ(answer.arrival, Arrival::answered);
  EXPECT_EQ(answer.status, 413);
}

// Answers the first request of the first connection; reads the second and closes. The trap: curl
// then sends the second once more on a fresh connection, by itself.
FaultServer::Script closing_after_one() {
  return [](Connection& connection) {
    connection.read_request();
    connection.send(http_answer(200, "first"));
    if (connection.read_request().empty()) return;
    if (connection.number() > 0) connection.send(http_answer(200, "second"));
  };
}

TEST(Arrival, a_prepare_call_survives_a_reused_connection_that_dies) {
  FaultServer server(closing_after_one());
  TransportRig rig(server.url());
  ASSERT_EQ(rig.send(TransportRig::call()).answer.body, "first");
  Call call = TransportRig::call("POST");
  call.body = FormBody{{{"text", "again"}}};
  EXPECT_EQ(rig.send(call).answer.arrival, Arrival::answered);
  EXPECT_EQ(server.count("text=again"), 2u);  // That is why a visible call may not.
}

TEST(Arrival, a_visible_call_is_never_repeated_for_a_reused_connection_that_dies) {
  std::atomic<bool> cut = false;
  FaultServer server([&](Connection& connection) {
    for (;;) {
      if (connection.read_request().empty()) return;
      if (cut) return;
      connection.send(http_answer(200, "ok"));
    }
  });
  TransportRig rig(server.url());
  for (int i = 0; i < 3; ++i) ASSERT_EQ(rig.send(TransportRig::call()).answer.status, 200);
  cut = true;
  EXPECT_EQ(rig.send(TransportRig::visible("once")).answer.arrival, Arrival::maybe_sent);
  Dispatch spends_a_token = rig.dispatch(TransportRig::call("POST"));
  spends_a_token.call.body = FormBody{{{"refresh_token", "spent"}}};
  spends_a_token.may_send = [] { return true; };
  EXPECT_EQ(rig.begin(std::move(spends_a_token)).get().answer.arrival, Arrival::maybe_sent);
  rig.transport.reset();
  server.wait_ended(server.accepted());
  EXPECT_EQ(server.count("text=once"), 1u);
  EXPECT_EQ(server.count("refresh_token=spent"), 1u);
}

TEST(Arrival, progress_that_is_not_wanted_any_more_breaks_a_transfer_off) {
  FaultServer server([](Connection& connection) {
    connection.read_head();
    connection.read_to_end();
  });
  TransportRig rig(server.url());
  Dispatch dispatch = rig.dispatch(TransportRig::visible(std::string(32 << 20, 'x')));
  dispatch.on_progress = [](std::uint64_t sent, std::uint64_t total) {
    return sent == 0 || total == 0;
  };
  const auto answer = rig.begin(std::move(dispatch)).get().answer;
  EXPECT_EQ(answer.arrival, Arrival::maybe_sent);
  EXPECT_EQ(answer.detail, "it was broken off");
  server.wait_ended(1);
  EXPECT_LT(server.received_bytes(0), 32u << 20);
}

TEST(Arrival, progress_broken_off_before_the_connection_stands_sends_nothing) {
  FaultServer server(kReadAll);
  TransportRig rig(server.url());
  Dispatch dispatch = rig.dispatch(TransportRig::visible("hello"));
  dispatch.on_progress = [](std::uint64_t, std::uint64_t) { return false; };
  EXPECT_EQ(rig.begin(std::move(dispatch)).get().answer.arrival, Arrival::nothing_sent);
  rig.transport.reset();
  server.wait_ended(server.accepted());
  EXPECT_EQ(server.count("hello"), 0u);
}

}  // namespace
}  // namespace herald
