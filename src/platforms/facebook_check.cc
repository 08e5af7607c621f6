// Rules of Facebook that the data of its spec cannot say.
#include "domain/check.h"
#include "platforms/facebook.h"
#include "platforms/steps.h"

namespace herald::facebook_flows {
namespace {

using namespace std::chrono_literals;

constexpr const char* kPosts = "https://developers.facebook.com/docs/pages-api/posts";

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    link();
    publish_at();
    video();
    shown();
    return std::move(found_);
  }

 private:
  void add(const char* rule, const char* field, std::string message,
           Violation::Severity severity = Violation::Severity::error) {
    found_.push_back({rule, field, std::move(message), {}, {}, kPosts, severity});
  }

  void link() {
    const auto text = text_of(input_.options, "link");
    if (input_.kind != "link" || text.empty()) return;
    const bool web = text.starts_with("https://") || text.starts_with("http://");
    if (web && text.find_first_of(" \t\r\n") == text.npos) return;
    add("link.web", "options.link", "Give the whole address of a web page, with https://.");
  }

  std::int64_t days_ahead() const {
    const Limit* of_kind = find_limit(spec().limits, "publish_at.days." + input_.kind);
    return (of_kind != nullptr ? of_kind : find_limit(spec().limits, "publish_at.days"))->value;
  }

  void publish_at() {
    const auto text = text_of(input_.options, "publish_at");
    if (text.empty()) return;
    const auto at = time_of(text);
    if (!at) {
      add("publish_at.time", "options.publish_at", "Give the time as RFC 3339 with Z.");
    } else if (*at < input_.now + 10min) {
      add("publish_at.early", "options.publish_at",
          "Facebook wants this time to be at least 10 minutes from now.");
    } else if (const auto days = days_ahead(); *at > input_.now + 24h * days) {
      add("publish_at.late", "options.publish_at",
          "Facebook takes this at most " + std::to_string(days) +
              " days ahead. Schedule it in Herald instead.");
    }
    if (!text_of(input_.options, "first_comment").empty()) {
      add("publish_at.comment", "options.first_comment",
          "Facebook may take no comment before it has published the post. Comment later.",
          Violation::Severity::warning);
    }
  }

  void video() {
    if (!is_video(input_)) return;
    const MediaFacts& facts = input_.media.front().original;
    if (input_.kind == "video" && facts.height > facts.width) {
      add("video.upright", "media.0",
          "Facebook may keep an upright video as a draft. Post it as a reel instead.",
          Violation::Severity::warning);
    }
  }

  void shown() {
    const auto found = input_.looked_up.facts.find("is_published");
    if (found == input_.looked_up.facts.end() || found->second != "false") return;
    add("page.unpublished", "account",
        "This Page is not published: only its admins would see the post.",
        Violation::Severity::warning);
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::facebook_flows
