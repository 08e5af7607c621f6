#include "program/counted.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace herald {
namespace {

// Keeps what it is asked to do, and does it when told.
class HeldTransport final : public Transport {
 public:
  void send(Dispatch, std::function<void(Received)> done) override {
    held.push_back(std::move(done));
  }
  std::optional<Time> last_date(std::string_view) const override { return from_ms(7); }
  void answer(Answer answer) {
    auto done = std::move(held.back());
    held.pop_back();
    done({std::move(answer), {}});
  }
  std::vector<std::function<void(Received)>> held;
};

class HeardEvents final : public Events {
 public:
  void publish(Event event) override { heard.push_back(std::move(event)); }
  std::vector<Event> heard;
};

class Echo final : public http::Service {
 public:
  http::Admission admit(http::Request& head) override {
    http::Response refusal;
    refusal.status = 401;
    if (head.path == "/refused") return {refusal, 0, nullptr};
    return {};
  }
  void serve(http::Request request, std::shared_ptr<http::BodySink>, http::Reply reply) override {
    http::Response response;
    response.status = request.path == "/bad" ? 404 : 200;
    reply(std::move(response));
  }
};

Dispatch dispatch_to(std::string url) {
  Dispatch dispatch;
  dispatch.call.url = std::move(url);
  dispatch.token_hosts = {"api.test"};
  return dispatch;
}

TEST(CountedTransport, counts_what_came_back_by_host) {
  HeldTransport network;
  CountedTransport counted(network);
  EXPECT_EQ(counted.last_date("https://a.example/"), from_ms(7));
  int told = 0;
  const auto ask = [&](std::string url, Answer answer) {
    counted.send(dispatch_to(std::move(url)), [&](Received) { ++told; });
    network.answer(std::move(answer));
  };
  ask("https://api.test/x", {.status = 201});
  ask("https://api.test/y", {.status = 429});
  ask("https://API.test/y", {.status = 404});
  ask("https://api.test/x", {.arrival = Answer::Arrival::maybe_sent});
  ask("https://api.test/x", {.arrival = Answer::Arrival::nothing_sent});
  ask("https://session-17.elsewhere.test/x", {.status = 200});
  EXPECT_EQ(told, 6);
  const std::string text = counted.text();
  for (const char* line :
       {"{host=\"api.test\",outcome=\"2xx\"} 1\n", "{host=\"api.test\",outcome=\"4xx\"} 2\n",
        "{host=\"api.test\",outcome=\"maybe_sent\"} 1\n",
        "{host=\"api.test\",outcome=\"nothing_sent\"} 1\n",
        "{host=\"other\",outcome=\"2xx\"} 1\n"}) {
    EXPECT_TRUE(text.contains(line)) << line << text;
  }
}

TEST(CountedTransport, knows_what_is_under_way_until_it_is_dealt_with) {
  HeldTransport network;
  CountedTransport counted(network);
  int seen_while_told = 0;
  counted.send(dispatch_to("https://api.test/"),
               [&](Received) { seen_while_told = counted.under_way(); });
  counted.send(dispatch_to("https://api.test/"), [](Received) {});
  EXPECT_EQ(counted.under_way(), 2);
  network.held.pop_back();  // Dropped unanswered, as at the end.
  EXPECT_EQ(counted.under_way(), 1);
  network.answer({});
  EXPECT_EQ(seen_while_told, 1);
  EXPECT_EQ(counted.under_way(), 0);
}

TEST(CountedEvents, counts_where_deliveries_come_to_and_passes_everything_on) {
  HeardEvents hub;
  CountedEvents counted(hub);
  counted.publish({CustomerId("c"), UserId("u"), "delivery.updated", "del_1", "post_1"});
  counted.publish(
      {CustomerId("c"), UserId("u"), "delivery.updated", "del_1", "post_1", "published"});
  counted.publish({CustomerId("c"), UserId("u"), "media.updated", "med_1", {}});
  EXPECT_EQ(hub.heard.size(), 3u);
  EXPECT_TRUE(counted.text().contains("{state=\"published\"} 1\n"));
  EXPECT_TRUE(counted.text().contains("{state=\"failed\"} 0\n"));
}

TEST(CountedEvents, counts_what_a_platform_refused_though_our_rules_allow_it) {
  HeardEvents hub;
  CountedEvents counted(hub);
  counted.publish({CustomerId("c"), UserId("u"), "delivery.updated", "del_1", "post_1", "failed"});
  EXPECT_FALSE(counted.text().contains("herald_rule_drift_total{")) << counted.text();
  counted.publish({CustomerId("c"), UserId("u"), "delivery.updated", "del_1", "post_1", "failed",
                   "toy", "caption_too_long"});
  EXPECT_TRUE(counted.text().contains(
      "herald_rule_drift_total{platform=\"toy\",code=\"caption_too_long\"} 1\n"))
      << counted.text();
}

TEST(CountedService, counts_refusals_and_answers_by_class) {
  Echo echo;
  Counter answers("herald_http_answers_total", "x");
  CountedService door(echo, "edge", answers);
  std::vector<int> heard;
  const auto ask = [&](std::string path) {
    http::Request request;
    request.path = std::move(path);
    if (auto admission = door.admit(request); admission.refuse) return;
    door.serve(std::move(request), nullptr,
               http::Reply([&](http::Response r) { heard.push_back(r.status); }));
  };
  ask("/good");
  ask("/good");
  ask("/bad");
  ask("/refused");
  EXPECT_EQ(heard, (std::vector<int>{200, 200, 404}));
  EXPECT_TRUE(answers.text().contains("{door=\"edge\",status=\"2xx\"} 2\n"));
  EXPECT_TRUE(answers.text().contains("{door=\"edge\",status=\"4xx\"} 2\n"));
}

}  // namespace
}  // namespace herald
