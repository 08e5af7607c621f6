// The body of an answer on its way through: filled on the loop thread, read on workers.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::http {

class Incoming final : public BodyStream {
 public:
  // `on_room`, from any thread: what full() said is over. `on_left`: nobody reads any more.
  Incoming(std::size_t bytes_max, std::function<void()> on_room, std::function<void()> on_left)
      : bytes_max_(bytes_max), on_room_(std::move(on_room)), on_left_(std::move(on_left)) {}
  ~Incoming() override { on_left_(); }
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;

  // False: full, and on_room will be called.
  bool add(std::string_view piece) {
    return change([&] {
      unread_ += piece;
      waited_for_ = unread_.size() >= bytes_max_;
    });
  }
  void end(bool broken) {
    change([&] {
      ended_ = true;
      broken_ = broken;
    });
  }

  bool read(std::string& out) override {
    bool room = false, more = false;
    {
      const std::lock_guard lock(mutex_);
      out += std::exchange(unread_, {});
      room = std::exchange(waited_for_, false);
      more = !ended_;
    }
    if (room) on_room_();
    return more;
  }
  void on_ready(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
  }
  bool broken() const override {
    const std::lock_guard lock(mutex_);
    return broken_;
  }

 private:
  template <class Change>
  bool change(Change what) {
    std::function<void()> wake;
    bool room = false;
    {
      const std::lock_guard lock(mutex_);
      what();
      wake = wake_;
      room = !waited_for_;
    }
    if (wake) wake();
    return room;
  }

  const std::size_t bytes_max_;
  const std::function<void()> on_room_;
  const std::function<void()> on_left_;
  mutable std::mutex mutex_;  // Guards all below.
  std::string unread_;
  std::function<void()> wake_;
  bool waited_for_ = false;
  bool ended_ = false;
  bool broken_ = false;
};

}  // namespace herald::http
