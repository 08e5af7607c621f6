#include "sandbox/twitter/side.h"

#include <functional>
#include <map>

#include "sandbox/twitter/control.h"
#include "sandbox/twitter/limits.h"
#include "sandbox/twitter/problem.h"
#include "sandbox/twitter/router.h"
#include "sandbox/twitter/tokens.h"

namespace herald::sandbox {

namespace twitter {

namespace {

constexpr std::int64_t kPostsInAQuarter = 100;

http::Response scripted_refusal(std::string_view name) {
  static const std::map<std::string_view, std::function<http::Response()>> all = {
      {"X5",
       [] {
         return oauth_error(400, "invalid_request", "Value passed for the token was invalid.");
       }},
      {"X4",
       [] {
         return oauth_error(401, "unauthorized_client", "Missing valid authorization header");
       }},
      {"X7", unauthorized},
      {"X8", app_only_forbidden},
      {"X9", not_permitted},
      {"X10", duplicate},
      {"X13", [] { return text_too_long(false); }},
      {"X16", [] { return bad_media("1900000000000000010"); }},
      {"X20", unknown_upload},
      {"X21", not_summoned},
      {"X24", no_credits},
      {"user-suspended", suspended},
      {"client-forbidden", client_forbidden},
      {"usage-capped", usage_capped},
      {"not-permitted", not_permitted},
      {"invalid-url", [] { return forbidden("The Tweet contains an invalid URL."); }}};
  const auto found = all.find(name);
  return found == all.end() ? http::Response{.status = 0} : found->second();
}

class TwitterSide final : public Side {
 public:
  explicit TwitterSide(World& world)
      : segments_(world.settings.data.empty() ? "" : world.settings.data + "/twitter-uploads"),
        state_(seeded_state()),
        x_{{world, "twitter"}, state_, segments_} {
    declare_switches(world.switches);
  }

  std::string name() const override { return "twitter"; }
  std::vector<NamedPlatform> platforms() const override { return {{"twitter", "X (Twitter)"}}; }

  std::vector<std::string> hosts() const override {
    return {"x.com", "twitter.com", "api.x.com", "api.twitter.com", "t.co", "pbs.twimg.com"};
  }

  Answer answer(const Call& call) override { return route(x_, call); }
  void settle() override { prune_tokens(x_); }
  Answer control(const Call& call) override { return twitter::control(x_, call); }

  http::Response rate_limited(const Call&) override {
    auto response = too_many(x_.choice("limit_answer") == "code88");
    for (const auto& header : used_up(x_, kPostsInAQuarter))
      response.headers.set(header.name, header.value);
    return response;
  }

  http::Response scripted(std::string_view name, const Call& call) override {
    return name == "X23" ? rate_limited(call) : scripted_refusal(name);
  }

  void spoil_token(const Call& call, std::string_view how) override {
    state_.spoil(carried_token(call), how);
  }

  std::string save() const override { return to_json(state_); }
  void load(std::string_view json) override { state_ = state_from(json); }
  void restart() override {
    state_ = seeded_state();
    segments_.clear();
  }

 private:
  Segments segments_;
  State state_;
  Context x_;
};

}  // namespace

}  // namespace twitter

std::unique_ptr<Side> make_twitter_side(World& world) {
  return std::make_unique<twitter::TwitterSide>(world);
}

}  // namespace herald::sandbox
