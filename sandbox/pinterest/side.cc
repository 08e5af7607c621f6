#include "sandbox/pinterest/side.h"

#include <algorithm>

#include "sandbox/pinterest/control.h"
#include "sandbox/pinterest/refusal.h"
#include "sandbox/pinterest/router.h"
#include "sandbox/query.h"

namespace herald::sandbox {

namespace pinterest {

namespace {

class PinterestSide final : public Side {
 public:
  explicit PinterestSide(World& world) : state_(seeded_state()), x_{{world, "pinterest"}, state_} {
    declare_switches(world.switches);
  }

  std::string name() const override { return "pinterest"; }
  std::vector<NamedPlatform> platforms() const override { return {{"pinterest", "Pinterest"}}; }

  std::vector<std::string> hosts() const override {
    return {std::string(kApiHost), std::string(kOtherApiHost), "www.pinterest.com",
            std::string(kPictureHost), std::string(kUploadHost)};
  }

  Answer answer(const Call& call) override { return route(x_, call); }
  void settle() override { state_.forget_old(x_.now_ms()); }
  Answer control(const Call& call) override { return pinterest::control(x_, call); }
  http::Response rate_limited(const Call&) override { return too_many(); }

  http::Response scripted(std::string_view name, const Call&) override {
    return scripted_refusal(x_, name);
  }

  void spoil_token(const Call& call, std::string_view how) override {
    const auto access = carried_token(call);
    state_.spoil(access.empty() ? form_field(call, "refresh_token") : access, how);
  }

  std::string save() const override { return to_json(state_); }
  void load(std::string_view json) override { state_ = state_from(json); }
  void restart() override { state_ = seeded_state(); }

 private:
  State state_;
  Context x_;
};

}  // namespace

}  // namespace pinterest

std::unique_ptr<Side> make_pinterest_side(World& world) {
  return std::make_unique<pinterest::PinterestSide>(world);
}

}  // namespace herald::sandbox
