// Rules of YouTube that the data of its spec cannot say.
#include <algorithm>

#include "domain/check.h"
#include "domain/text.h"
#include "platforms/steps.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

constexpr std::int64_t kTitleMax = 100;
constexpr std::int64_t kTagsMax = 500;
constexpr std::int64_t kUnverifiedMaxMs = 15 * 60 * 1000;
constexpr std::int64_t kShortMaxMs = 3 * 60 * 1000;
constexpr const char* kSource = "https://developers.google.com/youtube/v3/docs/videos";

// The shape of BCP 47: letters, then subtags.
bool is_language_tag(std::string_view text) {
  for (std::size_t part = 0; !text.empty(); ++part) {
    const auto end = std::min(text.find('-'), text.size());
    const auto subtag = text.substr(0, end);
    const bool letters = std::ranges::all_of(subtag, [&](char c) {
      const bool digit = c >= '0' && c <= '9';
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (digit && part > 0);
    });
    if (!letters || subtag.empty() || subtag.size() > 8 || (part == 0 && subtag.size() == 1)) {
      return false;
    }
    text.remove_prefix(end);
    if (text == "-") return false;
    if (!text.empty()) text.remove_prefix(1);
  }
  return true;
}

bool has_brackets(const std::string& text) { return text.find_first_of("<>") != text.npos; }

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    title();
    description();
    tags();
    video();
    captions();
    publish_at();
    kids();
    return std::move(found_);
  }

 private:
  using Severity = Violation::Severity;

  void add(const char* rule, const char* field, std::string message, std::string limit = {},
           std::string actual = {}, Severity severity = Severity::error) {
    found_.push_back(
        {rule, field, std::move(message), std::move(limit), std::move(actual), kSource, severity});
  }

  void title() {
    const auto text = text_of(input_.options, "title");
    if (has_brackets(text))
      add("title.brackets", "options.title", "Remove < and > from the title.");
    if (!text.empty() && text.find_first_not_of(" \t\r\n") == text.npos) {
      add("title.blank", "options.title", "Write a title.");
    }
    const auto units = length(text, Counting::utf16_units).value_or(0);
    const auto points = length(text, Counting::code_points).value_or(0);
    if (units > kTitleMax && points <= kTitleMax) {
      add("title.utf16", "options.title",
          "YouTube may count emoji twice and find this title too long. Shorten it a little.", "100",
          std::to_string(units), Severity::warning);
    }
  }

  void description() {
    if (!has_brackets(input_.text)) return;
    add("description.brackets", "text", "Remove < and > from the description.");
  }

  void tags() {
    const auto total = tags_total(tags_of(input_.options, "tags"));
    if (total <= kTagsMax) return;
    add("tags.total", "options.tags",
        "Remove some tags: together they count " + std::to_string(total) +
            " of 500. A tag with a space counts two more, and a comma stands between tags.",
        "500", std::to_string(total));
  }

  void video() {
    if (input_.media.empty()) return;
    const MediaFacts& facts = input_.media.front().original;
    if (facts.size_bytes == 0) add("video.empty", "media.0", "The video file is empty.");
    if (facts.duration_ms > kUnverifiedMaxMs && !may_be_long()) {
      add("video.unverified", "media.0",
          "YouTube takes videos of more than 15 minutes only from verified channels. Verify the "
          "channel's phone number on YouTube, or use a shorter video.",
          "15 minutes", std::to_string(facts.duration_ms / 60'000) + " minutes");
    }
    const bool short_shape = facts.height >= facts.width && facts.width > 0;
    if (input_.kind == "video" && short_shape && facts.duration_ms > 0 &&
        facts.duration_ms <= kShortMaxMs) {
      add("video.short", "media.0",
          "YouTube will show this as a Short: it is upright or square and at most 3 minutes long.",
          {}, {}, Severity::warning);
    }
  }

  // Unknown counts as allowed: YouTube will say so.
  bool may_be_long() const {
    for (const auto* facts : {&input_.looked_up.facts, &input_.account.facts}) {
      const auto found = facts->find("long_uploads");
      if (found != facts->end() && !found->second.empty()) return found->second == "allowed";
    }
    return true;
  }

  void captions() {
    if (!input_.option_media.contains("captions")) return;
    const auto language = text_of(input_.options, "captions_language");
    if (language.empty()) {
      add("captions_language.required", "options.captions_language",
          "Say in which language the captions are.");
    } else if (!is_language_tag(language)) {
      add("captions_language.tag", "options.captions_language",
          "Write the language as a tag, like en or pt-BR.", {}, language);
    }
  }

  void publish_at() {
    const auto text = text_of(input_.options, "publish_at");
    if (text.empty()) return;
    const auto at = time_of(text);
    const auto privacy = text_of(input_.options, "privacy");
    if (!at) {
      add("publish_at.time", "options.publish_at", "Give the time as RFC 3339 with Z.",
          {}, text);
    } else if (*at <= input_.now) {
      add("publish_at.past", "options.publish_at",
          "This time is over: YouTube will show the video at once.", {}, text, Severity::warning);
    }
    if (!privacy.empty() && privacy != "public") {
      add("publish_at.privacy", "options.publish_at",
          "At that time the video becomes public. Let everyone watch, or remove the time.",
          "public", privacy);
    }
    if (!text_of(input_.options, "first_comment").empty()) {
      add("publish_at.comment", "options.first_comment",
          "YouTube may take no comment while the video is private. Comment later.", {}, {},
          Severity::warning);
    }
  }

  void kids() {
    if (text_of(input_.options, "first_comment").empty()) return;
    if (!flag_of(input_.options, "made_for_kids")) return;
    add("first_comment.kids", "options.first_comment",
        "Videos made for kids have no comments. Leave the comment out.");
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::youtube_flows
