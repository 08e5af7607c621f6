// Rules of X that the data of its spec cannot say.
#include <algorithm>
#include <cctype>
#include <set>

#include "domain/check.h"
#include "platforms/twitter.h"

namespace herald::twitter_flows {
namespace {

constexpr const char* kCreate = "https://docs.x.com/x-api/posts/create-post";
constexpr const char* kMedia = "https://docs.x.com/x-api/media/quickstart/best-practices";
constexpr const char* kChanges = "https://docs.x.com/changelog";

std::int64_t limit_of(std::string_view id) { return find_limit(spec().limits, id)->value; }

// "$" and one to six letters, as in $CAKE.
int cashtags_in(const std::string& text) {
  const auto letter = [&](std::size_t i) {
    return i < text.size() && std::isalpha(static_cast<unsigned char>(text[i])) != 0;
  };
  int found = 0;
  for (auto at = text.find('$'); at != text.npos; at = text.find('$', at + 1)) {
    std::size_t end = at + 1;
    while (letter(end)) ++end;
    const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n';
    if (begins && end > at + 1 && end <= at + 7) ++found;
  }
  return found;
}

bool has_forbidden_character(const std::string& text) {
  return std::ranges::any_of(std::initializer_list<const char*>{"\uFFFE", "\uFEFF", "\uFFFF"},
                             [&](const char* one) { return text.find(one) != text.npos; });
}

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    texts();
    quote();
    if (input_.kind == "gif") gif();
    if (input_.kind == "video") video();
    if (input_.kind == "long_text") subscription();
    return std::move(found_);
  }

 private:
  using Severity = Violation::Severity;

  void add(const char* rule, std::string field, std::string message, const char* source,
           std::string limit = {}, std::string actual = {}, Severity severity = Severity::error) {
    found_.push_back({rule, std::move(field), std::move(message), std::move(limit),
                      std::move(actual), source, severity});
  }

  void texts() {
    const auto parts = parts_of(input_);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string field = i == 0 ? "text" : "options.thread";
      const auto& text = parts[i];
      if (has_forbidden_character(text)) {
        add("text.characters", field,
            "The text holds an invisible character that X refuses. Type it again.", kCreate);
      }
      const bool blank = text.find_first_not_of(" \t\r\n") == text.npos;
      if (!text.empty() && blank) add("text.blank", field, "Write a text.", kCreate);
      if (const auto limit = limit_of("cashtags"); cashtags_in(text) > limit) {
        add("cashtags", field, "X takes one $SYMBOL in a post. Take the others out.", kChanges,
            std::to_string(limit), std::to_string(cashtags_in(text)), Severity::warning);
      }
      if (!text.empty() && !seen.insert(text).second) {
        add("thread.repeats", field,
            "Two posts of the thread are the same; X refuses the second. Change one.", kCreate);
      }
    }
  }

  void quote() {
    const auto given = text_of(input_.options, "quote");
    if (given.empty()) return;
    if (post_id_in(given).empty()) {
      add("quote.link", "options.quote",
          "Paste the link of a post on X, like https://x.com/name/status/123.", kCreate);
    } else {
      add("quote.access", "options.quote",
          "Since April 2026 X takes quotes only from apps with a contract of their own; others are "
          "refused.",
          kChanges, {}, {}, Severity::warning);
    }
  }

  void gif() {
    if (input_.media.empty()) return;
    const MediaFacts& facts = input_.media.front().original;
    if (const auto limit = limit_of("gif.height"); facts.height > limit) {
      const auto most = std::to_string(limit);
      add("gif.height", "media.0", "Scale the GIF down to a height of at most " + most + " pixels.",
          kMedia, most, std::to_string(facts.height));
    }
    if (const auto limit = limit_of("gif.frames"); facts.frames > limit) {
      const auto most = std::to_string(limit);
      add("gif.frames", "media.0", "Shorten the GIF to at most " + most + " pictures.", kMedia,
          most, std::to_string(facts.frames));
    }
    const std::int64_t pixels = std::int64_t{facts.width} * facts.height * facts.frames;
    if (const auto limit = limit_of("gif.pixels"); pixels > limit) {
      add("gif.pixels", "media.0",
          "The GIF has too many pixels in all its pictures. Scale it down or shorten it.", kMedia,
          std::to_string(limit), std::to_string(pixels));
    }
    if (facts.frames == 1) {
      add("gif.still", "media.0", "This GIF does not move; it is shown as a picture.", kMedia, {},
          {}, Severity::warning);
    }
  }

  void video() {
    if (input_.media.empty()) return;
    const MediaFacts& facts = input_.media.front().original;
    if (facts.width > 1280 || facts.height > 1024) {
      add("video.pixels_max", "media.0",
          "X names 1280 by 1024 pixels as the largest size; larger videos are usually taken, and "
          "scaled down.",
          kMedia, "1280x1024", std::to_string(facts.width) + "x" + std::to_string(facts.height),
          Severity::warning);
    }
    if (!facts.video_codec.empty() && facts.video_codec != "h264") {
      add("video.codec", "media.0", "Export the video with H.264.", kMedia, "h264",
          facts.video_codec);
    }
    if (!facts.audio_codec.empty() && facts.audio_codec != "aac") {
      add("video.audio", "media.0", "Export the video's sound as AAC.", kMedia, "aac",
          facts.audio_codec);
    }
  }

  // Unknown counts as allowed: X will say so.
  void subscription() {
    for (const auto* facts : {&input_.looked_up.facts, &input_.account.facts}) {
      const auto found = facts->find(kSubscription);
      if (found == facts->end() || found->second.empty()) continue;
      if (found->second == "None") {
        add("text.subscription", "text",
            "Long posts need an X Premium subscription. Use a thread, or shorten the text to 280.",
            kCreate);
      }
      return;
    }
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::twitter_flows
