#include <algorithm>
#include <array>

#include "domain/check.h"
#include "domain/text.h"

namespace herald {
namespace {

// Up to two decimals, without trailing zeros: "1.91", "0.8", "10".
std::string shown(double value) {
  const auto hundredths = static_cast<std::int64_t>(value * 100 + 0.5);
  std::string text = std::to_string(hundredths / 100);
  const auto rest = hundredths % 100;
  if (rest == 0) return text;
  text += rest % 10 == 0 ? "." + std::to_string(rest / 10)
                         : (rest < 10 ? ".0" : ".") + std::to_string(rest);
  return text;
}

std::string shown_seconds(std::int64_t ms) {
  return shown(static_cast<double>(ms) / 1000) + " seconds";
}

// "video/*" stands for all videos.
bool takes(const MediaRule& rule, const std::string& content_type) {
  return std::ranges::any_of(rule.formats, [&](const std::string& format) {
    if (format.ends_with("/*"))
      return content_type.starts_with(format.substr(0, format.size() - 1));
    return format == content_type;
  });
}

// One medium against the rule of its type.
class MediumCheck {
 public:
  MediumCheck(const MediaRule& rule, std::string field, std::vector<Violation>& found)
      : rule_(rule), field_(std::move(field)), found_(found) {}

  void run(const DraftMedium& medium) {
    const MediaFacts* sent = &medium.facts;
    if (rule_.jpeg_only && medium.jpeg) sent = &*medium.jpeg;
    const bool format_taken =
        rule_.jpeg_only ? sent->content_type == "image/jpeg" : takes(rule_, sent->content_type);
    if (!format_taken) {
      add("format", "This file's format is not taken here. Use another one.", listed(),
          medium.facts.content_type);
    }
    if (rule_.bytes_max > 0 && sent->size_bytes > rule_.bytes_max) {
      add("bytes_max", "Use a smaller file: at most " + shown_bytes(rule_.bytes_max) + ".",
          shown_bytes(rule_.bytes_max), shown_bytes(sent->size_bytes));
    }
    if (sent->size_bytes < rule_.bytes_min) {
      add("bytes_min", "Use a larger file: at least " + shown_bytes(rule_.bytes_min) + ".",
          shown_bytes(rule_.bytes_min), shown_bytes(sent->size_bytes));
    }
    shape(*sent);
    size(*sent);
    frame_rate(*sent);
    time(*sent);
  }

 private:
  void add(const char* rule, std::string message, std::string limit, std::string actual) {
    found_.push_back({std::string(name_of(rule_.type)) + "." + rule, field_, std::move(message),
                      std::move(limit), std::move(actual), rule_.source.where,
                      Violation::Severity::error});
  }

  std::string listed() const {
    std::string text;
    for (const auto& format : rule_.formats) text += (text.empty() ? "" : ", ") + format;
    return text;
  }

  void shape(const MediaFacts& facts) {
    const double actual = ratio(facts);
    constexpr double kTolerance = 1e-6;
    if (actual > 0 && rule_.ratio_min > 0 && actual < rule_.ratio_min - kTolerance) {
      add("ratio_min",
          "It is too tall: crop it so that the width is at least " + shown(rule_.ratio_min) +
              " times the height.",
          shown(rule_.ratio_min), shown(actual));
    }
    if (actual > 0 && rule_.ratio_max > 0 && actual > rule_.ratio_max + kTolerance) {
      add("ratio_max",
          "It is too wide: crop it so that the width is at most " + shown(rule_.ratio_max) +
              " times the height.",
          shown(rule_.ratio_max), shown(actual));
    }
  }

  void size(const MediaFacts& facts) {
    const int shorter = std::min(facts.width, facts.height);
    if (shorter > 0 && shorter < rule_.side_min) {
      add("side_min",
          "It is too small: use one of at least " + std::to_string(rule_.side_min) +
              " pixels on its shorter side.",
          std::to_string(rule_.side_min), std::to_string(shorter));
    }
    if (rule_.width_max > 0 && facts.width > rule_.width_max) {
      add("width_max",
          "Scale it down to a width of at most " + std::to_string(rule_.width_max) + " pixels.",
          std::to_string(rule_.width_max), std::to_string(facts.width));
    }
  }

