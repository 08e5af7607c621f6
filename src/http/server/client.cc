#include "http/server/client.h"

#include <boost/asio/dispatch.hpp>
#include <utility>

#include "http/server/call.h"

namespace herald::http {
namespace {

// A body on its way out, in the hands of whoever has it. On any thread.
class Outgoing final : public Client::Upload {
 public:
  Outgoing(std::weak_ptr<Loop> loop, std::shared_ptr<Call> call)
      : loop_(std::move(loop)), call_(std::move(call)) {}
  ~Outgoing() override {
    if (call_ == nullptr) return;
    on_loop([](Call& call) { call.cut(); }, std::move(call_));
  }
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;

  bool write(std::string_view) override { return false; }  // pass_on() takes them all.

  bool pass_on(std::string& piece, const std::function<void(bool)>& taken) override {
    on_loop([piece = std::move(piece),
             taken](Call& call) mutable { call.take(std::move(piece), std::move(taken)); },
            call_);
    return true;
  }

  void finish(Client::Heard heard) override {
    on_loop([heard = std::move(heard)](Call& call) mutable { call.finish(std::move(heard)); },
            std::move(call_));
  }

 private:
  template <class Act>
  void on_loop(Act act, std::shared_ptr<Call> call) {
    const auto loop = loop_.lock();
    if (!loop) return;
    net::dispatch(loop->io,
                  [act = std::move(act), call = std::move(call)]() mutable { act(*call); });
  }

  std::weak_ptr<Loop> loop_;
  std::shared_ptr<Call> call_;
};

}  // namespace

Client::Client(Server& server, std::vector<Place> places, ClientLimits limits) {
  const auto loop = server.loop();
  const auto core = std::make_shared<Core>(loop->io.get_executor(), std::move(places), limits);
  loop->guests.push_back(core);
  loop_ = loop;
  core_ = core;
}

Client::~Client() = default;

void Client::send(Request request, Heard heard) {
  const auto loop = loop_.lock();
  const auto core = core_.lock();
  if (!loop || !core) return;
  auto call = std::make_shared<Call>(loop_, core, std::move(request), false);
  net::dispatch(loop->io, [call = std::move(call), heard = std::move(heard)]() mutable {
    call->finish(std::move(heard));
  });
}

std::shared_ptr<Client::Upload> Client::begin(Request head) {
  const auto core = core_.lock();
  if (!core) return std::make_shared<Outgoing>(loop_, nullptr);
  return std::make_shared<Outgoing>(loop_,
                                    std::make_shared<Call>(loop_, core, std::move(head), true));
}

}  // namespace herald::http
