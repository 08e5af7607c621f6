// What a flow remembers between two steps: names with a text or a list of texts each. Kept as a
// JSON object; numbers are texts too.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ports/platform.h"

namespace herald {

class Notes {
 public:
  Notes() = default;
  // Empty or unreadable progress makes empty notes.
  explicit Notes(const Progress& progress);
  Progress progress() const;

  bool has(std::string_view name) const { return texts_.contains(name); }
  // Empty when there is none.
  std::string text(std::string_view name) const;
  // 0 when there is none, or it is no number.
  std::int64_t number(std::string_view name) const;
  const std::vector<std::string>& list(std::string_view name) const;
  // Names with this prefix, without it, and their texts.
  std::map<std::string, std::string> below(std::string_view prefix) const;

  // Each returns the notes themselves, so that a step reads as one sentence.
  Notes& set(std::string_view name, std::string text);
  Notes& set(std::string_view name, std::int64_t number);
  Notes& count(std::string_view name);  // One more.
  Notes& add(std::string_view name, std::string item);
  Notes& keep_first(std::string_view name, std::size_t items);
  Notes& erase(std::string_view name);

 private:
  std::map<std::string, std::string, std::less<>> texts_;
  std::map<std::string, std::vector<std::string>, std::less<>> lists_;
};

}  // namespace herald
