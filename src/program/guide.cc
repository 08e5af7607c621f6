#include "program/guide.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "program/guide_words.h"

namespace herald {
namespace {

using namespace guide;

std::string shape(const MediaRule& rule) {
  const auto ratio = [](double value) { return value > 0 ? fmt::format("{:.3g}", value) : ""; };
  std::string text = range(ratio(rule.ratio_min), ratio(rule.ratio_max));
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
  if (rule.width_max > 0) add(fmt::format("{} pixels wide at most", rule.width_max));
  if (rule.side_min > 0) add(fmt::format("each side at least {} pixels", rule.side_min));
  const std::string frames = range(ratio(rule.frame_rate_min), ratio(rule.frame_rate_max));
  if (!frames.empty()) add(frames + " pictures a second");
  return text;
}

std::string formats(const MediaRule& rule) {
  if (rule.jpeg_only) return "JPEG (PNG, WebP and GIF are converted)";
  constexpr std::pair<std::string_view, const char*> kNames[] = {
      {"image/jpeg", "JPEG"},
      {"image/png", "PNG"},
      {"image/gif", "GIF"},
      {"image/webp", "WebP"},
      {"video/*", "any"},
      {"video/mp4", "MP4"},
      {"video/quicktime", "MOV"},
      {"video/webm", "WebM"},
      {"application/pdf", "PDF"},
      {"application/msword", "DOC"},
      {"application/vnd.ms-powerpoint", "PPT"},
      {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"},
      {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "PPTX"},
      {"text/vtt", "WebVTT"},
      {"application/x-subrip", "SubRip"}};
  std::vector<std::string> words;
  for (const auto& format : rule.formats) {
    const auto* name = std::ranges::find(kNames, format, [](auto& pair) { return pair.first; });
    words.push_back(name == std::end(kNames) ? "`" + format + "`" : name->second);
  }
  return joined(words);
}

std::string taking(const std::string& scope) {
  return scope.empty() ? "" : fmt::format(" Takes the permission `{}`.", scope);
}

std::string switched(const std::string& under) {
  return under.empty() ? "" : fmt::format(" Set while `{}` is on.", under);
}

// One row for all the kinds of post that share it.
class SharedRows {
 public:
  void add(const PostKind& kind, std::string first, std::vector<std::string> rest) {
    auto same = std::ranges::find_if(
        rows_, [&](const Row& row) { return row.first == first && row.rest == rest; });
    if (same == rows_.end()) {
      same = rows_.insert(rows_.end(), {std::move(first), std::move(rest), {}});
    }
    same->kinds.push_back(prose(kind.label));
  }
  bool empty() const { return rows_.empty(); }
  std::string text(std::size_t all_kinds) const {
    std::string text;
    for (const Row& one : rows_) {
      std::vector<std::string> cells{one.first,
                                     one.kinds.size() == all_kinds ? "all" : joined(one.kinds)};
      cells.insert(cells.end(), one.rest.begin(), one.rest.end());
      text += row(cells);
    }
    return text;
  }

 private:
  struct Row {
    std::string first;
    std::vector<std::string> rest;
    std::vector<std::string> kinds;
  };
  std::vector<Row> rows_;
};

std::string text_of(const TextRule& rule) {
  if (!rule.allowed) return "none";
  const std::string most = at_most(rule.max, rule.counted_as);
  if (!rule.required) return most.empty() ? "may be empty" : most;
  return most.empty() ? "required" : "required, " + most;
}

std::string files_of(const MediaSlots& slots) {
  if (slots.max == 0) return "none";
  std::vector<std::string> types;
  for (const auto& rule : slots.rules) {
    types.push_back(name_of(rule.type) + std::string(slots.max > 1 ? "s" : ""));
  }
  return range(std::to_string(slots.min), std::to_string(slots.max)) + " " + joined(types, " or ");
}

std::string kinds_table(const PlatformSpec& spec) {
  std::string text =
      "\n### Posts\n" + table_head({"post", "text", "files", "description of an image", "checked"});
  for (const auto& kind : spec.kinds) {
    const std::string alt = at_most(kind.media.alt_text_max, Counting::code_points);
    text += row({named(kind.label, kind.id) + taking(kind.scope), text_of(kind.text),
                 files_of(kind.media), alt.empty() ? "none" : alt, checked(kind.text.source)});
  }
  return text;
}

std::string files_table(const PlatformSpec& spec) {
  SharedRows rows;
  for (const auto& kind : spec.kinds) {
    for (const auto& rule : kind.media.rules) {
      rows.add(kind, name_of(rule.type),
               {formats(rule), range(bytes(rule.bytes_min), bytes(rule.bytes_max)), shape(rule),
                range(duration(rule.duration_min_ms), duration(rule.duration_max_ms)),
                checked(rule.source)});
    }
  }
  if (rows.empty()) return {};
  return "\n### Files\n" +
         table_head(
             {"file", "of", "formats", "size", "shape (width / height)", "length", "checked"}) +
         rows.text(spec.kinds.size());
}

std::string choices_of(const OptionSpec& option) {
  if (!option.choices_from.empty()) return "one of those offered";
  std::vector<std::string> words;
  for (const auto& choice : option.choices) words.push_back(named(choice.label, choice.value));
  return "one of: " + joined(words);
}

std::string taken_by(const OptionSpec& option) {
  const std::string most = at_most(option.max, option.counted_as);
  const std::string items = range(option.items_min > 0 ? std::to_string(option.items_min) : "",
                                  option.items_max > 0 ? std::to_string(option.items_max) : "");
  std::vector<std::string> words;
  const auto add = [&](std::string word) {
    if (!word.empty()) words.push_back(std::move(word));
  };
  if (option.required) add("required");
  switch (option.type) {
    case OptionType::text:
    case OptionType::long_text:
      add(most.empty() ? "text" : most);
      break;
    case OptionType::boolean:
      add("yes or no");
      break;
    case OptionType::choice:
      add(choices_of(option));
      break;
    case OptionType::tags:
      add(items.empty() ? "a list" : items);
      add(most);
      break;
    case OptionType::media:
      add("a file");
      break;
    case OptionType::date_time:
      add("a time");
      break;
    case OptionType::texts:
      add((items.empty() ? "" : items + " ") + "texts");
      add(most.empty() ? "" : "each " + most);
      break;
  }
  if (option.media) {
    add(formats(*option.media));
    add(range({}, bytes(option.media->bytes_max)));
  }
  std::string text = joined(words);
  const std::string& usual = option.default_value;
  if (option.type == OptionType::boolean && !usual.empty()) {
    text += usual == "true" ? "; yes unless said" : "; no unless said";
  } else if (!usual.empty()) {
    text += "; `" + usual + "` unless said";
  }
  return text;
}

std::string options_table(const PlatformSpec& spec) {
  SharedRows rows;
  for (const auto& kind : spec.kinds) {
    for (const auto& option : kind.options) {
      rows.add(
          kind, named(option.label, option.name),
          {taken_by(option), prose(option.help) + switched(option.under) + taking(option.scope),
           checked(option.source)});
    }
  }
  if (rows.empty()) return {};
  return "\n### Options\n" + table_head({"option", "of", "takes", "note", "checked"}) +
         rows.text(spec.kinds.size());
}

std::string limits_table(const PlatformSpec& spec) {
  if (spec.limits.empty()) return {};
  std::string text = "\n### Other limits\n" + table_head({"limit", "", "checked"});
  for (const auto& limit : spec.limits) {
    text +=
        row({prose(limit.label), grouped(limit.value) + " " + limit.unit, checked(limit.source)});
  }
  return text;
}

std::string targets_table(const TargetSpec& target) {
  if (target.word.empty()) return {};
  std::string name = target.choices_from.empty() ? "" : "chosen from the account's own";
  if (!target.prefix.empty()) name = "with or without `" + target.prefix + "`";
  if (target.folds_case) name += (name.empty() ? "" : "; ") + std::string("capitals do not count");
  return "\n### Where it goes\n" + table_head({"target", "its name", "note", "checked"}) +
         row({prose(target.label), name, prose(target.help), checked(target.source)});
}

std::string consents_table(const PlatformSpec& spec) {
  SharedRows rows;
  for (const auto& kind : spec.kinds) {
    for (const auto& consent : kind.consents) {
      const std::string set =
          fmt::format("`{}` is {}", consent.option, consent.when ? "on" : "off");
      std::vector<std::string> links;
      for (const auto& link : consent.links) {
        links.push_back(fmt::format("[{}]({})", link.label, link.url));
      }
      rows.add(kind, prose(consent.text),
               {consent.option.empty() ? "always" : set, joined(links), checked(consent.source)});
    }
  }
  if (rows.empty()) return {};
  return "\n### What people agree to\n" +
         table_head({"words by the button", "of", "shown when", "what they lead to", "checked"}) +
         rows.text(spec.kinds.size());
}

std::string measured(const MetricSpec& metric) {
  std::string what = metric.of == MetricSpec::Of::post ? "a post" : "the account";
  if (!metric.account_kind.empty()) what += " (" + metric.account_kind + ")";
  return metric.span == MetricSpec::Span::day ? what + ", of a day" : what;
}

std::string paces_of(const PlatformSpec& spec) {
  std::string text = "an hour after it was published";
  for (const ReadingPace& pace : spec.readings) {
    const auto days = pace.every.count();
    text += days == 1 ? ", then daily" : fmt::format(", then every {} days", days);
    text += fmt::format(" until it is {} days old", pace.until.count());
  }
  return "\nThe figures of an account are read daily, those of a post " + text + ".\n";
}

std::string figures_table(const PlatformSpec& spec) {
  if (spec.metrics.empty()) return {};
  std::string text = "\n### Figures\n" + table_head({"figure", "of", "theirs", "what it counts",
                                                     "permission", "checked"});
  for (const auto& metric : spec.metrics) {
    std::string meaning = prose(metric.meaning);
    if (metric.kept_max.count() > 0) {
      meaning += fmt::format(" Kept for {} h at most.", metric.kept_max.count());
    }
    text +=
        row({named(metric.label, metric.name), measured(metric), "`" + metric.theirs + "`", meaning,
             metric.scope.empty() ? "" : "`" + metric.scope + "`", checked(metric.source)});
  }
  return text + paces_of(spec);
}

bool is_for_figures(const ScopeSpec& scope) { return scope.use == ScopeUse::measure; }

std::string version_line(const ApiVersion& api) {
  const std::string end =
      api.ends_on ? fmt::format("ends on {}; Herald warns of that 60 days before", *api.ends_on)
                  : "has no end that is known";
  return fmt::format("\n### Version\n\nThe API's version `{}` {} (checked {}).\n", api.version, end,
                     checked(api.source));
}

}  // namespace

std::string scopes_guide(const PlatformSpec& spec) {
  std::string text = table_head({"permission", "why", "for", "required", "checked"});
  for (const auto& scope : spec.scopes) {
    text += row({"`" + scope.name + "`", prose(scope.why),
                 is_for_figures(scope) ? "figures" : "publishing", scope.required ? "yes" : "no",
                 checked(scope.source)});
  }
  if (std::ranges::any_of(spec.scopes, is_for_figures)) {
    text += "\nWhat is for figures is asked for where the person wants them read.\n";
  }
  return text;
}

std::string limits_guide(const PlatformSpec& spec) {
  return kinds_table(spec) + targets_table(spec.target) + files_table(spec) + options_table(spec) +
         consents_table(spec) + limits_table(spec) + figures_table(spec) +
         version_line(spec.api_version);
}

Result<std::string> with_generated_parts(std::string_view guide, const PlatformSpec& spec) {
  std::string text(guide);
  std::vector<std::pair<std::string, std::string>> parts{{"scopes", scopes_guide(spec)},
                                                         {"limits", limits_guide(spec)}};
  // What can be posted is the same by a second sign-in.
  if (spec.registration != "main") parts = {{"scopes " + spec.registration, scopes_guide(spec)}};
  for (const auto& [name, part] : parts) {
    const std::string begin = fmt::format("<!-- generated: {} -->\n", name);
    const std::string end = "<!-- end -->\n";
    const auto first = text.find(begin);
    const auto last = first == text.npos ? first : text.find(end, first);
    if (last == text.npos) {
      return fail(ErrorKind::invalid, "The guide needs these two lines:\n" + begin + end);
    }
    const auto inside = first + begin.size();
    text.replace(inside, last - inside, part + "\n");
  }
  return text;
}

}  // namespace herald
