// Rules of TikTok that the data of its spec cannot say.
#include <algorithm>
#include <charconv>

#include "domain/check.h"
#include "platforms/tiktok.h"

namespace herald::tiktok_flows {
namespace {

constexpr const char* kMediaSource =
    "https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide";
constexpr const char* kGuidelines = "https://developers.tiktok.com/doc/content-sharing-guidelines";

// Digits only, not too many of them.
std::optional<std::int64_t> whole(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end || text.starts_with('-')) return std::nullopt;
  return number;
}

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    if (is_photo(input_)) {
      cover_photo();
    } else {
      video();
      cover_moment();
    }
    if (is_draft(input_)) return std::move(found_);
    privacy();
    disclosure();
    return std::move(found_);
  }

 private:
  using Severity = Violation::Severity;

  void add(std::string rule, std::string field, std::string message, std::string limit = {},
           std::string actual = {}, const char* source = kMediaSource,
           Severity severity = Severity::error) {
    found_.push_back({std::move(rule), std::move(field), std::move(message), std::move(limit),
                      std::move(actual), source, severity});
  }

  std::string fact(const char* name) const {
    const auto found = input_.looked_up.facts.find(name);
    return found == input_.looked_up.facts.end() ? std::string() : found->second;
  }

  void video() {
    if (input_.media.empty()) return;
    const MediaFacts& facts = input_.media.front().original;
    const std::int64_t longest = find_limit(spec().limits, "video.side_max")->value;
    if (const int longer = std::max(facts.width, facts.height); longer > longest) {
      add("video.side_max", "media.0",
          "Use a video of at most " + std::to_string(longest) + " pixels on each side.",
          std::to_string(longest), std::to_string(longer));
    }
    const auto seconds = whole(fact("seconds_max"));
    if (!is_draft(input_) && seconds && facts.duration_ms > *seconds * 1000) {
      add("video.duration.account", "media.0",
          "TikTok takes at most " + std::to_string(*seconds) +
              " seconds from this account. Shorten the video.",
          std::to_string(*seconds) + " seconds",
          std::to_string(facts.duration_ms / 1000) + " seconds");
    }
  }

  void cover_photo() {
    const std::string text = text_of(input_.options, "cover_photo");
    if (text.empty()) return;
    const auto number = whole(text);
    const auto count = static_cast<std::int64_t>(input_.media.size());
    if (number && *number >= 1 && *number <= std::max<std::int64_t>(count, 1)) return;
    add("cover_photo", "options.cover_photo",
        "Give the number of one of the photos, counted from 1.", std::to_string(count), text);
  }

  void cover_moment() {
    const std::string text = text_of(input_.options, "cover_moment");
    if (text.empty() || whole(text)) return;
    add("cover_moment", "options.cover_moment",
        "Give the moment as milliseconds from the start of the video.", {}, text);
  }

  void privacy() {
    const std::string level = text_of(input_.options, "privacy");
    const bool branded = flag_of(input_.options, "branded_content");
    if (branded && level == kPrivate) {
      add("branded_content.private", "options.branded_content",
          "Branded content cannot be for you alone. Let others see it, or switch this off.", {}, {},
          kGuidelines);
    }
    const auto offered = input_.looked_up.choices.find(kPrivacy);
    if (level.empty() || offered == input_.looked_up.choices.end()) return;
    if (std::ranges::find(offered->second, level, &OptionChoice::value) != offered->second.end()) {
      return;
    }
    add("privacy.offered", "options.privacy",
        "The account does not offer this just now. Choose again who can see the post.", {}, level,
        kGuidelines);
  }

  void disclosure() {
    const bool said =
        flag_of(input_.options, "your_brand") || flag_of(input_.options, "branded_content");
    if (said || !flag_of(input_.options, kDisclosure)) return;
    add("disclosure.empty", std::string("options.") + kDisclosure,
        "Say what the post promotes: your own brand, a third party, or both.", {}, {}, kGuidelines);
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::tiktok_flows
