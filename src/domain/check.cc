#include "domain/check.h"

#include <algorithm>

#include "domain/text.h"

namespace herald {
namespace {

void check_text(const TextRule& rule, const std::string& text, std::vector<Violation>& found) {
  const auto add = [&](std::string name, std::string message, std::string limit = {},
                       std::string actual = {},
                       Violation::Severity severity = Violation::Severity::error) {
    found.push_back({"text." + name, "text", std::move(message), std::move(limit),
                     std::move(actual), rule.source.where, severity});
  };
  const auto size = length(text, rule.counted_as);
  if (!size) return add("encoding", "The text is not valid UTF-8. Type it again.");
  if (!rule.allowed) {
    if (text.empty()) return;
    return add("allowed", "This kind of post has no text; yours is left out.", "0",
               std::to_string(*size), Violation::Severity::warning);
  }
  if (rule.required && text.empty()) return add("required", "Write a text.");
  if (rule.max > 0 && *size > rule.max) {
    add("max",
        "Shorten the text to " + std::to_string(rule.max) + " " + unit_of(rule.counted_as) +
            "; it has " + std::to_string(*size) + ".",
        std::to_string(rule.max), std::to_string(*size));
  }
}

// One option of a draft and what is said about it.
class OptionCheck {
 public:
  OptionCheck(const OptionSpec& spec, std::vector<Violation>& found) : spec_(spec), found_(found) {}

  // `switched_by` is the option that this one is under.
  void run(const Draft& draft, const OptionSpec* switched_by) {
    const auto given = draft.options.find(spec_.name);
    if (switched_by != nullptr && !is_on(*switched_by, draft)) {
      if (given == draft.options.end() || given->second == OptionValue(false)) return;
      return add("under",
                 "Switch on \"" + switched_by->label + "\", or leave \"" + spec_.label + "\" out.");
    }
    if (given == draft.options.end()) return missing();
    const OptionValue& value = given->second;
    switch (spec_.type) {
      case OptionType::boolean:
        if (!std::holds_alternative<bool>(value)) wrong_type("true or false");
        return;
      case OptionType::texts:
        if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) return each(*texts);
        return wrong_type("a list of texts");
      case OptionType::tags:
        if (const auto* tags = std::get_if<std::vector<std::string>>(&value)) return list(*tags);
        return wrong_type("a list of texts");
      default:
        if (const auto* text = std::get_if<std::string>(&value)) return single(*text, draft);
        return wrong_type("a text");
    }
  }

 private:
  static bool is_on(const OptionSpec& spec, const Draft& draft) {
    return flag_of(draft.options, spec.name, spec.default_value == "true");
  }

  void add(const char* rule, std::string message, std::string limit = {}, std::string actual = {},
           Violation::Severity severity = Violation::Severity::error) {
    found_.push_back({"option." + std::string(rule), "options." + spec_.name, std::move(message),
                      std::move(limit), std::move(actual), spec_.source.where, severity});
  }

  void missing() {
    // A value that stands for "not set" is the platform's own; only a required one must be given.
    if (spec_.required && spec_.default_value.empty()) {
      add("required", "Set \"" + spec_.label + "\".");
    }
  }

  void wrong_type(const char* wanted) {
    add("type", "\"" + spec_.label + "\" must be " + wanted + ".");
  }

  void too_long(std::int64_t size) {
    add("max",
        "Shorten \"" + spec_.label + "\" to " + std::to_string(spec_.max) + " " +
            unit_of(spec_.counted_as) + "; it has " + std::to_string(size) + ".",
        std::to_string(spec_.max), std::to_string(size));
  }

  void single(const std::string& text, const Draft& draft) {
    const auto size = length(text, spec_.counted_as);
    if (!size) return add("encoding", "\"" + spec_.label + "\" is not valid UTF-8.");
    if (text.empty()) return missing();
    if (spec_.max > 0 && *size > spec_.max) return too_long(*size);
    if (!spec_.choices_from.empty()) return live_choice(text, draft);
    const auto offered = [&](const OptionChoice& choice) { return choice.value == text; };
    if (spec_.type == OptionType::choice && std::ranges::none_of(spec_.choices, offered)) {
      return add("choice", "Choose one of the offered values for \"" + spec_.label + "\".", {},
                 text);
    }
    if (spec_.type == OptionType::media) medium(text, draft);
  }

  void medium(const std::string& id, const Draft& draft) {
    const auto given = draft.option_media.find(spec_.name);
    if (given == draft.option_media.end()) {
      return add("media", "Upload the file for \"" + spec_.label + "\" first.", {}, id);
    }
    if (!spec_.media) return;
    const MediaType type = given->second.facts.type;
    if (type == spec_.media->type) {
      return check_medium(*spec_.media, "options." + spec_.name, given->second, found_);
    }
    const std::string wanted = name_of(spec_.media->type);
    add("media.type",
        "\"" + spec_.label + "\" takes another kind of file (" + wanted + "). Choose another one.",
        wanted, name_of(type));
  }

  // What was looked up may be old or cut short: whether it refuses, the platform's own check says.
  void live_choice(const std::string& text, const Draft& draft) {
    const auto found = draft.live_choices.find(spec_.choices_from);
    if (found == draft.live_choices.end()) return;
    const auto offered = [&](const OptionChoice& choice) { return choice.value == text; };
    if (std::ranges::any_of(found->second, offered)) return;
    add("choice.live",
        "\"" + spec_.label + "\" is set to what this account does not seem to have. Choose again.",
        {}, text, Violation::Severity::warning);
  }

