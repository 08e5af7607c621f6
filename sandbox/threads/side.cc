#include "sandbox/threads/side.h"

#include "sandbox/threads/control.h"
#include "sandbox/threads/endpoint.h"
#include "sandbox/threads/router.h"

namespace herald::sandbox {

namespace threads {

namespace {

class ThreadsSide final : public Side {
 public:
  explicit ThreadsSide(World& world) : state_(seeded_state()), x_{{world, "threads"}, state_} {
    declare_switches(world.switches);
  }

  std::string name() const override { return "threads"; }
  std::vector<NamedPlatform> platforms() const override { return {{"threads", "Threads"}}; }

  std::vector<std::string> hosts() const override {
    return {"graph.threads.net", "graph.threads.com", "threads.net",
            "threads.com",       "www.threads.net",   "www.threads.com"};
  }

  Answer answer(const Call& call) override { return route(x_, call); }
  void settle() override { state_.forget_old(x_.now_ms()); }
  Answer control(const Call& call) override { return threads::control(x_, call); }

  // Which of its codes the platform takes here nobody has recorded; 4 is Meta's own for an app.
  http::Response rate_limited(const Call&) override {
    return refuse(x_, {.code = 4, .message = "Application request limit reached", .transient = 1});
  }

  http::Response scripted(std::string_view name, const Call& call) override {
    return scripted_refusal(x_, name, call);
  }

  void spoil_token(const Call& call, std::string_view how) override {
    const auto found = state_.tokens.find(carried_token(call));
    if (found == state_.tokens.end()) return;
    if (how == "revoke")
      state_.revoke(found->second.profile);
    else
      found->second.expires_ms = x_.now_ms();
  }

  std::string save() const override { return to_json(state_); }
  void load(std::string_view json) override { state_ = state_from(json); }
  void restart() override { state_ = seeded_state(); }

 private:
  State state_;
  Context x_;
};

}  // namespace

}  // namespace threads

std::unique_ptr<Side> make_threads_side(World& world) {
  return std::make_unique<threads::ThreadsSide>(world);
}

}  // namespace herald::sandbox
