// Rules of Instagram that the data of its spec cannot say.
#include <algorithm>
#include <charconv>

#include "domain/check.h"
#include "domain/text.h"
#include "platforms/instagram.h"

namespace herald::instagram_flows {
namespace {

constexpr std::int64_t kCaptionMax = 2200;

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    caption();
    collaborators();
    place();
    cover_moment();
    codecs();
    room();
    return std::move(found_);
  }

 private:
  void add(const char* rule, const char* field, std::string message, std::int64_t limit = 0,
           std::int64_t actual = 0, Violation::Severity severity = Violation::Severity::error) {
    found_.push_back({rule, field, std::move(message), limit > 0 ? std::to_string(limit) : "",
                      limit > 0 ? std::to_string(actual) : "", source_of(rule), severity});
  }

  static std::string source_of(std::string_view rule) {
    const auto& limits = spec().limits;
    const auto found = std::ranges::find(limits, rule, &Limit::id);
    return found == limits.end() ? spec().kinds.front().text.source.where : found->source.where;
  }

  static std::int64_t limit(std::string_view id) {
    return std::ranges::find(spec().limits, id, &Limit::id)->value;
  }

  // Words that begin with the sign and go on: "#bread". A lone sign counts for nothing.
  static std::int64_t words_with(char sign, std::string_view text) {
    std::int64_t words = 0;
    const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      if (text[i] != sign) continue;
      const char after = text[i + 1];
      const bool goes_on = !is_space(after) && after != '#' && after != '@';
      const bool begins = i == 0 || is_space(text[i - 1]) || sign == '#';
      if (goes_on && begins) ++words;
    }
    return words;
  }

  static const std::string& video_source() {
    const auto reel = std::ranges::find(spec().kinds, "reel", &PostKind::id);
    return std::ranges::find(reel->media.rules, MediaType::video, &MediaRule::type)->source.where;
  }

  // Of every video, also of a carousel's.
  void codecs() {
    for (std::size_t i = 0; i < input_.media.size(); ++i) {
      const MediaFacts& facts = input_.media[i].original;
      const std::string field = "media." + std::to_string(i);
      if (!facts.video_codec.empty() && facts.video_codec != "h264" &&
          facts.video_codec != "hevc") {
        found_.push_back({"video.codec", field, "Export the video with H.264.", "h264, hevc",
                          facts.video_codec, video_source(), Violation::Severity::error});
      }
      if (!facts.audio_codec.empty() && facts.audio_codec != "aac") {
        found_.push_back({"video.audio", field, "Export the video's sound as AAC.", "aac",
                          facts.audio_codec, video_source(), Violation::Severity::error});
      }
    }
  }

  void caption() {
    if (input_.kind == "story") return;
    const auto hashtags = words_with('#', input_.text);
    if (hashtags > limit("caption.hashtags")) {
      add("caption.hashtags", "text", "Use at most 30 hashtags.", 30, hashtags);
    }
    const auto mentions = words_with('@', input_.text);
    if (mentions > limit("caption.mentions")) {
      add("caption.mentions", "text", "Mention at most 20 accounts.", 20, mentions);
    }
    const auto units = length(input_.text, Counting::utf16_units).value_or(0);
    const auto points = length(input_.text, Counting::code_points).value_or(0);
    if (units > kCaptionMax && points <= kCaptionMax) {
      add("caption.utf16", "text",
          "Instagram may count emoji twice and find this caption too long. Shorten it a little.",
          kCaptionMax, units, Violation::Severity::warning);
    }
  }

  void collaborators() {
    const auto names = tags_of(input_.options, "collaborators");
    const auto count = static_cast<std::int64_t>(names.size());
    if (count > limit("collaborators")) {
      add("collaborators", "options.collaborators", "Name at most 3 collaborators.", 3, count);
    }
    for (const auto& name : names) {
      const bool plain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_';
      });
      if (plain) continue;
      add("collaborators.name", "options.collaborators",
          "\"" + name + "\" is no Instagram username. Write it without @.");
      return;
    }
  }

  void place() {
    const auto id = text_of(input_.options, "location_id");
    if (std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; })) return;
    add("location_id", "options.location_id", "Give the Page's id: digits only.");
  }

  void cover_moment() {
    const auto text = text_of(input_.options, "thumb_offset");
    if (text.empty() || input_.media.empty()) return;
    std::int64_t ms = -1;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), ms);
    const bool number = error == std::errc() && stopped == text.data() + text.size() && ms >= 0;
    const auto duration = input_.media.front().original.duration_ms;
    if (!number) {
      add("thumb_offset", "options.thumb_offset", "Give the cover moment in whole milliseconds.");
    } else if (duration > 0 && ms >= duration) {
      add("thumb_offset", "options.thumb_offset",
          "The cover moment lies past the end of the video. Choose an earlier one.", duration, ms);
    }
  }

  void room() {
    const auto fact = [&](const char* name) -> std::int64_t {
      const auto found = input_.looked_up.facts.find(name);
      std::int64_t number = -1;
      if (found == input_.looked_up.facts.end()) return number;
      const std::string& text = found->second;
      std::from_chars(text.data(), text.data() + text.size(), number);
      return number;
    };
    const auto total = fact("quota_total");
    if (total <= 0 || fact("quota_usage") < total) return;
    add("publish.daily", "account",
        "This account's daily limit at Instagram is reached; the post will wait for room.", total,
        fact("quota_usage"), Violation::Severity::warning);
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::instagram_flows
