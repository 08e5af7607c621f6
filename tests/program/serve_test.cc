// One running server, and what may stand beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/program/house.h"

namespace herald::program {
namespace {

namespace json = boost::json;

// Where a port of this machine is listened on, as the kernel says: "0100007F" is 127.0.0.1.
std::string listening_address(const Process& process, std::uint16_t port) {
  const std::string table = file_text("/proc/" + std::to_string(process.pid()) + "/net/tcp");
  char wanted[32];
  std::snprintf(wanted, sizeof wanted, ":%04X 00000000:0000 0A", port);
  const auto at = table.find(wanted);
  return at == table.npos || at < 8 ? "nowhere" : table.substr(at - 8, 8);
}

TEST(Serve, says_that_it_is_alive_and_ready_and_what_it_has_done) {
  House house;
  const auto herald = house.serve();
  EXPECT_EQ(house.get(kOperations, "/healthz").status, 200);
  const auto ready = json::parse(house.get(kOperations, "/readyz").body);
  EXPECT_TRUE(ready.at("ready").as_bool());
  std::vector<std::string> checks;
  for (const auto& check : ready.at("checks").as_array()) {
    checks.push_back(json::value_to<std::string>(check.at("name")));
  }
  EXPECT_THAT(checks, ::testing::Contains("figures"));
  EXPECT_EQ(checks.size(), 5u);
  EXPECT_EQ(house.get(kEdge, "/api/social-media/accounts").status, 401);
  const auto metrics = house.get(kOperations, "/metrics").body;
  for (const char* line : {"herald_connections ", "herald_worker_pass_age_ms ",
                           "herald_deliveries_total{state=\"published\"} 0\n",
                           "herald_http_answers_total{door=\"edge\",status=\"4xx\"} 1\n"}) {
    EXPECT_TRUE(metrics.contains(line)) << line << metrics;
  }
  EXPECT_FALSE(house.get(kEdge, "/metrics").body.contains("herald_connections"));
}

TEST(Serve, T30_the_operations_port_stays_on_this_machine) {
  House house;
  house.variables["HERALD_ADDRESS"] = "0.0.0.0";
  const auto herald = house.serve();
  EXPECT_EQ(listening_address(*herald, house.port(kOperations)), "0100007F");
  EXPECT_EQ(listening_address(*herald, house.port(kEdge)), "00000000");
}

TEST(Serve, a_second_one_on_the_same_folder_names_the_first) {
  House house;
  const auto first = house.serve();
  const auto before = house.variables;
  for (const char* door : kDoors) house.variables[door] = std::to_string(free_port());
  const auto second = house.run({"serve"});
  EXPECT_EQ(second.code, 1);
  EXPECT_TRUE(second.err.contains("process " + std::to_string(first->pid()))) << second.err;
  house.variables = before;
  EXPECT_EQ(house.get(kOperations, "/readyz").status, 200);
}

TEST(Serve, a_port_that_is_taken_is_named) {
  House house;
  for (const char* door : kDoors) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(house.port(door));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(socket, 1), 0);
    const auto ended = house.run({"serve"});
    ::close(socket);
    EXPECT_EQ(ended.code, 1) << door;
    EXPECT_TRUE(ended.err.contains(":" + house.variables[door])) << ended.err;
    EXPECT_FALSE(ended.err.contains("Sanitizer")) << ended.err;
  }
}

TEST(Serve, somebody_added_beside_it_signs_in_at_once) {
  House house;
  const auto herald = house.serve();
  EXPECT_EQ(house.sign_in(), "");
  const auto added = house.add_user("Mia@Bakery.test");
  EXPECT_EQ(added.code, 0) << added.err;
  EXPECT_NE(house.sign_in(), "");
  const auto again = house.add_user();
  EXPECT_EQ(again.code, 1);
  EXPECT_FALSE((added.out + added.err + again.err).contains(kPassword));
}

TEST(Serve, a_printed_token_is_good_and_other_peoples_are_not_printed) {
  House house;
  const auto herald = house.serve();
  ASSERT_EQ(house.add_user().code, 0);
  std::string token = house.run({"token", "--email", "MIA@bakery.test"}).out;
  ASSERT_FALSE(token.empty());
  token.pop_back();
  EXPECT_EQ(house.get(kGateway, "/api/auth/me", token).status, 200);
  EXPECT_EQ(house.get(kGateway, "/api/auth/me", token + "x").status, 401);
  EXPECT_EQ(house.run({"token", "--email", "nobody@bakery.test"}).code, 1);
}

TEST(Serve, V09_with_other_keys_it_refuses_before_it_listens) {
  House house;
  ASSERT_EQ(house.add_user().code, 0);
  const std::string right = house.variables["HERALD_VAULT_KEYS"];
  const std::string canary = file_text(house.data() + "/canary");
  std::string wrong = house.run({"keys", "new", "--id", "k1"}).out;
  wrong.pop_back();
  house.variables["HERALD_VAULT_KEYS"] = wrong;
  const auto refused = house.run({"serve"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_TRUE(refused.err.contains("not the ones")) << refused.err;
  for (const char* door : kDoors) EXPECT_FALSE(house.listens(door));
  EXPECT_EQ(file_text(house.data() + "/canary"), canary);
  house.variables["HERALD_VAULT_KEYS"] = right;
  EXPECT_NO_THROW(house.serve());
}

TEST(Serve, V13_its_memory_goes_into_no_core_file) {
  House house;
  const auto herald = house.serve();
  const std::string proc = "/proc/" + std::to_string(herald->pid());
  const std::string limits = file_text(proc + "/limits");
  const std::string line = limits.substr(limits.find("Max core file size"), 50);
  EXPECT_TRUE(line.contains(" 0 ")) << line;
  herald->signal(SIGQUIT);
  EXPECT_EQ(herald->wait(), -SIGQUIT);
  EXPECT_FALSE(herald->dumped_core());
}

}  // namespace
}  // namespace herald::program
