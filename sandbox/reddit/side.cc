#include "sandbox/reddit/side.h"

#include <functional>
#include <map>

#include "sandbox/reddit/bucket.h"
#include "sandbox/reddit/control.h"
#include "sandbox/reddit/limits.h"
#include "sandbox/reddit/posts.h"
#include "sandbox/reddit/refusal.h"
#include "sandbox/reddit/router.h"
#include "sandbox/reddit/tokens.h"

namespace herald::sandbox {

namespace reddit {

namespace {

constexpr std::int64_t kWindowSeconds = 600;

// A refusal inside a 200, or a community's requirement.
Wrong scripted_wrong(std::string_view name) {
  static const std::map<std::string_view, Wrong> all = {
      {"R14", {"SUBREDDIT_NOEXIST", "that subreddit doesn't exist", "sr"}},
      {"R15", {"NO_SELFS", "that subreddit doesn't allow text posts", "sr"}},
      {"R16", {"ALREADY_SUB", "that link has already been submitted", "url"}},
      {"R17",
       {"RATELIMIT", "you are doing that too much. try again in 8 minutes.", "ratelimit", 534.2}},
      {"R18",
       {.code = "SUBMIT_VALIDATION_FLAIR_REQUIRED",
        .text = "Your post must contain post flair.",
        .field = "flair",
        .requirement = true}},
      {"R19",
       {.code = "SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING",
        .text = "You may not have \"giveaway\" in your title. ",
        .field = "title",
        .requirement = true}},
      {"R26", {"GALLERIES_DISABLED", "Gallery posts aren't allowed in this subreddit", "sr"}},
      {"ratelimit",
       {"RATELIMIT",
        "Looks like you've been doing that a lot. Take a break for 15 minutes before trying again.",
        "ratelimit"}},
      {"subreddit-ratelimit",
       {"SUBREDDIT_RATELIMIT", "you are doing that too much. try again later.", ""}},
      {"user-required", {"USER_REQUIRED", "Please log in to do that.", ""}},
      {"captcha", {"BAD_CAPTCHA", "care to try these again?", "captcha"}},
      {"timeout", {"IN_TIMEOUT", "You can't do that while suspended.", ""}}};
  const auto found = all.find(name);
  return found == all.end() ? Wrong{} : found->second;
}

http::Response scripted_refusal(const Context& x, std::string_view name) {
  if (name == "R3") return wrong_client();
  if (name == "R4") return oauth_error(200, "invalid_grant");
  if (name == "R6") return plain_error(400);
  if (name == "R7") return bad_agent(x);
  if (name == "R8") return invalid_token(x);
  if (name == "R9") return insufficient_scope(x);
  if (name == "R20") return plain_error(403, "private");
  if (name == "R29") return plain_error(502);
  const auto wrong = scripted_wrong(name);
  if (wrong.code.empty()) return {.status = 0};
  return refused_content(x, wrong, true);
}

class RedditSide final : public Side {
 public:
  explicit RedditSide(World& world) : state_(seeded_state()), x_{{world, "reddit"}, state_} {
    declare_switches(world.switches);
  }

  std::string name() const override { return "reddit"; }
  std::vector<NamedPlatform> platforms() const override { return {{"reddit", "Reddit"}}; }

  std::vector<std::string> hosts() const override {
    return {"www.reddit.com",         "reddit.com",         "old.reddit.com",
            "oauth.reddit.com",       "i.redd.it",          "v.redd.it",
            "styles.redditmedia.com", "ws-sandbox.example", std::string(kImageBucket),
            std::string(kVideoBucket)};
  }

  Answer answer(const Call& call) override { return route(x_, call); }
  void settle() override {
    prune_tokens(x_);
    settle_posts(x_);
  }
  Answer control(const Call& call) override { return reddit::control(x_, call); }

  http::Response rate_limited(const Call& call) override {
    auto response = too_many(x_, call.host == "oauth.reddit.com", kWindowSeconds);
    response.headers.set("X-Ratelimit-Used", "1000");
    response.headers.set("X-Ratelimit-Remaining", "0.0");
    response.headers.set("X-Ratelimit-Reset", std::to_string(kWindowSeconds));
    return response;
  }

  http::Response scripted(std::string_view name, const Call& call) override {
    return name == "R27" ? rate_limited(call) : scripted_refusal(x_, name);
  }

  void spoil_token(const Call& call, std::string_view how) override {
    state_.spoil(carried_token(call), how);
  }

  std::string save() const override { return to_json(state_); }
  void load(std::string_view json) override { state_ = state_from(json); }
  void restart() override { state_ = seeded_state(); }

 private:
  State state_;
  Context x_;
};

}  // namespace

}  // namespace reddit

std::unique_ptr<Side> make_reddit_side(World& world) {
  return std::make_unique<reddit::RedditSide>(world);
}

}  // namespace herald::sandbox