  // Averages are never exact: 59.94 and 60.02 are both 60.
  void frame_rate(const MediaFacts& facts) {
    constexpr double kTolerance = 0.5;
    const double rate = facts.frames_per_second;
    if (rate > 0 && rate < rule_.frame_rate_min - kTolerance) {
      add("frame_rate_min",
          "Export the video with at least " + shown(rule_.frame_rate_min) + " pictures a second.",
          shown(rule_.frame_rate_min), shown(rate));
    }
    if (rule_.frame_rate_max > 0 && rate > rule_.frame_rate_max + kTolerance) {
      add("frame_rate_max",
          "Export the video with at most " + shown(rule_.frame_rate_max) + " pictures a second.",
          shown(rule_.frame_rate_max), shown(rate));
    }
  }

  void time(const MediaFacts& facts) {
    if (rule_.type != MediaType::video) return;
    if (rule_.duration_min_ms > 0 && facts.duration_ms < rule_.duration_min_ms) {
      add("duration_min",
          "Use a longer video: at least " + shown_seconds(rule_.duration_min_ms) + ".",
          shown_seconds(rule_.duration_min_ms), shown_seconds(facts.duration_ms));
    }
    if (rule_.duration_max_ms > 0 && facts.duration_ms > rule_.duration_max_ms) {
      add("duration_max",
          "Use a shorter video: at most " + shown_seconds(rule_.duration_max_ms) + ".",
          shown_seconds(rule_.duration_max_ms), shown_seconds(facts.duration_ms));
    }
  }

  const MediaRule& rule_;
  std::string field_;
  std::vector<Violation>& found_;
};

void check_alt_text(const MediaSlots& slots, const DraftMedium& medium, const std::string& field,
                    std::vector<Violation>& found) {
  if (medium.alt_text.empty()) return;
  const auto size = length(medium.alt_text, Counting::code_points);
  const std::string at = field + ".alt_text";
  if (!size) {
    found.push_back({"alt_text.encoding",
                     at,
                     "The description is not valid UTF-8. Type it again.",
                     {},
                     {},
                     {},
                     Violation::Severity::error});
  } else if (slots.alt_text_max == 0 || medium.facts.type != MediaType::image) {
    found.push_back({"alt_text.allowed",
                     at,
                     "This platform takes no description here; yours is left out.",
                     {},
                     {},
                     {},
                     Violation::Severity::warning});
  } else if (*size > slots.alt_text_max) {
    found.push_back({"alt_text.max",
                     at,
                     "Shorten the description to " + std::to_string(slots.alt_text_max) +
                         " characters; it has " + std::to_string(*size) + ".",
                     std::to_string(slots.alt_text_max),
                     std::to_string(*size),
                     {},
                     Violation::Severity::error});
  }
}

void check_count(const MediaSlots& slots, std::size_t count, std::vector<Violation>& found) {
  const auto actual = static_cast<int>(count);
  if (actual >= slots.min && actual <= slots.max) return;
  const bool few = actual < slots.min;
  const int limit = few ? slots.min : slots.max;
  const Source* source = slots.source();
  std::string message = few ? "Add a file: this kind of post needs at least "
                            : "Remove files: this kind of post takes at most ";
  found.push_back({few ? "media.min" : "media.max", "media", message + std::to_string(limit) + ".",
                   std::to_string(limit), std::to_string(actual), source ? source->where : "",
                   Violation::Severity::error});
}

}  // namespace

void check_medium(const MediaRule& rule, const std::string& field, const DraftMedium& medium,
                  std::vector<Violation>& found) {
  MediumCheck(rule, field, found).run(medium);
}

std::vector<Violation> check_media(const MediaSlots& slots, const std::vector<DraftMedium>& media) {
  std::vector<Violation> found;
  check_count(slots, media.size(), found);
  for (std::size_t i = 0; i < media.size(); ++i) {
    const std::string field = "media." + std::to_string(i);
    const MediaType type = media[i].facts.type;
    const auto rule = std::ranges::find(slots.rules, type, &MediaRule::type);
    if (rule == slots.rules.end()) {
      found.push_back({"media.type",
                       field,
                       std::string("This kind of post takes no ") + name_of(type) +
                           ". Remove it or choose another kind.",
                       {},
                       name_of(type),
                       {},
                       Violation::Severity::error});
      continue;
    }
    check_medium(*rule, field, media[i], found);
    check_alt_text(slots, media[i], field, found);
  }
  return found;
}

std::string shown_bytes(std::uint64_t bytes) {
  constexpr std::array kUnits{"bytes", "KB", "MB", "GB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1024 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  return shown(value) + " " + kUnits[unit];
}

}  // namespace herald
