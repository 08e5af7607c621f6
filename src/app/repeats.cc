// Is this content on its way to the account already? It guards against a post that is made twice by
// mistake. The rule is domain/delivery_rules.h: repeats(); the store keeps it, so that of two that
// come at one moment only one is taken.
#include "app/compose.h"
#include "app/packing.h"
#include "domain/encoding.h"

namespace herald {
namespace {

// The same file uploaded twice is the same content.
const std::string& content_of(const MediumInput& medium) {
  const std::string& hash = medium.original.sha256_hex;
  return hash.empty() ? medium.id.value : hash;
}

}  // namespace

void append(std::vector<std::string>& parts, const OptionValue& value) {
  parts.push_back(std::to_string(value.index()));
  if (const auto* text = std::get_if<std::string>(&value)) parts.push_back(*text);
  if (const auto* yes = std::get_if<bool>(&value)) parts.push_back(*yes ? "true" : "false");
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    parts.push_back(std::to_string(list->size()));
    parts.insert(parts.end(), list->begin(), list->end());
  }
}

std::string Compose::content_of(const Input& input) const {
  std::vector<std::string> parts{input.kind, input.text, std::to_string(input.media.size())};
  for (const auto& medium : input.media) parts.push_back(herald::content_of(medium));
  for (const auto& [name, value] : input.options) {
    parts.push_back(name);
    const auto medium = input.option_media.find(name);
    if (medium == input.option_media.end()) {
      append(parts, value);
    } else {
      parts.push_back(herald::content_of(medium->second));
    }
  }
  return to_hex(ports_.digest.sha256(pack({parts.begin(), parts.end()})));
}

Result<std::vector<Problem>> Compose::repeats_in(const Caller& caller,
                                                 const std::vector<Delivery>& deliveries,
                                                 Violation::Severity severity) {
  std::vector<Problem> problems;
  for (const Delivery& delivery : deliveries) {
    HERALD_TRY(const auto before, ports_.store.find_repeated(caller.scope, delivery, kUniqueFor));
    if (!before) continue;
    Violation twice;
    twice.severity = severity;
    twice.rule = "content.repeated";
    twice.field = "account_id";
    twice.message =
        "The same content went to this account, or is about to, by a post of the last 24 hours. "
        "Publish it again only if you mean to show it twice.";
    twice.limit = "once in 24 hours";
    if (caller.may_see(before->user)) twice.actual = before->post.value;
    problems.push_back({delivery.target, std::move(twice)});
  }
  return problems;
}

}  // namespace herald
