// Where calls may go: decided on the address that a name became (S-01 to S-07).
#include <gtest/gtest.h>

#include <cstdlib>

#include "net/transport_rig.h"

namespace herald {
namespace {

using testing::FaultServer;
using testing::http_answer;
using Arrival = Answer::Arrival;
using Connection = FaultServer::Connection;

constexpr auto kAnswering = [](Connection& connection) {
  while (!connection.read_request().empty()) connection.send(http_answer(200, "ok"));
};

std::string at(std::string_view host, const FaultServer& server, const char* scheme = "https") {
  return std::string(scheme) + "://" + std::string(host) + ":" + std::to_string(server.port());
}

TEST(Reach, S01_no_spelling_of_this_machine_is_reached_without_the_sandbox) {
  FaultServer server(kAnswering);
  for (const char* host : {"127.0.0.1",
                           "localhost",
                           "localhost.",
                           "LOCALHOST",
                           "127.1",
                           "127.0.1",
                           "2130706433",
                           "0x7f000001",
                           "0x7f.1",
                           "017700000001",
                           "0177.0.0.1",
                           "127.000.000.001",
                           "0",
                           "0.0.0.0",
                           "[::1]",
                           "[::]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[::127.0.0.1]",
                           "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1",
                           "127.0.0.2"}) {
    TransportRig rig(at(host, server), TransportRig::quick(), false);
    EXPECT_EQ(rig.send(TransportRig::visible("hello")).answer.arrival, Arrival::nothing_sent)
        << host;
  }
  EXPECT_EQ(server.accepted(), 0u);
}

TEST(Reach, plain_http_is_refused_without_the_sandbox) {
  FaultServer server(kAnswering);
  TransportRig rig(server.url(), TransportRig::quick(), false);
  EXPECT_EQ(rig.send(TransportRig::call()).answer.arrival, Arrival::nothing_sent);
  EXPECT_EQ(server.accepted(), 0u);
}

TEST(Reach, with_the_sandbox_this_machine_is_reached_and_nothing_else) {
  FaultServer server(kAnswering);
  TransportRig here(at("localhost", server, "http"));
  EXPECT_EQ(here.send(TransportRig::call()).answer.status, 200);
  for (const char* elsewhere : {"http://192.0.2.1", "http://8.8.8.8:9", "http://10.0.0.1"}) {
    TransportLimits limits = TransportRig::quick();
    limits.connect = Duration(60'000);  // Refused at once, not given up.
    TransportRig rig(elsewhere, limits);
    EXPECT_EQ(rig.send(TransportRig::call()).answer.arrival, Arrival::nothing_sent);
  }
}

TEST(Reach, S04_a_redirect_is_an_answer_and_is_not_followed) {
  FaultServer other(kAnswering);
  for (const int status : {301, 302, 303, 307, 308}) {
    for (const std::string& where : {other.url(), std::string("https://127.0.0.1/"),
                                     std::string("file:///etc/passwd"), std::string("/again")}) {
      FaultServer server([&](Connection& connection) {
        while (!connection.read_request().empty()) {
          connection.send(http_answer(
              status, "moved", "Location: " + where + "\r\nRefresh: 0; url=" + where + "\r\n"));
        }
      });
      TransportRig rig(server.url());
      for (const Call& call : {TransportRig::call(), TransportRig::visible("hello")}) {
        const auto answer = rig.send(call).answer;
        EXPECT_EQ(answer.arrival, Arrival::answered);
        EXPECT_EQ(answer.status, status);
      }
      EXPECT_EQ(server.count("/v1/thing"), 2u) << "one request each";
      EXPECT_EQ(server.count("/again"), 0u);
    }
  }
  EXPECT_EQ(other.accepted(), 0u);
}

TEST(Reach, S06_other_schemes_are_not_spoken) {
  FaultServer server(kAnswering);
  for (const char* scheme : {"ftp", "gopher", "dict", "ldap", "smb", "telnet", "imap", "smtp",
                             "rtsp", "scp", "tftp", "mqtt", "ws", "file"}) {
    for (const bool loopback_only : {true, false}) {
      TransportRig rig(at("127.0.0.1", server, scheme), TransportRig::quick(), loopback_only);
      EXPECT_EQ(rig.send(TransportRig::call()).answer.arrival, Arrival::nothing_sent) << scheme;
    }
  }
  TransportRig file("file:///etc");
  EXPECT_NE(file.send(TransportRig::call()).answer.arrival, Arrival::answered);
  EXPECT_EQ(server.accepted(), 0u);
}

// Set for the process, as an operator's shell would have it.
class Variables {
 public:
  explicit Variables(const std::string& value) {
    for (const char* name : kNames) ::setenv(name, value.c_str(), 1);
  }
  ~Variables() {
    for (const char* name : kNames) ::unsetenv(name);
  }
  Variables(const Variables&) = delete;
  Variables& operator=(const Variables&) = delete;

 private:
  static constexpr const char* kNames[] = {"http_proxy", "https_proxy", "HTTPS_PROXY",
                                           "all_proxy",  "ALL_PROXY",   "HTTP_PROXY"};
};

TEST(Reach, S07_a_proxy_in_the_environment_is_ignored) {
  FaultServer proxy(kAnswering);
  FaultServer server(kAnswering);
  const Variables set(proxy.url());
  TransportRig rig(server.url());
  EXPECT_EQ(rig.send(TransportRig::call()).answer.status, 200);
  EXPECT_EQ(rig.send(TransportRig::visible("hello")).answer.status, 200);
  TransportRig world("https://herald-test.invalid", TransportRig::quick(), false);
  EXPECT_EQ(world.send(TransportRig::call()).answer.arrival, Arrival::nothing_sent);
  EXPECT_EQ(proxy.accepted(), 0u);
}

TEST(Reach, S09_an_open_and_a_closed_port_of_a_forbidden_address_read_alike) {
  FaultServer open(kAnswering);
  std::string closed;
  {
    closed = at("127.0.0.1", FaultServer(kAnswering));
  }
  TransportRig to_open(at("127.0.0.1", open), TransportRig::quick(), false);
  TransportRig to_closed(closed, TransportRig::quick(), false);
  const auto a = to_open.send(TransportRig::call()).answer;
  const auto b = to_closed.send(TransportRig::call()).answer;
  EXPECT_EQ(a.detail, b.detail);
  EXPECT_EQ(a.arrival, b.arrival);
}

TEST(SandboxHosts, every_platforms_host_is_moved_below_the_sandbox) {
  const SandboxHosts sandbox("http://127.0.0.1:8099");
  EXPECT_EQ(sandbox.reach("https://graph.test/v1/me?a=b"),
            "http://127.0.0.1:8099/graph.test/v1/me?a=b");
  EXPECT_TRUE(sandbox.in_use());
  const SandboxHosts world("");
  EXPECT_EQ(world.reach("https://graph.test/v1/me"), "https://graph.test/v1/me");
  EXPECT_FALSE(world.in_use());
}

}  // namespace
}  // namespace herald
