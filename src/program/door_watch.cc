#include "program/door_watch.h"

#include <algorithm>
#include <utility>

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr auto kAskEvery = 500ms;
constexpr auto kTooOld = 5s;  // An answer takes two at most.

http::ClientLimits impatient() {
  http::ClientLimits limits;
  limits.connect_time_max = 1s;
  limits.answer_time_max = 2s;
  return limits;
}

}  // namespace

DoorWatch::DoorWatch(http::Server& server, std::vector<http::Place> places, std::string name,
                     std::string target, const Clock& clock, Executor& executor)
    : name_(std::move(name)),
      target_(std::move(target)),
      places_(places.size()),
      clock_(clock),
      executor_(executor),
      client_(server, std::move(places), impatient()) {}

void DoorWatch::start() { ask(); }

void DoorWatch::ask() {
  if (stopped_) return;
  http::Request question;
  question.method = "GET";
  question.target = target_;
  client_.send(std::move(question), [this](Result<http::Response> answer) {
    if (!answer) {
      hear(answer.error().detail);
    } else {
      hear(answer->status == 204 ? "" : "answers " + std::to_string(answer->status));
    }
    executor_.post_after(kAskEvery, [this] { ask(); });
  });
}

void DoorWatch::hear(std::string fault) {
  const std::lock_guard lock(mutex_);
  lately_.push_front(std::move(fault));
  if (lately_.size() > places_) lately_.pop_back();
  heard_at_ = clock_.now();
}

http::Check DoorWatch::check() const {
  const std::lock_guard lock(mutex_);
  if (lately_.empty()) return {name_, false, "was not heard of yet"};
  if (clock_.now() - heard_at_ > kTooOld) return {name_, false, "is silent"};
  const bool ready = std::ranges::any_of(lately_, &std::string::empty);
  return {name_, ready, ready ? "is ready" : lately_.front()};
}

}  // namespace herald
