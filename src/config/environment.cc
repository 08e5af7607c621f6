#include "config/environment.h"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace herald {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

Environment Environment::from(char** entries) {
  Environment environment;
  for (; entries != nullptr && *entries != nullptr; ++entries) {
    const std::string_view entry = *entries;
    const auto equals = entry.find('=');
    if (equals == entry.npos) continue;
    environment.values_[std::string(entry.substr(0, equals))] = entry.substr(equals + 1);
  }
  return environment;
}

Result<Done> Environment::add_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) return fail(ErrorKind::unavailable, "The settings file " + path + " cannot be read.");
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const auto text = trimmed(line);
    if (text.empty() || text.front() == '#') continue;
    const auto equals = text.find('=');
    if (equals == text.npos) {
      fault(path + ", line " + std::to_string(number) + ": not of the form NAME=VALUE");
      continue;
    }
    values_.try_emplace(std::string(trimmed(text.substr(0, equals))),
                        unquoted(trimmed(text.substr(equals + 1))));
  }
  return Done{};
}

bool Environment::has(const std::string& name) const { return !text(name).empty(); }

std::string Environment::text(const std::string& name, std::string_view otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? std::string(otherwise) : found->second;
}

Secret Environment::secret(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? Secret() : Secret(found->second);
}

std::int64_t Environment::number(const std::string& name, std::int64_t otherwise, std::int64_t min,
                                 std::int64_t max) {
  if (!has(name)) return otherwise;
  const std::string value = text(name);
  std::int64_t number = 0;
  const auto end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end && number >= min && number <= max) return number;
  fault(name + " must be a whole number from " + std::to_string(min) + " to " +
        std::to_string(max) + ", not \"" + value + "\"");
  return otherwise;
}

std::string Environment::word(const std::string& name, std::string_view otherwise,
                              const std::vector<std::string_view>& words) {
  const std::string value = text(name, otherwise);
  if (std::ranges::find(words, value) != words.end()) return value;
  std::string list;
  for (const auto word : words) list += (list.empty() ? "" : ", ") + std::string(word);
  fault(name + " must be one of " + list + ", not \"" + value + "\"");
  return std::string(otherwise);
}

}  // namespace herald
