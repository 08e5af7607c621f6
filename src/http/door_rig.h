// The three doors on real sockets, with everything behind them but the network and the disk's
// luck: a store in memory, the real crypto, a clock that is told the time, platforms that answer by
// script. For tests.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/jwt_access_tokens.h"
#include "http/gateway.h"
#include "http/services.h"
#include "ports/internal_assertions.h"
#include "ports/store.h"
#include "testing/fake_clock.h"
#include "testing/fake_transport.h"
#include "testing/http_client.h"

namespace herald::http {

namespace json = boost::json;
using testing::HttpAnswer;
using testing::HttpClient;
using testing::HttpHeaders;

inline constexpr const char* kPublicUrl = "https://herald.test";
inline constexpr const char* kSandboxedSite = "https://www.youtube.com";
inline constexpr const char* kSandboxUrl = "http://127.0.0.1:8099";
inline constexpr const char* kTokenSecret = "k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag";
inline constexpr const char* kPassword = "correct horse battery";

// Doors apart: between them is HTTP, as between processes. HERALD_TEST_DOORS=apart in the
// environment makes it so for every rig, so that one suite proves both ways.
bool doors_are_apart();

struct DoorOptions {
  GatewayLimits limits{};
  RateLimit sign_ins{10, std::chrono::seconds(60)};
  bool apart = doors_are_apart();
  std::uint64_t medium_bytes_max = 256 << 20;
  std::function<std::unique_ptr<Store>()> store{};  // One in memory where none is given.
};

// Someone who is signed in.
struct Person {
  Caller caller;
  std::string email;
  std::string token;
};

// One person's requests to one door, each on a connection of its own.
class Api {
 public:
  Api(std::uint16_t port, std::string token) : port_(port), token_(std::move(token)) {}
  HttpAnswer get(std::string_view target, HttpHeaders headers = {}) const;
  HttpAnswer post(std::string_view target, const json::value& body, HttpHeaders headers = {}) const;
  HttpAnswer remove(std::string_view target, HttpHeaders headers = {}) const;
  HttpAnswer send(std::string_view method, std::string_view target, std::string_view body = {},
                  HttpHeaders headers = {}) const;

 private:
  std::uint16_t port_;
  std::string token_;
};

// A connection on its way, as the browser holds it.
struct BegunFlow {
  HttpAnswer answer;
  std::string id;
  std::string auth_url;
  std::string state;
  std::string cookie;  // "name=value"
};

class DoorRig {
 public:
  explicit DoorRig(const DoorOptions& options = {});
  ~DoorRig();  // Fails the test if a door reported a fault.
  DoorRig(const DoorRig&) = delete;
  DoorRig& operator=(const DoorRig&) = delete;

  // alice and bob are members and amy is an admin of one customer; mallory is an admin of another.
  Person alice, bob, amy, mallory;

  std::uint16_t gateway = 0;
  std::uint16_t uploader = 0;
  std::uint16_t edge = 0;

  Api as(const Person& person) const { return {gateway, person.token}; }
  Api anyone() const { return {gateway, {}}; }
  Person signed_in(const std::string& email, const std::string& password = kPassword) const;

  testing::FakeClock& clock();
  Store& store();
  testing::FakeTransport& transport();
  const Services& services();
  Events& events();
  AccessTokens& tokens();
  InternalAssertions& assertions();
  void set_ready(bool ready);  // What the doors say of themselves.

  // Things that somebody has.
  Account account_of(const Person& person, const std::string& platform = "youtube");
  // Ready to be posted. The bytes begin with JPEG, VIDEO or PAPER, and that is what they are;
  // a star behind JPEG: it moves.
  std::string medium_of(const Person& person, const std::string& bytes = "JPEG photo");
  // A post of one video to an account, both new; it can be sent as it is.
  json::object draft_of(const Person& person);
  std::string post_of(const Person& person);
  std::string begin_upload(const Person& person, std::size_t bytes,
                           const std::string& filename = "a.jpg") const;

  // Connecting, step by step. The platforms' consent and token answers are scripted.
  BegunFlow begin_flow(const Person& person, const std::string& platform) const;
  HttpAnswer call_back(const std::string& platform, const std::string& query,
                       const std::string& cookie) const;
  HttpAnswer finish(const Person& person, const std::string& platform, const std::string& flow_id,
                    const std::string& cookie) const;
  std::size_t token_calls();  // How often a code was sent to a platform.

 private:
  struct World;
  std::unique_ptr<World> world_;
};

json::value json_of(const HttpAnswer& answer);
// The problem's code; "" if the body is no problem.
std::string code_of(const HttpAnswer& answer);
// The whole answer as text, without its date and request id.
std::string blanked(const HttpAnswer& answer);

// Polls until it holds. Throws after ten seconds.
void wait_until(const std::function<bool()>& holds);

}  // namespace herald::http
