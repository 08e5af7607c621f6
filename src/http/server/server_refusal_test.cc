// Requests that the server answers by itself, since no service can: each answer has a name, and the
// log has the same.
#include <boost/json/parse.hpp>
#include <stdexcept>

#include "http/server/server_rig.h"

namespace herald::http {
namespace {

struct Refused {
  std::string request_id;
  int status = 0;
  std::string code;
};

// A server that counts its names: "r1", "r2". Its faults are heard as the rig hears them.
class NamingRig {
 public:
  explicit NamingRig(ServerLimits limits = {}) : server(2, limits) {
    server.name_requests([this] { return "r" + std::to_string(++named); });
    server.on_refusal([this](const Server::Refusal& refusal) {
      const std::lock_guard lock(mutex_);
      refusals_.push_back(
          {std::string(refusal.request_id), refusal.status, std::string(refusal.code)});
    });
    server.on_fault([this](std::string_view what) {
      const std::lock_guard lock(mutex_);
      faults_.emplace_back(what);
    });
    port = server.listen("127.0.0.1", 0, service).value();
    server.start();
  }
  ~NamingRig() { server.drain(); }
  NamingRig(const NamingRig&) = delete;
  NamingRig& operator=(const NamingRig&) = delete;

  // Both are told before the answer is sent, so who has read that finds them here.
  std::vector<Refused> refusals() const {
    const std::lock_guard lock(mutex_);
    return refusals_;
  }
  std::string last_fault() const {
    const std::lock_guard lock(mutex_);
    return faults_.empty() ? "" : faults_.back();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Refused> refusals_;
  std::vector<std::string> faults_;

 public:
  std::atomic<int> named{0};
  ScriptedService service;
  Server server;
  std::uint16_t port = 0;
};

std::string id_in(const HttpAnswer& answer) {
  const auto body = boost::json::parse(answer.body).as_object();
  const auto* id = body.if_contains("request_id");
  return id == nullptr ? "" : std::string(id->as_string());
}

TEST(Refusal, WhatIsBrokenBeforeAnyServiceSeesItHasARequestIdThatTheLogHasToo) {
  ServerLimits limits;
  limits.head_time_max = std::chrono::milliseconds(40);
  NamingRig rig(limits);
  struct Case {
    std::string bytes;
    int status;
    const char* code;
  };
  const std::vector<Case> cases = {
      {"GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400, "malformed_request"},
      {"GET / HTTP/1.1\r\n\r\n", 400, "malformed_request"},
      {"GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 431,
       "head_too_large"},
      {"GET /" + std::string(9'000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414, "target_too_long"},
      {"GET / HTTP/1.1\r\nHost:", 408, "request_timeout"},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    HttpClient client(rig.port);
    client.try_send(cases[i].bytes);
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, cases[i].status);
    const std::string id = "r" + std::to_string(i + 1);
    EXPECT_EQ(id_in(answer), id) << answer.body;
    const auto heard = rig.refusals();
    ASSERT_EQ(heard.size(), i + 1);
    EXPECT_EQ(heard[i].request_id, id);
    EXPECT_EQ(heard[i].status, cases[i].status);
    EXPECT_EQ(heard[i].code, cases[i].code);
  }
  EXPECT_EQ(rig.service.admitted, 0);
}

TEST(Refusal, ABodyAtFaultIsRefusedUnderTheNameThatTheServiceGave) {
  NamingRig rig;
  rig.service.on_admit = [](Request& head) {
    head.id = "theirs";
    return Admission{{}, 4, nullptr};
  };
  const std::string chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const auto& [bytes, status] : std::vector<std::pair<std::string, int>>{
           {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345", 413},
           {chunked + "5\r\n12345\r\n0\r\n\r\n", 413},
           {chunked + "x\r\n", 400}}) {
    HttpClient client(rig.port);
    client.try_send(bytes);
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(id_in(answer), "theirs");
    EXPECT_EQ(rig.refusals().back().request_id, "theirs");
  }
  EXPECT_EQ(rig.named, 0);
}

TEST(Refusal, AServiceThatThrowsOrNeverAnswersIsA500WithTheSameNameInTheLog) {
  NamingRig rig;
  HttpClient client(rig.port);
  rig.service.on_admit = [](Request&) -> Admission { throw std::runtime_error("in admit"); };
  EXPECT_EQ(id_in(client.get("/")), "r1");
  EXPECT_EQ(rig.last_fault(), "in admit (request r1)");

  rig.service.on_admit = [](Request& head) {
    head.id = "theirs";
    return Admission{};
  };
  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply) {
    throw std::runtime_error("in serve");
  };
  EXPECT_EQ(id_in(client.get("/")), "theirs");
  EXPECT_EQ(rig.last_fault(), "in serve (request theirs)");

  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply) {};
  const auto dropped = client.get("/");
  EXPECT_EQ(dropped.status, 500);
  EXPECT_EQ(id_in(dropped), "theirs");

  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply reply) {
    Response split = text("x");
    split.headers.add("X", "a\r\nb");
    reply(std::move(split));
  };
  EXPECT_EQ(id_in(client.get("/")), "r2");
  EXPECT_EQ(rig.last_fault(), "an answer had an unsound header (request r2)");
}

}  // namespace
}  // namespace herald::http
