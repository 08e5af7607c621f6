// Names whose answers change or mix what may be reached with what may not (S-05). This file stands
// between the program and its name service: getaddrinfo() answers by a script here, and connect()
// notes where it was to go and lets nothing leave this machine.
#include <arpa/inet.h>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "net/address_guard.h"
#include "net/transport_rig.h"

namespace herald {
namespace {

using Answers = std::vector<std::string>;  // Of one question: numeric addresses, in order.

constexpr const char* kName = "rebound.herald.test";

struct Reached {
  std::string address;
  bool is_public = false;
};

// While one lives, kName has these answers; the last one stays.
class NameService {
 public:
  explicit NameService(std::vector<Answers> script) : script_(std::move(script)) {
    const std::lock_guard lock(mutex);
    current = this;
  }
  ~NameService() {
    const std::lock_guard lock(mutex);
    current = nullptr;
  }
  NameService(const NameService&) = delete;
  NameService& operator=(const NameService&) = delete;

  std::size_t asked() const {
    const std::lock_guard lock(mutex);
    return asked_;
  }
  std::vector<Reached> reached() const {
    const std::lock_guard lock(mutex);
    return reached_;
  }

  static std::optional<Answers> answers_for(const char* name) {
    const std::lock_guard lock(mutex);
    if (current == nullptr || name == nullptr || std::string(name) != kName) return {};
    const auto& script = current->script_;
    return script[std::min(current->asked_++, script.size() - 1)];
  }
  // False: nobody listens, so the call is none of ours.
  static bool note(const sockaddr& to) {
    const std::lock_guard lock(mutex);
    if (current == nullptr) return false;
    std::array<char, NI_MAXHOST> text{};
    const socklen_t size = to.sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    getnameinfo(&to, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
    current->reached_.push_back({text.data(), is_public(to)});
    return true;
  }

 private:
  static inline std::mutex mutex;  // Guards all; curl asks on threads of its own.
  static inline NameService* current = nullptr;
  const std::vector<Answers> script_;
  std::size_t asked_ = 0;
  std::vector<Reached> reached_;
};

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

int numeric(const std::string& address, const char* service, const addrinfo* hints,
            addrinfo** list) {
  addrinfo own = hints == nullptr ? addrinfo{} : *hints;
  own.ai_flags = AI_NUMERICHOST;
  return next<decltype(::getaddrinfo)>("getaddrinfo")(address.c_str(), service, &own, list);
}

}  // namespace
}  // namespace herald

extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** list) {
  const auto answers = herald::NameService::answers_for(name);
  if (!answers) {
    return herald::next<decltype(::getaddrinfo)>("getaddrinfo")(name, service, hints, list);
  }
  addrinfo** end = list;
  *list = nullptr;
  for (const auto& address : *answers) {
    if (herald::numeric(address, service, hints, end) != 0) continue;
    while (*end != nullptr) end = &(*end)->ai_next;
  }
  return *list == nullptr ? EAI_NONAME : 0;
}

extern "C" int connect(int socket, const sockaddr* to, socklen_t size) {
  const bool internet = to->sa_family == AF_INET || to->sa_family == AF_INET6;
  if (internet && herald::NameService::note(*to) && !herald::is_loopback(*to)) {
    errno = ENETUNREACH;
    return -1;
  }
  return herald::next<decltype(::connect)>("connect")(socket, to, size);
}

namespace herald {
namespace {

using testing::FaultServer;
using testing::http_answer;
using Arrival = Answer::Arrival;

constexpr auto kAnswering = [](FaultServer::Connection& connection) {
  while (!connection.read_request().empty()) connection.send(http_answer(200, "ok"));
};

std::string named(const FaultServer& server, const char* scheme) {
  return std::string(scheme) + "://" + kName + ":" + std::to_string(server.port());
}

// More would outlast the time to connect: curl pauses between two addresses.
Answers dozen_answers() {
  Answers answers;
  for (int i = 1; i < 12; ++i) answers.push_back("127.0.0." + std::to_string(i));
  answers.emplace_back("93.184.216.34");
  return answers;
}

TEST(Rebinding, S05_only_addresses_that_were_judged_public_are_connected_to) {
  struct Case {
    const char* what;
    Answers answers;
    std::size_t reached;
  };
  const std::vector<Case> cases = {
      {"loopback behind a public one", {"93.184.216.34", "127.0.0.1"}, 1},
      {"loopback before a public one", {"127.0.0.1", "93.184.216.34"}, 1},
      {"A and AAAA mixed", {"93.184.216.34", "::1", "2606:4700::1111", "127.0.0.1"}, 2},
      {"private and link-local", {"10.0.0.1", "169.254.169.254", "192.168.0.1"}, 0},
      {"IPv4 inside IPv6", {"::ffff:127.0.0.1", "::ffff:93.184.216.34", "64:ff9b::7f00:1"}, 0},
      {"a dozen answers", dozen_answers(), 1},
  };
  for (const auto& [what, answers, reached] : cases) {
    SCOPED_TRACE(what);
    FaultServer server(kAnswering);
    const NameService names({answers});
    TransportRig rig(named(server, "https"), TransportRig::quick(), false);
    EXPECT_EQ(rig.send(TransportRig::visible("hello")).answer.arrival, Arrival::nothing_sent);
    EXPECT_GE(names.asked(), 1u) << "the script was not asked";
    const auto all = names.reached();
    EXPECT_EQ(all.size(), reached);
    for (const auto& one : all) EXPECT_TRUE(one.is_public) << one.address;
    EXPECT_EQ(server.accepted(), 0u);
  }
}

TEST(Rebinding, S05_a_name_that_turns_to_this_machine_is_judged_again_each_time) {
  FaultServer server(kAnswering);
  const NameService names({{"93.184.216.34"}, {"127.0.0.1"}, {"::1"}, {"0.0.0.0"}});
  for (int call = 0; call < 4; ++call) {  // Each transport has its own memory of names.
    TransportRig rig(named(server, "https"), TransportRig::quick(), false);
    EXPECT_EQ(rig.send(TransportRig::call()).answer.arrival, Arrival::nothing_sent);
    EXPECT_EQ(rig.send(TransportRig::visible("hello")).answer.arrival, Arrival::nothing_sent);
  }
  EXPECT_GE(names.asked(), 4u);
  EXPECT_FALSE(names.reached().empty());
  for (const auto& one : names.reached()) EXPECT_EQ(one.address, "93.184.216.34");
  EXPECT_EQ(server.accepted(), 0u);
}

TEST(Rebinding, S05_a_sandbox_name_that_turns_to_the_world_reaches_this_machine_alone) {
  FaultServer server(kAnswering);
  const NameService names({{"8.8.8.8", "2606:4700::1111", "127.0.0.1"}, {"8.8.8.8"}});
  TransportRig here(named(server, "http"));
  EXPECT_EQ(here.send(TransportRig::call()).answer.status, 200);
  TransportRig away(named(server, "http"));
  EXPECT_EQ(away.send(TransportRig::call()).answer.arrival, Arrival::nothing_sent);
  for (const auto& one : names.reached()) EXPECT_EQ(one.address, "127.0.0.1");
  EXPECT_EQ(server.accepted(), 1u);
}

}  // namespace
}  // namespace herald
