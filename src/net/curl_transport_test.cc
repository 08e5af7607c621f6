#include "net/curl_transport.h"

#include <gtest/gtest.h>

#include "net/transport_rig.h"

namespace herald {
namespace {

using testing::FaultServer;
using testing::http_answer;
using Arrival = Answer::Arrival;
using Connection = FaultServer::Connection;

// Answers every request of a connection with the same.
FaultServer::Script answering(std::string answer) {
  return [answer = std::move(answer)](Connection& connection) {
    while (!connection.read_request().empty() && connection.send(answer)) {
    }
  };
}

std::string line_of(const std::string& request, std::string_view name) {
  const auto at = request.find("\r\n" + std::string(name) + ": ");
  if (at == request.npos) return "absent";
  const auto begin = at + 4 + name.size();
  return request.substr(begin, request.find("\r\n", begin) - begin);
}

TEST(CurlTransport, an_answer_comes_back_whole) {
  FaultServer server(answering(http_answer(
      201, "{\"id\":\"17\"}", "Location: /x\r\nX-Other: y\r\nRetry-After:  7 \r\nETag:\r\n")));
  TransportRig rig(server.url());
  Call call = TransportRig::call();
  call.keep_headers = {"location", "etag"};
  const auto received = rig.send(call);
  EXPECT_EQ(received.answer.arrival, Arrival::answered);
  EXPECT_EQ(received.answer.status, 201);
  EXPECT_EQ(received.answer.body, "{\"id\":\"17\"}");
  const std::map<std::string, std::string> kept{
      {"etag", ""}, {"location", "/x"}, {"retry-after", "7"}};
  EXPECT_EQ(received.answer.headers, kept);
}

TEST(CurlTransport, the_time_that_a_host_said_last_is_kept) {
  FaultServer server(answering(http_answer(200, "{}", "Date: Sun, 22 Nov 2026 10:00:00 GMT\r\n")));
  TransportRig rig(server.url());
  const Call call = TransportRig::call();
  EXPECT_FALSE(rig.transport->last_date(call.url));
  const auto received = rig.send(call);
  EXPECT_TRUE(received.answer.headers.empty());
  EXPECT_EQ(rig.transport->last_date(call.url), from_ms(1'795'341'600'000));
  EXPECT_FALSE(rig.transport->last_date("https://elsewhere.example/"));
}

TEST(CurlTransport, a_date_that_says_nothing_is_none) {
  FaultServer server(answering(http_answer(200, "{}", "Date: yesterday\r\n")));
  TransportRig rig(server.url());
  rig.send(TransportRig::call());
  EXPECT_FALSE(rig.transport->last_date(TransportRig::call().url));
}

TEST(CurlTransport, a_request_leaves_as_it_was_assembled) {
  FaultServer server(answering(http_answer(200, "")));
  TransportRig rig(server.url());
  rig.secrets->user_token = Secret("tok");
  Call call = TransportRig::call("POST");
  call.query = {{"a", "1"}};
  call.headers = {{"X-One", "1"}, {"X-Empty", ""}};
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  call.body = JsonBody{"{\"a\":1}", {}};
  ASSERT_EQ(rig.send(call).answer.status, 200);
  const std::string request = server.received(0);
  EXPECT_TRUE(request.starts_with("POST /api.platform.test/v1/thing?a=1 HTTP/1.1\r\n")) << request;
  EXPECT_TRUE(request.ends_with("\r\n\r\n{\"a\":1}")) << request;
  EXPECT_EQ(line_of(request, "Content-Length"), "7");
  EXPECT_EQ(line_of(request, "Content-Type"), "application/json; charset=UTF-8");
  EXPECT_EQ(line_of(request, "Authorization"), "Bearer tok");
  EXPECT_EQ(line_of(request, "X-One"), "1");
  EXPECT_EQ(line_of(request, "Expect"), "absent");
  EXPECT_EQ(line_of(request, "Cookie"), "absent");
  EXPECT_TRUE(request.contains("\r\nX-Empty:"));
}

TEST(CurlTransport, every_method_goes_with_or_without_a_body) {
  FaultServer server(answering(http_answer(200, "")));
  TransportRig rig(server.url());
  for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
    EXPECT_EQ(rig.send(TransportRig::call(method)).answer.status, 200) << method;
    Call call = TransportRig::call(method);
    call.body = EmptyBody{};
    EXPECT_EQ(rig.send(call).answer.status, 200) << method;
    call.body = FormBody{{{"a", "b"}}};
    EXPECT_EQ(rig.send(call).answer.status, 200) << method;
    EXPECT_EQ(server.count(std::string(method) + " /api.platform.test/v1/thing HTTP/1.1\r\n"), 3u);
  }
  EXPECT_EQ(server.count("Content-Length: 0\r\n"), 5u);
  EXPECT_EQ(server.count("Content-Length: 3\r\n"), 5u);
}

TEST(CurlTransport, prepare_calls_share_a_connection) {
  FaultServer server(answering(http_answer(200, "x")));
  TransportRig rig(server.url());
  for (int i = 0; i < 5; ++i) ASSERT_EQ(rig.send(TransportRig::call()).answer.status, 200);
  EXPECT_EQ(server.accepted(), 1u);
}

TEST(CurlTransport, a_visible_call_has_a_connection_of_its_own_before_and_after) {
  FaultServer server(answering(http_answer(200, "x")));
  TransportRig rig(server.url());
  rig.send(TransportRig::call());
  rig.send(TransportRig::visible("one"));
  rig.send(TransportRig::visible("two"));
  rig.send(TransportRig::call());
  EXPECT_EQ(server.accepted(), 3u);
  EXPECT_EQ(server.count("text=one") + server.count("text=two"), 2u);
  EXPECT_FALSE(server.received(0).contains("text="));
}

TEST(CurlTransport, a_call_that_asks_before_it_is_sent_has_one_too) {
  FaultServer server(answering(http_answer(200, "x")));
  TransportRig rig(server.url());
  rig.send(TransportRig::call());
  Dispatch dispatch = rig.dispatch(TransportRig::call("POST"));
  dispatch.may_send = [] { return true; };
  rig.begin(std::move(dispatch)).get();
  EXPECT_EQ(server.accepted(), 2u);
}

TEST(CurlTransport, many_transfers_are_under_way_at_once) {
  std::promise<void> all_here;
  const auto open = all_here.get_future().share();
  std::atomic<int> here = 0;
  FaultServer server([&](Connection& connection) {
    connection.read_request();
    if (++here == 50) all_here.set_value();
    open.wait();
    connection.send(http_answer(200, std::to_string(connection.number())));
  });
  TransportRig rig(server.url());
  std::vector<std::future<Received>> under_way;
  for (int i = 0; i < 50; ++i) under_way.push_back(rig.begin(rig.dispatch(TransportRig::call())));
  std::set<std::string> bodies;
  for (auto& one : under_way) bodies.insert(one.get().answer.body);
  EXPECT_EQ(bodies.size(), 50u);
}

TEST(CurlTransport, its_end_tells_everyone_who_waits) {
  FaultServer server([](Connection& connection) {
    connection.read_request();
    connection.read_to_end();
  });
  TransportRig rig(server.url());
  std::promise<void> sent;
  std::vector<std::future<Received>> under_way;
  Dispatch first = rig.dispatch(TransportRig::visible("first"));
  first.may_send = [&] {
    sent.set_value();
    return true;
  };
  under_way.push_back(rig.begin(std::move(first)));
  sent.get_future().wait();
  for (int i = 0; i < 20; ++i) {
    under_way.push_back(rig.begin(rig.dispatch(TransportRig::visible("later"))));
  }
  rig.transport.reset();
  EXPECT_EQ(under_way[0].get().answer.arrival, Arrival::maybe_sent);
  std::size_t never_sent = 0;
  for (std::size_t i = 1; i < under_way.size(); ++i) {
    never_sent += under_way[i].get().answer.arrival == Arrival::nothing_sent ? 1 : 0;
  }
  server.wait_ended(server.accepted());
  EXPECT_LE(server.count("text=later"), 20 - never_sent);
}

TEST(CurlTransport, secrets_in_an_answer_travel_apart_from_it) {
  FaultServer server(answering(http_answer(200, R"({"access_token":"canary-1","x":1})")));
  TransportRig rig(server.url());
  Call call = TransportRig::call("POST");
  call.secrets = {{"/access_token", "access"}};
  const auto received = rig.send(call);
  EXPECT_EQ(received.answer.body, R"({"access_token":"secret:access","x":1})");
  EXPECT_EQ(received.secrets.at("access").reveal(), "canary-1");
}

TEST(CurlTransport, what_cannot_be_assembled_is_not_sent) {
  FaultServer server(answering(http_answer(200, "")));
  TransportRig rig(server.url());
  Call call = TransportRig::call();
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  EXPECT_EQ(rig.send(call).answer.arrival, Arrival::nothing_sent);
  call = TransportRig::call("PUT");
  call.body = MediaBytes{MediaId("med_missing"), "", 0, 10, "video/mp4"};
  EXPECT_EQ(rig.send(call).answer.arrival, Arrival::nothing_sent);
  EXPECT_EQ(server.accepted(), 0u);
}

}  // namespace
}  // namespace herald
