#include "program/counted.h"

#include <algorithm>
#include <utility>

#include "domain/delivery.h"
#include "net/assembly.h"

namespace herald {
namespace {

std::string status_class(int status) { return std::to_string(status / 100) + "xx"; }

std::string outcome_of(const Answer& answer) {
  switch (answer.arrival) {
    case Answer::Arrival::nothing_sent:
      return "nothing_sent";
    case Answer::Arrival::maybe_sent:
      return "maybe_sent";
    case Answer::Arrival::answered:
      break;
  }
  return status_class(answer.status);
}

// A platform may name an address to go on at; only its own hosts are few.
std::string host_label(const Dispatch& dispatch) {
  const std::string host = host_of(dispatch.call.url);
  const bool own = std::ranges::find(dispatch.token_hosts, host) != dispatch.token_hosts.end();
  return own ? host : "other";
}

class UnderWay {
 public:
  explicit UnderWay(std::atomic<int>& count) : count_(count) { ++count_; }
  ~UnderWay() { --count_; }
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

 private:
  std::atomic<int>& count_;
};

}  // namespace

void CountedTransport::send(Dispatch dispatch, std::function<void(Received)> done) {
  auto host = "host=\"" + host_label(dispatch) + "\"";
  behind_.send(std::move(dispatch),
               [this, host = std::move(host), done = std::move(done),
                guard = std::make_shared<UnderWay>(under_way_)](Received received) {
                 calls_.add(host + ",outcome=\"" + outcome_of(received.answer) + "\"");
                 done(std::move(received));
               });
}

CountedEvents::CountedEvents(Events& behind) : behind_(behind) {
  for (const auto state : {DeliveryState::published, DeliveryState::failed, DeliveryState::parked,
                           DeliveryState::unknown, DeliveryState::review, DeliveryState::missed}) {
    deliveries_.add(std::string("state=\"") + name_of(state) + "\"", 0);
  }
}

void CountedEvents::publish(Event event) {
  if (!event.moved_to.empty()) deliveries_.add("state=\"" + event.moved_to + "\"");
  if (!event.refused_by.empty()) {
    drift_.add("platform=\"" + event.refused_by + "\",code=\"" + event.refused_as + "\"");
  }
  behind_.publish(std::move(event));
}

CountedService::CountedService(http::Service& behind, std::string door, Counter& answers)
    : behind_(behind), answers_(answers) {
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    labels_[i] = "door=\"" + door + "\",status=\"" + status_class(static_cast<int>(i) * 100) + "\"";
  }
}

http::Admission CountedService::admit(http::Request& head) {
  auto admission = behind_.admit(head);
  if (admission.refuse) count(*admission.refuse);
  return admission;
}

void CountedService::serve(http::Request request, std::shared_ptr<http::BodySink> sink,
                           http::Reply reply) {
  behind_.serve(std::move(request), std::move(sink),
                http::Reply([this, reply = std::move(reply)](http::Response response) {
                  count(response);
                  reply(std::move(response));
                }));
}

void CountedService::count(const http::Response& response) const {
  const int first_digit = std::clamp(response.status / 100, 0, 5);
  answers_.add(labels_[static_cast<std::size_t>(first_digit)]);
}

}  // namespace herald
