#include "sandbox/tiktok/side.h"

#include <algorithm>
#include <array>
#include <map>

#include "sandbox/tiktok/control.h"
#include "sandbox/tiktok/oauth.h"
#include "sandbox/tiktok/refusal.h"
#include "sandbox/tiktok/router.h"
#include "sandbox/tiktok/tasks.h"
#include "sandbox/tiktok/tokens.h"

namespace herald::sandbox {

namespace tiktok {

namespace {

struct OAuthRefusal {
  std::string_view error;
  std::string_view description;
};

const std::map<std::string_view, OAuthRefusal> kOAuthRefusals = {
    {"TT4", {"invalid_request", "Code verifier or code challenge is invalid."}},
    {"TT5", {"invalid_request", "Code verifier or code challenge is invalid."}},
    {"TT6", {"invalid_grant", "Authorization code is expired."}},
    {"TT7", {"invalid_request", "Redirect_uri is not matched with the uri when requesting code."}},
    {"TT8", {"invalid_grant", "Refresh token is invalid or expired."}},
    {"TT9", {"invalid_client", "Client key or secret is incorrect."}},
    {"TT10", {"invalid_request", "The request parameters are malformed."}}};

const std::map<std::string_view, std::string_view> kRefusals = {
    {"TT11", "scope_not_authorized"},
    {"TT12", "access_token_invalid"},
    {"TT13", "privacy_level_option_mismatch"},
    {"TT14", "unaudited_client_can_only_post_to_private_accounts"},
    {"TT15", "invalid_param"},
    {"TT21", "invalid_param"},
    {"TT22", "url_ownership_unverified"},
    {"TT23", "rate_limit_exceeded"},
    {"TT24", "spam_risk_too_many_posts"},
    {"TT25", "token_not_authorized_for_specified_publish_id"},
    {"TT27", "invalid_param"},
    {"TT28", "access_token_invalid"},
    {"TT29", "spam_risk_too_many_pending_share"}};

const std::map<std::string_view, int> kUploadRefusals = {
    {"TT16", 416}, {"TT17", 400}, {"TT18", 403}, {"TT19", 404}};

constexpr std::array<std::string_view, 10> kOAuthErrors = {
    "access_denied",          "invalid_client",
    "invalid_grant",          "invalid_request",
    "invalid_scope",          "unauthorized_client",
    "unsupported_grant_type", "unsupported_response_type",
    "server_error",           "temporarily_unavailable"};

class TikTokSide final : public Side {
 public:
  explicit TikTokSide(World& world)
      : chunks_(world.settings.data.empty() ? "" : world.settings.data + "/tiktok-uploads"),
        state_(seeded_state()),
        x_{{world, "tiktok"}, state_, chunks_} {
    declare_switches(world.switches);
  }

  std::string name() const override { return "tiktok"; }
  std::vector<NamedPlatform> platforms() const override { return {{"tiktok", "TikTok"}}; }

  std::vector<std::string> hosts() const override {
    return {"www.tiktok.com", "open.tiktokapis.com", "open-upload.tiktokapis.com",
            "upload.us.tiktokapis.com", "p16-sign-va.tiktokcdn.com"};
  }

  Answer answer(const Call& call) override { return route(x_, limits_, call); }

  void settle() override {
    settle_tasks(x_);
    prune_tokens(x_);
  }

  Answer control(const Call& call) override { return tiktok::control(x_, call); }

  http::Response rate_limited(const Call&) override { return refusal("rate_limit_exceeded"); }

  http::Response scripted(std::string_view name, const Call&) override {
    std::string plain(name);
    std::erase(plain, '-');
    if (const auto found = kOAuthRefusals.find(plain); found != kOAuthRefusals.end())
      return oauth_refusal(x_, found->second.error, found->second.description);
    if (const auto found = kUploadRefusals.find(plain); found != kUploadRefusals.end())
      return {.status = found->second};
    if (std::ranges::find(kOAuthErrors, name) != kOAuthErrors.end())
      return oauth_refusal(x_, name, "As the script asked.");
    const auto found = kRefusals.find(plain);
    return refusal(found == kRefusals.end() ? name : found->second);
  }

  void spoil_token(const Call& call, std::string_view how) override {
    state_.spoil(carried_token(call), how);
  }

  std::string save() const override { return to_json(state_); }
  void load(std::string_view json) override { state_ = state_from(json); }
  void restart() override {
    state_ = seeded_state();
    limits_.clear();
    chunks_.clear();
  }

 private:
  Segments chunks_;
  State state_;
  Limits limits_;
  Context x_;
};

}  // namespace

}  // namespace tiktok

std::unique_ptr<Side> make_tiktok_side(World& world) {
  return std::make_unique<tiktok::TikTokSide>(world);
}

}  // namespace herald::sandbox
