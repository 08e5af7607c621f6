#include "program/slewed_clock.h"

#include <algorithm>
#include <utility>

namespace herald {
namespace {

constexpr int kSlewPart = 100;

}  // namespace

SlewedClock::SlewedClock(const Clock& wall, std::function<Duration()> uptime)
    : wall_(wall), uptime_(std::move(uptime)), asked_at_(uptime_()), said_(wall.now()) {}

Time SlewedClock::now() const {
  const std::scoped_lock lock(mutex_);
  const Duration passed = uptime_() - asked_at_;
  const Duration most = passed / kSlewPart;
  // Asked again within the smallest step, it waits until there is one to take.
  if (most == Duration{}) return said_ + passed;
  asked_at_ += passed;
  said_ += passed;
  said_ += std::clamp<Duration>(wall_.now() - said_, -most, most);
  return said_;
}

}  // namespace herald
