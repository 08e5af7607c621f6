#include "sandbox/meta/side.h"

#include <algorithm>
#include <boost/json.hpp>
#include <deque>

#include "sandbox/meta/control.h"
#include "sandbox/meta/dialog.h"
#include "sandbox/meta/facebook.h"
#include "sandbox/meta/facebook_pages.h"
#include "sandbox/meta/instagram.h"
#include "sandbox/meta/instagram_login.h"
#include "sandbox/meta/instagram_pages.h"
#include "sandbox/meta/oauth.h"
#include "sandbox/meta/router.h"

namespace herald::sandbox {

namespace json = boost::json;

namespace meta {

namespace {

constexpr std::int64_t kUsageWindowMs = 3600 * 1000;
constexpr std::size_t kCallsAnHour = 20'000;

std::string app_usage(std::size_t percent) {
  return json::serialize(json::object{
      {"call_count", percent}, {"total_cputime", percent / 8}, {"total_time", percent * 3 / 20}});
}

std::string account_usage(const std::string& account, const char* type, std::size_t percent,
                          int regain_minutes) {
  return json::serialize(
      json::object{{account, json::array{{{"type", type},
                                          {"call_count", percent},
                                          {"total_cputime", percent / 5},
                                          {"total_time", percent * 9 / 50},
                                          {"estimated_time_to_regain_access", regain_minutes}}}}});
}

void declare_page_switches(Switches& switches) {
  switches.declare("meta.duplicate_status", "506",
                   "the same text within ten minutes: 506 (FB-05), 368 (1404082) or off");
  switches.declare("meta.photo_mb", "10", "largest photo of a Page in MB: 10 or 4 (FB-07)");
  switches.declare("meta.scrape_links", "off", "a link that cannot be fetched answers 1609005");
  switches.declare("meta.scheduled_photo_names_post", "on",
                   "a scheduled photo's answer has its post_id");
  switches.declare("meta.vertical_video_draft", "off",
                   "a vertical film sent to /videos ends as a draft");
  switches.declare("meta.story_post_id", "number", "post_id of a story: number or text (FB-21)");
  switches.declare("meta.offsets", "text", "offsets of the chunk protocol: text or number");
  switches.declare("meta.video_status_words", "live",
                   "bytes_transferred, errors (live) or bytes_transfered, error (guide)");
}

void declare_login_switches(Switches& switches) {
  switches.declare("meta.login_token_shape", "flat",
                   "Instagram Login's first token answer: flat or wrapped (IL-09)");
  switches.declare("meta.login_me_shape", "flat", "Instagram Login's /me: flat or wrapped");
  switches.declare("meta.login_error_type", "IGApiException",
                   "type of code 100 on graph.instagram.com");
  switches.declare("meta.login_revoke", "off", "DELETE /me/permissions with Instagram Login");
  switches.declare("meta.refresh_keeps_token", "on",
                   "a refresh of Instagram Login answers with the same token");
}

// Vectors that share one answer.
std::string_view vector_of(std::string_view name) {
  if (name == "FB-04") return "FB-03";
  for (const auto* other : {"FB-08", "FB-20", "FB-21", "FB-31", "FB-32"})
    if (name == other) return "FB-09";
  return name;
}

class MetaSide final : public Side {
 public:
  explicit MetaSide(World& world) : world_(world), state_(seeded_state()) {
    auto& switches = world.switches;
    switches.declare("meta.strict_parameters", "on", "unknown parameters are refused (100)");
    switches.declare("meta.require_proof", "off", "every call with a token needs appsecret_proof");
    switches.declare("meta.jpeg_only", "on", "PNG and WebP images are refused (IG-03)");
    switches.declare("meta.moov_first", "off", "a video's index must stand before its media");
    switches.declare("meta.permission_status", "403", "HTTP status of codes 4, 10 and 200");
    switches.declare("meta.refuse_video_at_once", "off",
                     "media_type=VIDEO alone is refused already at creation (2207067)");
    switches.declare("meta.offset_with_file_url", "off",
                     "rupload wants an offset header with file_url too (IG-29)");
    declare_page_switches(switches);
    declare_login_switches(switches);
  }

  std::string name() const override { return "meta"; }
  std::vector<NamedPlatform> platforms() const override {
    return {{"instagram", "Instagram"}, {"facebook", "Facebook"}};
  }

  std::vector<std::string> hosts() const override {
    return {"graph.facebook.com",   "graph-video.facebook.com",
            "rupload.facebook.com", "www.facebook.com",
            "m.facebook.com",       "web.facebook.com",
            "www.instagram.com",    "scontent.cdninstagram.com",
            "graph.instagram.com",  "api.instagram.com"};
  }

  Answer answer(const Call& call) override {
    if (call.host == "rupload.facebook.com")
      return call.path.starts_with("/video-upload/") ? upload_page_video(call, world_, state_)
                                                     : upload_bytes(call, world_, state_);
    if (call.host.ends_with("instagram.com") && call.path.starts_with("/oauth/authorize"))
      return instagram_dialog(call, world_, state_);
    if (call.host == "api.instagram.com") return token_endpoint(call);
    if (call.host == "www.instagram.com") return post_page(call, world_, state_);
    if (call.host == "scontent.cdninstagram.com") return file(call, world_, state_);
    if (call.host.starts_with("graph")) return answer_graph(call);
    if (call.path.ends_with("/dialog/oauth")) return login_dialog(call, world_, state_);
    return public_page(call, state_);
  }

