#include "app/rules.h"

#include <algorithm>
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

}  // namespace

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
  auto found = check_target(platform.spec->target, input.target_key);
  for (auto& violation : check_by_spec(*kind, draft_of(input))) {
    found.push_back(std::move(violation));
  }
  if (platform.check == nullptr) return found;
  for (auto& violation : platform.check(input)) found.push_back(std::move(violation));
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
