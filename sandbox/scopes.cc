#include "sandbox/scopes.h"

#include <algorithm>

#include "sandbox/query.h"

namespace herald::sandbox {

std::string_view meaning_of(std::span<const ScopeMeaning> all, std::string_view scope) {
  const auto found = std::ranges::find(all, scope, &ScopeMeaning::scope);
  return found == all.end() ? std::string_view() : found->text;
}

bool has_scope(const std::vector<std::string>& scopes, std::string_view scope) {
  return std::ranges::find(scopes, scope) != scopes.end();
}

std::string joined(const std::vector<std::string>& scopes, std::string_view between) {
  std::string text;
  for (const auto& scope : scopes) {
    if (!text.empty()) text += between;
    text += scope;
  }
  return text;
}

std::vector<std::string> sorted_scopes(std::string_view text) {
  auto scopes = split(text, ' ');
  std::ranges::sort(scopes);
  const auto again = std::ranges::unique(scopes);
  scopes.erase(again.begin(), again.end());
  return scopes;
}

}  // namespace herald::sandbox
