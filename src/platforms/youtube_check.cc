// Rules of YouTube that the data of its spec cannot say.
#include <algorithm>

#include "domain/check.h"
#include "domain/text.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

constexpr std::int64_t kTitleMax = 100;
constexpr std::int64_t kTagsMax = 500;
constexpr std::uint64_t kThumbnailBytesMax = 50ULL << 20;
constexpr std::int64_t kUnverifiedMaxMs = 15 * 60 * 1000;
constexpr std::int64_t kShortMaxMs = 3 * 60 * 1000;
constexpr const char* kSource = "https://developers.google.com/youtube/v3/docs/videos";
constexpr const char* kCommentScope = "https://www.googleapis.com/auth/youtube.force-ssl";

bool has_brackets(const std::string& text) { return text.find_first_of("<>") != text.npos; }

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    title();
    description();
    tags();
    video();
    thumbnail();
    scopes();
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

  void thumbnail() {
    const auto found = input_.option_media.find("thumbnail");
    if (found == input_.option_media.end()) return;
    const MediaFacts& facts = found->second.original;
    if (facts.type != MediaType::image) {
      add("thumbnail.type", "options.thumbnail", "Use a JPEG or PNG image as the thumbnail.");
    } else if (facts.size_bytes > kThumbnailBytesMax) {
      add("thumbnail.bytes_max", "options.thumbnail", "Use a thumbnail of at most 50 MB.",
          shown_bytes(kThumbnailBytesMax), shown_bytes(facts.size_bytes));
    }
  }

  void scopes() {
    const bool comments = !text_of(input_.options, "first_comment").empty();
    const bool playlists = !text_of(input_.options, "playlist").empty();
    if (comments && flag_of(input_.options, "made_for_kids")) {
      add("first_comment.kids", "options.first_comment",
          "Videos made for kids have no comments. Leave the comment out.");
    }
    const auto& granted = input_.account.scopes;
    const bool allowed =
        granted.empty() || std::ranges::find(granted, kCommentScope) != granted.end();
    if (allowed) return;
    for (const auto& [wanted, field] :
         {std::pair(comments, "options.first_comment"), std::pair(playlists, "options.playlist")}) {
      if (!wanted) continue;
      add("scope.force-ssl", field,
          "This was not allowed when the channel was connected. Reconnect it and allow all items, "
          "or leave it out.");
    }
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::youtube_flows
