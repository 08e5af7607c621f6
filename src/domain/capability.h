// What a platform can take and what it asks for, as data. Served to the web app as it is, so that
// the app has no code for a single platform; used by check() and to write the guides.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "domain/media.h"

namespace herald {

// Where a fact comes from and when somebody last looked.
struct Source {
  std::string where;       // A document's title or address.
  std::string checked_on;  // "2026-11-22".
};

enum class Counting {
  code_points,
  utf16_units,
  utf8_bytes,
  weighted,     // As X counts (domain/weighted_text.h).
  emoji_bytes,  // Code points, but an emoji counts as its bytes in UTF-8.
  clusters,     // As Mastodon counts (domain/clustered_text.h).
};

struct TextRule {
  bool allowed = true;
  bool required = false;
  std::int64_t max = 0;  // 0: no limit known.
  Counting counted_as = Counting::code_points;
  Source source;
};

// What one attached medium must be like. Zero means: no limit known.
struct MediaRule {
  MediaType type = MediaType::image;
  std::vector<std::string> formats;  // MIME types that the platform takes.
  bool jpeg_only = false;            // Herald sends the JPEG rendition.
  std::uint64_t bytes_min = 0;
  std::uint64_t bytes_max = 0;
  double ratio_min = 0;  // Width / height.
  double ratio_max = 0;
  int width_max = 0;
  int side_min = 0;  // Pixels of the shorter side.
  double frame_rate_min = 0;
  double frame_rate_max = 0;
  std::int64_t duration_min_ms = 0;
  std::int64_t duration_max_ms = 0;
  Source source;
};

struct MediaSlots {
  int min = 0;
  int max = 0;
  std::vector<MediaRule> rules;  // One per media type that is allowed.
  int alt_text_max = 0;          // Code points; 0: no alt text.

  // Of how many they may be, which stands where the first medium's rule does; null where there are
  // to be none.
  const Source* source() const { return rules.empty() ? nullptr : &rules.front().source; }
};

enum class OptionType {
  text,
  long_text,
  boolean,
  choice,
  tags,
  media,
  date_time,
  texts,  // Several long texts in order: posts of a thread, answers of a poll.
};

struct OptionChoice {
  std::string value;
  std::string label;
};

struct OptionSpec {
  std::string name;
  std::string label;
  std::string help;
  OptionType type = OptionType::text;
  bool required = false;
  std::string default_value;  // "true"/"false" for boolean.
  std::int64_t max = 0;       // Of a text, of each of several texts, or of all tags together.
  int items_min = 0;          // Of texts, when there are any.
  int items_max = 0;          // Of texts and tags; 0: no limit known.
  Counting counted_as = Counting::code_points;
  std::vector<OptionChoice> choices;
  // Of a choice whose values are the account's own (its playlists): their name in
  // LookedUp::choices. Then `choices` is empty.
  std::string choices_from;
  std::optional<MediaRule> media;  // Of a media option: what its file must be like.
  // A boolean option of the same kind: this one is shown, and may be set, only while that is on.
  std::string under;
  std::string scope;  // The permission that it takes; empty: publishing's suffice.
  Source source;
};

struct ConsentLink {
  std::string label;
  std::string url;
};

// What a person agrees to by publishing, in the words that the platform wants shown by the button.
struct Consent {
  std::string text;                // Each link's label stands in it once.
  std::vector<ConsentLink> links;  // In the order of the text.
  std::string option;              // A boolean one that must be `when`; empty: always shown.
  bool when = true;
  Source source;
};

struct PostKind {
  std::string id;     // "image", "carousel", "reel", "story", "video", "short".
  std::string label;  // "Reel".
  TextRule text;
  MediaSlots media;
  std::vector<OptionSpec> options;
  std::vector<Consent> consents;
  std::string scope;  // The permission that it takes; empty: publishing's suffice.
};

// Where an account posts to places (subreddits; boards of its own): each is a target of its own,
// named by Target::key.
struct TargetSpec {
  std::string word;  // "subreddit"; empty: the account itself is the only target.
  std::string label;
  std::string help;
  std::string prefix;       // "r/": shown before a key, and taken off what a person typed.
  bool folds_case = false;  // "Bread" and "bread" are one; keys are kept in lower case.
  std::int64_t max = 0;     // Characters of a key.
  // Where the places are the account's own (its boards): their name in LookedUp::choices, whose
  // values are the keys. Then nobody has to know a key, or to see it.
  std::string choices_from;
  Source source;
};

// A limit that is worth showing by itself: posts a day, containers a day, quota units.
struct Limit {
  std::string id;  // "publish.daily"
  std::string label;
  std::int64_t value = 0;
  std::string unit;
  Source source;
};

// Null: there is none of that name.
inline const Limit* find_limit(const std::vector<Limit>& limits, std::string_view id) {
  const auto found = std::ranges::find(limits, id, &Limit::id);
  return found == limits.end() ? nullptr : &*found;
}

// Calls a day (UTC) that reading figures may take, of all accounts on one consent: Herald's own
// limit, below the platform's, so that publishing keeps its share, or what reading costs is
// bounded.
inline constexpr const char* kReadingsDaily = "readings.daily";

// How often the figures of a post are read while it is at most so old.
struct ReadingPace {
  std::chrono::days until{};
  std::chrono::days every{1};
};

// What a permission is asked for. Who connects an account chooses whether its figures are read.
enum class ScopeUse { publish, measure };

struct ScopeSpec {
  std::string name;
  std::string why;
  bool required = true;  // Without it the account cannot publish.
  ScopeUse use = ScopeUse::publish;
  Source source;
};

// A figure that the platform gives of a post or of an account. What it does not offer has no spec
// and is absent, never zero.
struct MetricSpec {
  enum class Of { post, account };
  // A running total, or what came about in the day before it was read.
  enum class Span { so_far, day };
  Of of = Of::post;
  std::string name;     // Ours, the same for all platforms: "views" (docs/GLOSSARY.md).
  std::string label;    // "Views"
  std::string theirs;   // The platform's: "post_media_view".
  std::string meaning;  // What the platform counts, in a sentence.
  Span span = Span::so_far;
  std::string account_kind;       // "member", "page"; empty: accounts of every kind.
  std::string scope;              // The permission that it takes; empty: none beyond publishing's.
  std::chrono::hours kept_max{};  // The platform's terms want it forgotten by then; 0: they do not.
  Source source;
};

struct ApiVersion {
  std::string version;                 // "v25.0"
  std::optional<std::string> ends_on;  // "2028-07-29"
  Source source;
};

// One rule that a draft breaks.
struct Violation {
  enum class Severity { error, warning };
  std::string rule;     // "caption.max"
  std::string field;    // "text", "media.0", "options.title"
  std::string message;  // A sentence that says what to do.
  std::string limit;
  std::string actual;
  std::string source;
  Severity severity = Severity::error;
};

}  // namespace herald
