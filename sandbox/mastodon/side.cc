#include "sandbox/mastodon/side.h"

#include "sandbox/mastodon/control.h"
#include "sandbox/mastodon/endpoint.h"
#include "sandbox/mastodon/posts.h"
#include "sandbox/mastodon/refusal.h"
#include "sandbox/mastodon/router.h"

namespace herald::sandbox {

namespace mastodon {

namespace {

States seeded_states() {
  States states;
  for (const auto host : {kHost, kOtherHost}) states.emplace(std::string(host), seeded_state(host));
  return states;
}

class MastodonSide final : public Side {
 public:
  explicit MastodonSide(World& world) : world_(world), states_(seeded_states()) {
    declare_switches(world.switches);
  }

  std::string name() const override { return "mastodon"; }
  std::vector<NamedPlatform> platforms() const override { return {{"mastodon", "Mastodon"}}; }
  std::vector<std::string> hosts() const override {
    return {std::string(kHost), std::string(kOtherHost)};
  }

  Answer answer(const Call& call) override {
    auto x = context(call.host);
    return route(x, call);
  }
  void settle() override {
    for (auto& [host, state] : states_) {
      auto x = context(host);
      state.forget_old(x.now_ms());
      post_scheduled(x);
    }
  }
  Answer control(const Call& call) override {
    auto x = context(call.get("host"));
    return mastodon::control(x, call);
  }
  http::Response rate_limited(const Call& call) override {
    return limit_answer(context(call.host), call);
  }
  http::Response scripted(std::string_view name, const Call& call) override {
    return scripted_refusal(context(call.host), name, call);
  }

  void spoil_token(const Call& call, std::string_view how) override {
    auto& state = context(call.host).state;
    const auto found = state.tokens.find(carried_token(call));
    if (found == state.tokens.end()) return;
    if (how == "revoke")
      state.revoke(found->second.account);
    else
      found->second.expired = true;
  }

  std::string save() const override { return to_json(states_); }
  void load(std::string_view json) override { states_ = states_from(json); }
  void restart() override { states_ = seeded_states(); }

 private:
  // Of a host that is not one of these: the first.
  Context context(const std::string& host) {
    const auto found = states_.find(host);
    return {{world_, "mastodon"},
            found == states_.end() ? states_.at(std::string(kHost)) : found->second};
  }

  World& world_;
  States states_;
};

}  // namespace

}  // namespace mastodon

std::unique_ptr<Side> make_mastodon_side(World& world) {
  return std::make_unique<mastodon::MastodonSide>(world);
}

}  // namespace herald::sandbox
