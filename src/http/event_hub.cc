#include "http/event_hub.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "http/flow_names.h"
#include "http/posts_json.h"

namespace herald::http {
namespace {

namespace json = boost::json;

constexpr int kToldAtOnce = 100;  // Then other work of the pool has its turn.
constexpr std::chrono::seconds kTryAgain{5};

std::string row_of(const Event& event) { return event.name + " " + event.id; }

// A flow is its beginner's alone; the rest is seen by whoever may see the row.
bool may_hear(const Caller& caller, const Event& event) {
  return event.name == "flow.updated" ? caller.user == event.user : caller.may_see(event.user);
}

std::string framed(const std::string& name, const json::object& data) {
  return "event: " + name + "\ndata: " + json::serialize(data) + "\n\n";
}

}  // namespace

class EventHub::Stream final : public BodyStream {
 public:
  Stream(Caller caller, std::function<bool()> still_good, const EventLimits& limits)
      : caller_(std::move(caller)),
        still_good_(std::move(still_good)),
        bytes_max_(limits.stream_bytes_max),
        beats_left_(limits.age_max / limits.beat) {}

  const Caller& caller() const { return caller_; }

  bool read(std::string& out) override {
    const std::lock_guard lock(mutex_);
    out += std::exchange(unread_, {});
    return !ended_;
  }

  void on_ready(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
  }

  void tell(std::string_view text) {
    change([&] {
      if (unread_.size() + text.size() <= bytes_max_) {
        unread_ += text;
      } else {
        unread_.clear();
        ended_ = true;
      }
    });
  }

  void end() {
    change([&] { ended_ = true; });
  }

  // False when the stream is over, and with the last beat it is.
  bool beat() {
    const bool good = !still_good_ || still_good_();
    bool goes_on = false;
    change([&] {
      ended_ = --beats_left_ <= 0 || !good;
      goes_on = !ended_;
      if (goes_on && unread_.empty()) unread_ = ":\n\n";
    });
    return goes_on;
  }

 private:
  template <class Change>
  void change(Change change) {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      if (ended_) return;
      change();
      wake = wake_;
    }
    if (wake) wake();
  }

  const Caller caller_;
  const std::function<bool()> still_good_;
  const std::size_t bytes_max_;
  std::mutex mutex_;  // Guards all below.
  Duration::rep beats_left_;
  // Says at once that the stream is open, and when to come back after its end (in ms).
  std::string unread_ = "retry: 1000\n\n";
  std::function<void()> wake_;
  bool ended_ = false;
};

EventHub::EventHub(Store& store, Executor& executor, const HostMap& hosts, EventLimits limits)
    : store_(store), executor_(executor), hosts_(hosts), limits_(limits) {}

Result<std::shared_ptr<BodyStream>> EventHub::subscribe(const Caller& caller,
                                                        std::function<bool()> still_good) {
  auto stream = std::make_shared<Stream>(caller, std::move(still_good), limits_);
  {
    const std::lock_guard lock(mutex_);
    auto& streams = streams_[caller.scope.customer()];
    std::erase_if(streams, [](const auto& weak) { return weak.expired(); });
    const auto own = std::ranges::count_if(streams, [&](const auto& weak) {
      const auto other = weak.lock();
      return other && other->caller().user == caller.user;
    });
    if (static_cast<std::size_t>(own) >= limits_.streams_per_user_max) {
      return std::unexpected(Error{ErrorKind::rate_limited,
                                   "Too many windows are following along. Close one.",
                                   {},
                                   kTryAgain,
                                   "too_many_streams"});
    }
    streams.push_back(stream);
  }
  beat_later(stream);
  return stream;
}

void EventHub::beat_later(std::weak_ptr<Stream> weak) {
  executor_.post_after(limits_.beat, [this, weak = std::move(weak)] {
    const auto stream = weak.lock();
    if (stream && stream->beat()) beat_later(stream);
  });
}

EventHub::Streams EventHub::watchers(const Event& event) {
  const auto found = streams_.find(event.customer);
  if (found == streams_.end()) return {};
  std::erase_if(found->second, [](const auto& weak) { return weak.expired(); });
  Streams watchers;
  for (const auto& weak : found->second) {
    auto stream = weak.lock();
    if (stream && may_hear(stream->caller(), event)) watchers.push_back(std::move(stream));
  }
  if (found->second.empty()) streams_.erase(found);
  return watchers;
}

std::vector<CustomerScope> EventHub::watched() {
  std::vector<CustomerScope> scopes;
  const std::lock_guard lock(mutex_);
  for (const auto& [customer, streams] : streams_) {
    for (const auto& weak : streams) {
      const auto stream = weak.lock();
      if (!stream) continue;
      scopes.push_back(stream->caller().scope);
      break;
    }
  }
  return scopes;
}

void EventHub::publish(Event event) {
  Streams lost;
  {
    const std::lock_guard lock(mutex_);
    auto interested = watchers(event);
    if (interested.empty()) return;
    if (waiting_.size() >= limits_.events_waiting_max) {
      lost = std::move(interested);
    } else if (waiting_rows_.insert(row_of(event)).second) {
      waiting_.push_back(std::move(event));
    }
    if (lost.empty() && std::exchange(telling_, true)) return;
  }
  for (const auto& stream : lost) stream->end();
  if (lost.empty()) executor_.post([this] { tell_waiting(); });
}

void EventHub::tell_waiting() {
  for (int told = 0; told < kToldAtOnce; ++told) {
    Event event;
    Streams streams;
    {
      const std::lock_guard lock(mutex_);
      telling_ = !waiting_.empty();
      if (!telling_) return;
      event = std::move(waiting_.front());
      waiting_.pop_front();
      waiting_rows_.erase(row_of(event));  // From here on a change is news again.
      streams = watchers(event);
    }
    if (streams.empty()) continue;
    const std::string text = words(event, streams.front()->caller().scope);
    for (const auto& stream : streams) stream->tell(text);
  }
  executor_.post([this] { tell_waiting(); });
}

// Empty when the row is gone: whoever took it away tells of that.
std::string EventHub::words(const Event& event, const CustomerScope& scope) {
  if (event.name == "delivery.updated") {
    const auto delivery = store_.find_delivery(scope, DeliveryId(event.id));
    if (!delivery) return {};
    const auto follow_ups = store_.follow_ups_of(scope, delivery->post);
    if (!follow_ups) return {};
    auto data = delivery_json(store_, hosts_, scope, *delivery, *follow_ups);
    data["post_id"] = delivery->post.value;
    return framed(event.name, data);
  }
  if (event.name == "flow.updated") {
    const auto flow = store_.find_flow(scope, FlowId(event.id));
    if (!flow) return {};
    return framed(event.name, {{"flow_id", event.id},
                               {"platform", flow->platform.value},
                               {"status", shown_status(flow->status)}});
  }
  if (event.name == "post.updated") return framed(event.name, {{"post_id", event.id}});
  if (event.name == "media.updated") return framed(event.name, {{"media_id", event.id}});
  if (event.name != "account.updated") return {};
  // A grant's change is one of every account that stands on it.
  std::string text;
  const auto accounts = store_.list_accounts(scope, event.user, std::nullopt);
  for (const auto& account : accounts.value_or(std::vector<Account>())) {
    if (account.grant.value == event.id) {
      text += framed(event.name, {{"account_id", account.id.value}});
    }
  }
  return text.empty() ? framed(event.name, {{"account_id", event.id}}) : text;
}

}  // namespace herald::http
