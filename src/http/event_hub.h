// What changed, told to the people who may see it, as it changes: the Events port on one side, the
// bodies of server-sent event streams on the other. Nothing is replayed and the truth is in the
// store, so whoever cannot keep up is let go, connects again and reads anew.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "domain/result.h"
#include "domain/scope.h"
#include "http/server/message.h"
#include "ports/events.h"
#include "ports/executor.h"
#include "ports/host_map.h"
#include "ports/store.h"

namespace herald::http {

struct EventLimits {
  std::size_t stream_bytes_max = 256 * 1024;  // Not yet read by one client.
  std::size_t streams_per_user_max = 8;
  std::size_t events_waiting_max = 4096;  // Published and not yet put into words.
  Duration beat{15'000};                  // A comment, so that no proxy takes us for dead.
  Duration age_max{300'000};              // An access token's life.
};

// Safe from any thread. Must outlive the executor's work.
class EventHub final : public Events {
 public:
  EventHub(Store& store, Executor& executor, const HostMap& hosts, EventLimits limits = {});

  // Costs nearly nothing while nobody watches who may see it. Two events of one row that nobody has
  // heard of yet are one.
  void publish(Event event) override;

  // Dropping the stream ends the subscription. rate_limited: this user has enough streams.
  // `still_good` is asked on a worker at every beat, and may block; false ends the stream (T-21).
  Result<std::shared_ptr<BodyStream>> subscribe(const Caller& caller,
                                                std::function<bool()> still_good = {});

  // The customers of whom somebody follows along.
  std::vector<CustomerScope> watched();

 private:
  class Stream;
  using Streams = std::vector<std::shared_ptr<Stream>>;

  Streams watchers(const Event& event);  // Holds mutex_.
  void tell_waiting();
  std::string words(const Event& event, const CustomerScope& scope);
  void beat_later(std::weak_ptr<Stream> stream);

  Store& store_;
  Executor& executor_;
  const HostMap& hosts_;
  const EventLimits limits_;

  std::mutex mutex_;  // Guards all below.
  std::unordered_map<CustomerId, std::vector<std::weak_ptr<Stream>>> streams_;
  // Told in order by one worker at a time, so that the last word about a row is the newest.
  std::deque<Event> waiting_;
  std::unordered_set<std::string> waiting_rows_;
  bool telling_ = false;
};

}  // namespace herald::http
