#include "config/environment.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>

namespace herald {
namespace {

namespace fs = std::filesystem;

std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool names_a_secret(std::string_view name) {
  return name.ends_with("_SECRET") || name.ends_with("_KEYS");
}

bool others_may_use(const std::string& path) {
  constexpr auto kOthers = fs::perms::group_all | fs::perms::others_all;
  std::error_code failed;
  return (fs::status(path, failed).permissions() & kOthers) != fs::perms::none;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

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
  std::error_code failed;
  if (!file || fs::is_directory(path, failed)) {
    return fail(ErrorKind::unavailable, "The settings file " + path + " cannot be read.");
  }
  std::set<std::string, std::less<>> names;
  bool has_secret = false;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const auto text = trimmed(line);
    if (text.empty() || text.front() == '#') continue;
    const std::string place = path + ", line " + std::to_string(number) + ": ";
    const auto equals = std::min(text.find('='), text.size());
    const std::string name(trimmed(text.substr(0, equals)));
    if (equals == text.size() || !is_name(name)) {
      fault(place + "not of the form NAME=VALUE");
      continue;
    }
    if (!names.insert(name).second) fault(place + name + " stands there twice");
    const auto value = unquoted(trimmed(text.substr(equals + 1)));
    has_secret = has_secret || (names_a_secret(name) && !value.empty());
    if (auto& held = values_[name]; held.empty()) held = value;
  }
  if (has_secret && others_may_use(path)) {
    fault(path + " holds secrets and is open to others; chmod 0600 it");
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
