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

  void run(const Draft& draft) {
    const auto given = draft.options.find(spec_.name);
    if (given == draft.options.end()) return missing();
    const OptionValue& value = given->second;
    switch (spec_.type) {
      case OptionType::boolean:
        if (!std::holds_alternative<bool>(value)) wrong_type("true or false");
        return;
      case OptionType::tags:
        if (const auto* tags = std::get_if<std::vector<std::string>>(&value)) return list(*tags);
        return wrong_type("a list of texts");
      default:
        if (const auto* text = std::get_if<std::string>(&value)) return single(*text, draft);
        return wrong_type("a text");
    }
  }

 private:
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
    if (spec_.type == OptionType::media && !draft.option_media.contains(spec_.name)) {
      add("media", "Upload the file for \"" + spec_.label + "\" first.", {}, text);
    }
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

  void list(const std::vector<std::string>& tags) {
    if (tags.empty()) return missing();
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
  for (const auto& spec : kind.options) OptionCheck(spec, found).run(draft);
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
