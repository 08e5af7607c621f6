#include "sandbox/linkedin/side.h"

#include <functional>
#include <map>

#include "sandbox/linkedin/control.h"
#include "sandbox/linkedin/refusal.h"
#include "sandbox/linkedin/router.h"
#include "sandbox/linkedin/tokens.h"

namespace herald::sandbox {

namespace linkedin {

namespace {

constexpr std::string_view kSomePost = "urn:li:share:7300000000000000001";

http::Response scripted_refusal(const Context& x, std::string_view name) {
  using Make = std::function<http::Response()>;
  const std::map<std::string_view, Make> all = {
      {"L1", wrong_code},
      {"L2", unknown_code},
      {"L3", wrong_client},
      {"L4", [] { return missing_parameter("redirect_uri"); }},
      {"L6", revoked_token},
      {"L8", dead_refresh_token},
      {"L9", version_missing},
      {"L10", [] { return version_inactive("202401"); }},
      {"L11", invalid_token},
      {"L12", [] { return access_denied("partnerApiPostsExternal.CREATE.20260801"); }},
      {"L14", [&] { return missing_field(x, "/visibility"); }},
      {"L15", [] { return invalid_value("/visibility", "FRIENDS"); }},
      {"L16", [] { return too_long("/commentary", 3000); }},
      {"L18", media_waiting},
      {"L21", [] { return updating_failed("Part 0 has another id"); }},
      {"L22", invalid_video},
      {"L23", expired_upload},
      {"L24", [&] { return duplicate(x, kSomePost); }},
      {"L25", [&] { return no_activity(x); }},
      {"L26", [&] { return throttled(x, "APPLICATION_AND_MEMBER"); }},
      {"L30", unresolved_method},
      {"expired", [&] { return expired_token(x); }},
      {"media-failed", media_failed},
      {"conflict", [] { return refusal(409, "CONFLICT", "Conflict"); }},
      {"server", [] { return refusal(500, "INTERNAL_SERVER_ERROR", "Internal Server Error"); }}};
  const auto found = all.find(name);
  return found == all.end() ? http::Response{.status = 0} : found->second();
}

class LinkedInSide final : public Side {
 public:
  explicit LinkedInSide(World& world)
      : parts_(world.settings.data.empty() ? "" : world.settings.data + "/linkedin-uploads"),
        state_(seeded_state()),
        x_{{world, "linkedin"}, state_, parts_} {
    declare_switches(world.switches);
  }

  std::string name() const override { return "linkedin"; }
  std::vector<NamedPlatform> platforms() const override { return {{"linkedin", "LinkedIn"}}; }

  std::vector<std::string> hosts() const override {
    return {"www.linkedin.com", "api.linkedin.com", "media.licdn.com"};
  }

  Answer answer(const Call& call) override { return route(x_, call); }
  void settle() override { prune_tokens(x_); }
  Answer control(const Call& call) override { return linkedin::control(x_, call); }

  http::Response rate_limited(const Call&) override {
    return throttled(x_, "APPLICATION_AND_MEMBER");
  }

  http::Response scripted(std::string_view name, const Call&) override {
    return scripted_refusal(x_, name);
  }

  void spoil_token(const Call& call, std::string_view how) override {
    const auto found = state_.tokens.find(carried_token(call));
    if (found == state_.tokens.end()) return;
    found->second.expires_ms = std::min(found->second.expires_ms, x_.now_ms());
    if (how == "revoke") state_.grants.at(found->second.grant).ended = true;
  }

  std::string save() const override { return to_json(state_); }
  void load(std::string_view json) override { state_ = state_from(json); }
  void restart() override {
    state_ = seeded_state();
    parts_.clear();
  }

 private:
  Segments parts_;
  State state_;
  Context x_;
};

}  // namespace

}  // namespace linkedin

std::unique_ptr<Side> make_linkedin_side(World& world) {
  return std::make_unique<linkedin::LinkedInSide>(world);
}

}  // namespace herald::sandbox
