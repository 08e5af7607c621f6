#include "sandbox/drip.h"

#include <memory>
#include <mutex>
#include <string>

namespace herald::sandbox {

namespace {

using Later = std::function<void(std::chrono::milliseconds, std::function<void()>)>;

class Drip final : public http::BodyStream, public std::enable_shared_from_this<Drip> {
 public:
  Drip(std::string body, std::size_t piece_bytes, std::chrono::milliseconds pause, Later later)
      : body_(std::move(body)),
        piece_bytes_(piece_bytes),
        pause_(pause),
        later_(std::move(later)) {}

  bool read(std::string& out) override {
    const std::lock_guard lock(mutex_);
    if (!due_) return true;
    due_ = false;
    out += body_.substr(at_, piece_bytes_);
    at_ += piece_bytes_;
    if (at_ >= body_.size()) return false;
    later_(pause_, [self = shared_from_this()] { self->come_due(); });
    return true;
  }

  void on_ready(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
  }

 private:
  void come_due() {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      due_ = true;
      wake = wake_;
    }
    if (wake) wake();
  }

  const std::string body_;
  const std::size_t piece_bytes_;
  const std::chrono::milliseconds pause_;
  const Later later_;
  std::mutex mutex_;
  std::function<void()> wake_;
  std::size_t at_ = 0;
  bool due_ = true;
};

}  // namespace

http::Response dripping(http::Response whole, std::size_t piece_bytes,
                        std::chrono::milliseconds pause, Later later) {
  if (whole.body.empty()) return whole;
  whole.stream =
      std::make_shared<Drip>(std::move(whole.body), piece_bytes, pause, std::move(later));
  whole.body.clear();
  return whole;
}

}  // namespace herald::sandbox