  // Only Pages' posts come about by themselves; the rest is seen when it is asked for.
  void settle() override { settle_pages(world_, state_); }

  Answer control(const Call& call) override { return meta::control(call, world_, state_); }

  http::Response rate_limited(const Call& call) override {
    const auto account = account_of_path(state_, call.path);
    if (!page_of_path(state_, call.path).empty()) return scripted("FB-24", call);
    return scripted(account.empty() ? "M-21" : "IG-27", call);
  }

  http::Response scripted(std::string_view name, const Call& call) override {
    if (name == "FB-33") return json_answer(200, R"({"success":false})");
    if (auto response = instagram_scripted(name); response.status != 0) return response;
    const auto* refusal = find_refusal(vector_of(name));
    if (refusal == nullptr) return {.status = 0};
    const auto now = world_.clock.now();
    const auto parts = split(call.path, "/");
    std::vector<std::string> words = {call.get("creation_id")};
    if (name == "IG-26") words = {"get", parts.empty() ? "" : parts.back()};
    if (name == "M-13") words = {state_.apps.front().id};
    if (name == "M-10") {
      auto response = to_response(dead_token(Token{.dead = 463}, now));
      return response;
    }
    auto response = to_response(refuse(*refusal, words));
    if (name == "M-21") response.headers.set("X-App-Usage", app_usage(100));
    if (name == "IG-27")
      response.headers.set("X-Business-Use-Case-Usage",
                           account_usage(account_of_path(state_, call.path), "instagram", 100, 7));
    if (name == "FB-24")
      response.headers.set("X-Business-Use-Case-Usage",
                           account_usage(page_of_path(state_, call.path), "pages", 100, 7));
    return response;
  }

  void spoil_token(const Call& call, std::string_view how) override {
    auto text = call.get("access_token", call.get("fb_exchange_token"));
    const auto header = call.header("Authorization");
    if (text.empty() && header.find(' ') != header.npos) text = header.substr(header.find(' ') + 1);
    const auto found = state_.tokens.find(text);
    if (found == state_.tokens.end()) return;
    found->second.dead = 463;
    if (how != "revoke") return;
    found->second.dead = 458;
    const auto token = found->second;
    state_.kill_tokens(token.app, token.person, 458);
    state_.consents.erase(token.app + "/" + token.person);
  }

  std::string save() const override { return to_json(state_); }
  void load(std::string_view json) override { state_ = state_from(json); }
  void restart() override { state_ = seeded_state(); }

 private:
  Answer token_endpoint(const Call& call) {
    if (call.path == "/oauth/access_token") return instagram_exchange(call, world_, state_);
    return {.response = text_answer(404, "The sandbox has no such page.\n")};
  }

  Graph<Answer> answer_token(const Call& call) {
    if (call.host != kInstagramGraph) return exchange(call, world_, state_);
    return call.path == "/access_token" ? instagram_long_token(call, world_, state_)
                                        : instagram_refresh(call, world_, state_);
  }

  Answer answer_graph(const Call& call) {
    const auto version = version_in(call.path);
    const bool instagram = call.host == kInstagramGraph;
    const bool token = instagram
                           ? call.path == "/access_token" || call.path == "/refresh_access_token"
                           : call.path.ends_with("/oauth/access_token");
    auto answer = token ? answer_token(call) : answer_node(call);
    if (!answer && instagram)
      answer = std::unexpected(as_instagram(world_.switches, answer.error()));
    auto out = answer ? std::move(*answer) : Answer{.response = to_response(answer.error())};
    const auto served = serving_version(version, world_.clock.now());
    if (served) out.response.headers.set("facebook-api-version", *served);
    add_usage(call, out.response);
    return out;
  }

  Graph<Answer> answer_node(const Call& call) {
    auto graph = read_graph_call(call, world_, state_);
    if (!graph) return std::unexpected(std::move(graph).error());
    return route(*graph);
  }

  // Share of the app's calls in the last hour. Only scripted faults ever say 100.
  void add_usage(const Call& call, http::Response& response) {
    const auto now_ms = to_ms(world_.clock.now());
    while (!calls_ms_.empty() && calls_ms_.front() <= now_ms - kUsageWindowMs)
      calls_ms_.pop_front();
    calls_ms_.push_back(now_ms);
    const auto percent = std::min<std::size_t>(calls_ms_.size() * 100 / kCallsAnHour, 99);
    response.headers.set("X-App-Usage", app_usage(percent));
    if (const auto account = account_of_path(state_, call.path); !account.empty())
      response.headers.set("X-Business-Use-Case-Usage",
                           account_usage(account, "instagram", percent, 0));
    if (const auto page = page_of_path(state_, call.path); !page.empty())
      response.headers.set("X-Business-Use-Case-Usage", account_usage(page, "pages", percent, 0));
  }

  World& world_;
  State state_;
  std::deque<std::int64_t> calls_ms_;
};

}  // namespace

}  // namespace meta

std::unique_ptr<Side> make_meta_side(World& world) {
  return std::make_unique<meta::MetaSide>(world);
}

}  // namespace herald::sandbox
