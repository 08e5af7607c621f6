#include "app/rules.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "domain/check.h"

namespace herald {
namespace {

DraftMedium draft_medium(const MediumInput& medium) {
  return {medium.original, medium.jpeg, medium.alt_text};
}

Draft draft_of(const Input& input) {
  Draft draft;
  draft.text = input.text;
  draft.options = input.options;
  for (const auto& medium : input.media) draft.media.push_back(draft_medium(medium));
  for (const auto& [name, medium] : input.option_media) {
    draft.option_media.emplace(name, draft_medium(medium));
  }
  draft.live_choices = input.looked_up.choices;
  return draft;
}

constexpr const char* kStrangeChoice = "option.choice.live";
constexpr std::int64_t kLimitMax = 1'000'000;

bool is_given(const OptionValue& value) {
  if (const auto* yes = std::get_if<bool>(&value)) return *yes;
  if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
  return !std::get<std::vector<std::string>>(value).empty();
}

// What takes a permission that was not granted. Where it is not known what was, nothing is said.
void check_scopes(const PostKind& kind, const Input& input, std::vector<Violation>& found) {
  const auto& granted = input.account.scopes;
  const auto lacks = [&](const std::string& scope) {
    return !scope.empty() && !granted.empty() && std::ranges::find(granted, scope) == granted.end();
  };
  const auto add = [&](const char* rule, std::string field, const std::string& what,
                       const std::string& scope, const char* instead, const Source& source) {
    found.push_back({rule,
                     std::move(field),
                     "\"" + what +
                         "\" takes a permission that this account was connected without (" + scope +
                         "). Reconnect it and allow that, or " + instead + ".",
                     scope,
                     {},
                     source.where,
                     Violation::Severity::error});
  };
  if (lacks(kind.scope)) {
    add("kind.scope", "kind", kind.label, kind.scope, "choose another kind of post",
        kind.text.source);
  }
  for (const auto& option : kind.options) {
    const auto given = input.options.find(option.name);
    if (given == input.options.end() || !is_given(given->second) || !lacks(option.scope)) continue;
    add("option.scope", "options." + option.name, option.label, option.scope, "leave it out",
        option.source);
  }
}

// What stays off stays off, whatever is sent: the rest of the post goes out.
void warn_of_what_is_off(const PostKind& kind, const Input& input, std::vector<Violation>& found) {
  for (const auto& option : kind.options) {
    const auto off = input.looked_up.facts.find("off." + option.name);
    if (off == input.looked_up.facts.end() || !flag_of(input.options, option.name)) continue;
    found.push_back({"option.off",
                     "options." + option.name,
                     off->second,
                     {},
                     {},
                     option.source.where,
                     Violation::Severity::warning});
  }
}

}  // namespace

PostKind with_live_limits(PostKind kind, const LookedUp& looked_up) {
  const auto live = [&](const std::string& name) -> std::int64_t {
    const auto found = looked_up.facts.find("max." + name);
    if (found == looked_up.facts.end()) return 0;
    std::int64_t number = 0;
    const char* end = found->second.data() + found->second.size();
    const auto [stopped, error] = std::from_chars(found->second.data(), end, number);
    return error == std::errc() && stopped == end && number <= kLimitMax ? number : 0;
  };
  const auto replace = [&](auto& max, const std::string& name) {
    using Number = std::remove_reference_t<decltype(max)>;
    // What has no maximum by its spec is not there, or may be as large as it will.
    if (const auto number = live(name); max > 0 && number > 0) max = static_cast<Number>(number);
  };
  replace(kind.text.max, "text");
  replace(kind.media.alt_text_max, "alt_text");
  if (kind.media.max > 1) replace(kind.media.max, "media");  // One is one everywhere.
  for (auto& option : kind.options) replace(option.max, option.name);
  return kind;
}

std::vector<Violation> violations_of(const Platform& platform, const Input& input) {
  const auto& kinds = platform.spec->kinds;
  const auto kind = std::ranges::find(kinds, input.kind, &PostKind::id);
  if (kind == kinds.end()) {
    Violation unknown;
    unknown.rule = "kind.unknown";
    unknown.field = "kind";
    unknown.message = "This account does not take that kind of post.";
    return {std::move(unknown)};
  }
  auto found = check_target(platform.spec->target, input.target_key, input.looked_up.choices);
  for (auto& violation : check_by_spec(with_live_limits(*kind, input.looked_up), draft_of(input))) {
    found.push_back(std::move(violation));
  }
  check_scopes(*kind, input, found);
  warn_of_what_is_off(*kind, input, found);
  if (platform.check == nullptr) return found;
  for (auto& violation : platform.check(input)) {
    // What the platform is sure to refuse needs no warning besides.
    if (violation.severity == Violation::Severity::error) {
      std::erase_if(found, [&](const Violation& other) {
        return other.rule == kStrangeChoice && other.field == violation.field;
      });
    }
    found.push_back(std::move(violation));
  }
  return found;
}

std::optional<Error> refusal_by(const std::vector<Violation>& violations) {
  for (const auto& violation : violations) {
    if (violation.severity == Violation::Severity::warning) continue;
    return Error{
        ErrorKind::invalid,
        "Nothing was sent, since it does not keep a rule as things stand now: " + violation.message,
        "field " + violation.field,
        {},
        violation.rule};
  }
  return std::nullopt;
}

}  // namespace herald
