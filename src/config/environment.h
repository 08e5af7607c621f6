// Named settings from the process environment and, below it, a file of NAME=VALUE lines. What is
// read wrongly is collected, so that a person sees all faults at once.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/secret.h"

namespace herald {

// Without blanks at either end.
std::string_view trimmed(std::string_view text);

class Environment {
 public:
  // `entries` as main() gets them ("NAME=VALUE"). They win over the file's.
  static Environment from(char** entries);
  // Adds the lines of a file: NAME=VALUE, '#' comments, optional quotes. A file with secrets in it
  // must be its owner's alone (V-19). unavailable: unreadable.
  Result<Done> add_file(const std::string& path);
  void set(std::string name, std::string value) { values_[std::move(name)] = std::move(value); }

  bool has(const std::string& name) const;  // Set, and not empty.
  std::string text(const std::string& name, std::string_view otherwise = {}) const;
  Secret secret(const std::string& name) const;
  // A whole number in [min, max]; else a fault.
  std::int64_t number(const std::string& name, std::int64_t otherwise, std::int64_t min,
                      std::int64_t max);
  // One of the words; else a fault.
  std::string word(const std::string& name, std::string_view otherwise,
                   const std::vector<std::string_view>& words);

  void fault(std::string text) { faults_.push_back(std::move(text)); }
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::string> faults_;
};

}  // namespace herald
