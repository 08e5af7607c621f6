#include "sandbox/google/side.h"

#include "sandbox/google/caller.h"
#include "sandbox/google/control.h"
#include "sandbox/google/fault.h"
#include "sandbox/google/router.h"
#include "sandbox/google/tokens.h"
#include "sandbox/google/upload.h"
#include "sandbox/google/video.h"

namespace herald::sandbox {

namespace google {

namespace {

void declare_switches(Switches& switches) {
  const auto declare = [&](std::string name, std::string value, std::string meaning) {
    switches.declare("google." + std::move(name), std::move(value), std::move(meaning));
  };
  declare("audited", "on",
          "the project has passed the API audit; off: videos stay private (YU-24)");
  declare("testing_mode", "off", "refresh tokens live seven days (YO-08)");
  declare("channel", "present", "none_401 or none_empty: the account has no channel (YU-03)");
  declare("long_uploads", "allowed", "longUploadsStatus; else videos end at 15 minutes");
  declare("strict_chunks", "on", "off: odd chunks are stored down to a multiple (YU-13)");
  declare("gone_status", "404", "HTTP status of an unknown upload session, 404 or 410 (YU-21)");
  declare("upload_status", "200", "HTTP status of a finished upload, 200 or 201");
  declare("list_delay", "0", "how often videos.list leaves a new video out (YU-27: 2)");
  declare("thumbnails", "allowed", "forbidden or limited: as YU-28");
  declare("insert_quota", "100", "video inserts a project may make in a Pacific day (YU-11)");
  declare("unit_quota", "10000", "units a project may use in a Pacific day");
  declare("channel_uploads", "100", "uploads a channel may make in a Pacific day (YU-12)");
}

// The token that a call carries: as a bearer, or as a parameter.
std::string carried_token(const Call& call) {
  const auto header = call.header("Authorization");
  if (const auto blank = header.find(' '); blank != header.npos && !header.starts_with("Basic "))
    return header.substr(blank + 1);
  for (const auto* name : {"refresh_token", "access_token", "token"})
    if (const auto* value = call.find(name)) return *value;
  return {};
}

Fault scripted_fault(std::string_view name) {
  if (name == "YU-01") return login_required();
  if (name == "YU-02") return invalid_credentials();
  if (name == "YU-03") return signup_required();
  if (name == "YU-04") return insufficient_scope("V3DataVideoService.Insert");
  if (name == "YU-11") return quota_exceeded();
  if (name == "YU-12") return upload_limit_exceeded();
  if (name == "YU-19") return backend_error();
  return {.code = 0};
}

class GoogleSide final : public Side {
 public:
  explicit GoogleSide(World& world)
      : directory_(world.settings),
        spool_(world.settings.data.empty() ? "" : world.settings.data + "/google-uploads"),
        google_{{world, "google"}, directory_, state_, spool_, key_} {
    declare_switches(world.switches);
  }

  std::string name() const override { return "google"; }
  std::vector<NamedPlatform> platforms() const override { return {{"youtube", "YouTube"}}; }

  std::vector<std::string> hosts() const override {
    return {"accounts.google.com",
            "oauth2.googleapis.com",
            "www.googleapis.com",
            "youtube.googleapis.com",
            "openidconnect.googleapis.com",
            "youtubeanalytics.googleapis.com",
            "www.youtube.com",
            "youtu.be",
            "i.ytimg.com",
            "yt3.ggpht.com"};
  }

  Answer answer(const Call& call) override { return route(google_, call); }

  void settle() override {
    settle_videos(google_);
    prune_tokens(google_);
    prune_uploads(google_);
  }

  Answer control(const Call& call) override { return google::control(google_, call); }

  http::Response rate_limited(const Call&) override {
    return to_response(Fault{.code = 429,
                             .message = "Resource has been exhausted (e.g. check quota).",
                             .reason = "rateLimitExceeded",
                             .status = "RESOURCE_EXHAUSTED"});
  }

  http::Response scripted(std::string_view name, const Call&) override {
    if (name == "YU-21") return text_answer(404, "Not Found");
    if (name == "YO-08")
      return json_answer(400, R"({"error":"invalid_grant",)"
                              R"("error_description":"Token has been expired or revoked."})");
    const auto fault = scripted_fault(name);
    return fault.code == 0 ? http::Response{.status = 0} : to_response(fault);
  }

  void spoil_token(const Call& call, std::string_view how) override {
    const auto value = carried_token(call);
    for (auto* tokens : {&state_.access_tokens, &state_.refresh_tokens}) {
      const auto found = tokens->find(value);
      if (found == tokens->end()) continue;
      const auto token = found->second;
      found->second.dead = true;
      if (how == "revoke") forget_grant(state_, token.app, token.channel);
    }
  }

  std::string save() const override { return to_json(state_); }
  void load(std::string_view json) override { state_ = state_from(json); }
  void restart() override {
    state_ = {};
    spool_.clear();
  }

 private:
  Directory directory_;
  State state_;
  Spool spool_;
  SigningKey key_;
  Context google_;
};

}  // namespace

}  // namespace google

std::unique_ptr<Side> make_google_side(World& world) {
  return std::make_unique<google::GoogleSide>(world);
}

}  // namespace herald::sandbox