  bool right_number(std::size_t items) {
    const auto count = static_cast<int>(items);
    const bool few = count < spec_.items_min;
    if (!few && (spec_.items_max == 0 || count <= spec_.items_max)) return true;
    const int limit = few ? spec_.items_min : spec_.items_max;
    add(few ? "items.min" : "items.max",
        "\"" + spec_.label + "\" takes at " + (few ? "least " : "most ") + std::to_string(limit) +
            "; there are " + std::to_string(count) + ".",
        std::to_string(limit), std::to_string(count));
    return false;
  }

  void each(const std::vector<std::string>& texts) {
    if (texts.empty()) return missing();
    if (!right_number(texts.size())) return;
    for (const auto& text : texts) {
      const auto size = length(text, spec_.counted_as);
      if (!size) return add("encoding", "\"" + spec_.label + "\" is not valid UTF-8.");
      if (*size == 0) return add("empty", "Remove the empty entry of \"" + spec_.label + "\".");
      if (spec_.max > 0 && *size > spec_.max) return too_long(*size);
    }
  }

  void list(const std::vector<std::string>& tags) {
    if (tags.empty()) return missing();
    if (!right_number(tags.size())) return;
    std::int64_t total = 0;
    for (const auto& tag : tags) {
      const auto size = length(tag, spec_.counted_as);
      if (!size) return add("encoding", "\"" + spec_.label + "\" is not valid UTF-8.");
      if (*size == 0) return add("empty", "Remove the empty entry of \"" + spec_.label + "\".");
      total += *size;
    }
    if (spec_.max > 0 && total > spec_.max) too_long(total);
  }

  const OptionSpec& spec_;
  std::vector<Violation>& found_;
};

}  // namespace

std::vector<Violation> check_by_spec(const PostKind& kind, const Draft& draft) {
  std::vector<Violation> found;
  check_text(kind.text, draft.text, found);
  for (auto& violation : check_media(kind.media, draft.media)) {
    found.push_back(std::move(violation));
  }
  for (const auto& spec : kind.options) {
    const auto above = std::ranges::find(kind.options, spec.under, &OptionSpec::name);
    const bool under = !spec.under.empty() && above != kind.options.end();
    OptionCheck(spec, found).run(draft, under ? &*above : nullptr);
  }
  for (const auto& [name, value] : draft.options) {
    if (std::ranges::find(kind.options, name, &OptionSpec::name) != kind.options.end()) continue;
    found.push_back({"option.unknown",
                     "options." + name,
                     "A " + kind.label + " has no setting of this name. Remove it.",
                     {},
                     name,
                     {},
                     Violation::Severity::error});
  }
  return found;
}

std::string canonical_target(const TargetSpec& spec, std::string_view typed) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!typed.empty() && blank(typed.front())) typed.remove_prefix(1);
  while (!typed.empty() && blank(typed.back())) typed.remove_suffix(1);
  if (typed.starts_with('/') && !spec.prefix.empty()) typed.remove_prefix(1);
  if (!spec.prefix.empty() && typed.starts_with(spec.prefix)) {
    typed.remove_prefix(spec.prefix.size());
  }
  std::string key(typed);
  if (!spec.folds_case) return key;
  for (char& c : key) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

std::vector<Violation> check_target(
    const TargetSpec& spec, const std::string& key,
    const std::map<std::string, std::vector<OptionChoice>>& live_choices) {
  using Severity = Violation::Severity;
  const auto violation = [&](const char* rule, std::string message, std::string limit = {},
                             Severity severity = Severity::error) {
    return std::vector<Violation>{{rule, "target_key", std::move(message), std::move(limit), key,
                                   spec.source.where, severity}};
  };
  if (spec.word.empty()) {
    if (key.empty()) return {};
    return violation("target.unknown", "This account has no places to choose from. Leave it out.");
  }
  if (key.empty()) {
    const char* act = spec.choices_from.empty() ? "Name" : "Choose";
    return violation("target.required", std::string(act) + " the " + spec.word + " to post to.");
  }
  const auto size = length(key, Counting::code_points);
  if (!size) return violation("target.encoding", "The " + spec.word + " is not valid UTF-8.");
  if (spec.max > 0 && *size > spec.max) {
    return violation("target.max", "This is too long for the name of a " + spec.word + ".",
                     std::to_string(spec.max));
  }
  // What was looked up may be old or cut short, as for an option's choices.
  const auto known = live_choices.find(spec.choices_from);
  if (spec.choices_from.empty() || known == live_choices.end()) return {};
  const auto& offered = known->second;
  if (std::ranges::find(offered, key, &OptionChoice::value) != offered.end()) return {};
  return violation("target.live",
                   "This account does not seem to have that " + spec.word + ". Choose again.", {},
                   Severity::warning);
}

bool flag_of(const Options& options, const std::string& name, bool otherwise) {
  const auto found = options.find(name);
  const bool* value = found == options.end() ? nullptr : std::get_if<bool>(&found->second);
  return value == nullptr ? otherwise : *value;
}

std::string text_of(const Options& options, const std::string& name) {
  const auto found = options.find(name);
  const auto* value = found == options.end() ? nullptr : std::get_if<std::string>(&found->second);
  return value == nullptr ? std::string() : *value;
}

std::vector<std::string> tags_of(const Options& options, const std::string& name) {
  const auto found = options.find(name);
  using Tags = std::vector<std::string>;
  const auto* value = found == options.end() ? nullptr : std::get_if<Tags>(&found->second);
  return value == nullptr ? Tags() : *value;
}

}  // namespace herald
