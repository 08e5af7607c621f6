// A running server with a service made of lambdas. For tests.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "http/server/server.h"
#include "testing/http_client.h"

namespace herald::http {

using testing::HttpAnswer;
using testing::HttpClient;

inline Response text(std::string body, int status = 200) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain");
  response.body = std::move(body);
  return response;
}

// Something that happens once, and that another thread waits for. Copies are the same event.
class Event {
 public:
  void happen() const { state_->set_value(); }
  void wait() const { future_.wait(); }

 private:
  std::shared_ptr<std::promise<void>> state_ = std::make_shared<std::promise<void>>();
  std::shared_future<void> future_ = state_->get_future().share();
};

// Answers "METHOD path?query body" unless told otherwise.
class ScriptedService : public Service {
 public:
  std::function<Admission(Request&)> on_admit = [](Request&) {
    Admission admission;
    admission.body_limit_bytes = 1024;
    return admission;
  };
  std::function<void(Request, std::shared_ptr<BodySink>, Reply)> on_serve =
      [](Request request, std::shared_ptr<BodySink>, Reply reply) {
        reply(text(request.method + " " + request.path + "?" + request.query + " " + request.body));
      };
  std::function<bool(const Request&)> on_is_brief = [](const Request&) { return false; };
  std::atomic<int> admitted{0};
  std::atomic<int> served{0};

  bool is_brief(const Request& head) const override { return on_is_brief(head); }
  Admission admit(Request& head) override {
    ++admitted;
    return on_admit(head);
  }
  void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) override {
    ++served;
    on_serve(std::move(request), std::move(sink), std::move(reply));
  }
};

// Set the service's lambdas before the first request.
class ServerRig {
 public:
  explicit ServerRig(ServerLimits limits = {}) : server(2, limits) {
    server.on_fault([this](std::string_view what) {
      const std::lock_guard lock(mutex_);
      faults_.emplace_back(what);
    });
    const auto opened = server.listen("127.0.0.1", 0, service);
    if (!opened) throw std::runtime_error(opened.error().message);
    port = *opened;
    server.start();
  }

  HttpClient connect() const { return HttpClient(port); }
  std::vector<std::string> faults() const {
    const std::lock_guard lock(mutex_);
    return faults_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> faults_;

 public:
  ScriptedService service;
  Server server;
  std::uint16_t port = 0;
};

}  // namespace herald::http
