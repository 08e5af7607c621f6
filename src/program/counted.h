// Counts what passes through: calls to platforms, what becomes of deliveries, answers at a door.
// Each does nothing else to it.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>

#include "http/server/message.h"
#include "ports/events.h"
#include "ports/transport.h"
#include "program/counter.h"

namespace herald {

class CountedTransport final : public Transport {
 public:
  explicit CountedTransport(Transport& behind) : behind_(behind) {}
  void send(Dispatch dispatch, std::function<void(Received)> done) override;
  std::optional<Time> last_date(std::string_view url) const override {
    return behind_.last_date(url);
  }

  // Calls that were sent and whose answers are not dealt with yet.
  int under_way() const { return under_way_; }
  std::string text() const { return calls_.text(); }

 private:
  Transport& behind_;
  Counter calls_{"herald_platform_calls_total", "Calls to platforms by host and what came back."};
  std::atomic<int> under_way_ = 0;
};

class CountedEvents final : public Events {
 public:
  explicit CountedEvents(Events& behind);
  void publish(Event event) override;
  std::string text() const { return deliveries_.text() + drift_.text(); }

 private:
  Events& behind_;
  Counter deliveries_{"herald_deliveries_total", "Deliveries by the state that they came to."};
  Counter drift_{"herald_rule_drift_total",
                 "Posts that a platform refused though Herald's rules allow them, by its code."};
};

class CountedService final : public http::Service {
 public:
  // Its answers are added to `answers` with this door's name.
  CountedService(http::Service& behind, std::string door, Counter& answers);
  bool is_brief(const http::Request& head) const override { return behind_.is_brief(head); }
  http::Admission admit(http::Request& head) override;
  void serve(http::Request request, std::shared_ptr<http::BodySink> sink,
             http::Reply reply) override;

 private:
  void count(const http::Response& response) const;

  http::Service& behind_;
  std::array<std::string, 6> labels_;  // By the first digit of the status.
  Counter& answers_;
};

}  // namespace herald
