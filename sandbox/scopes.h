// Lists of scopes: what they mean on a consent page, and how they are written.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace herald::sandbox {

struct ScopeMeaning {
  std::string_view scope;
  std::string_view text;
};

// Empty: not in the list.
std::string_view meaning_of(std::span<const ScopeMeaning> all, std::string_view scope);
bool has_scope(const std::vector<std::string>& scopes, std::string_view scope);
std::string joined(const std::vector<std::string>& scopes, std::string_view between = " ");
// At blanks; each once.
std::vector<std::string> sorted_scopes(std::string_view text);

}  // namespace herald::sandbox
