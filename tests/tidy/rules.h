// The house rules that a program can check, each with an example that breaks it: a rule that cannot
// fail is not one.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/source.h"

namespace herald::tidy {

struct Sample {
  std::string_view path;
  std::string_view text;
};

struct Rule {
  std::string_view name;
  std::vector<Finding> (*check)(const Source&);
  Sample breaks;
  Sample keeps;
};

// As a test prints it.
inline void PrintTo(const Rule& rule, std::ostream* out) { *out << rule.name; }

// Rules about one file at a time.
std::vector<Rule> rules();

// Words that have no place in some folders (bans.cc).
std::vector<Rule> bans();
// Exceptions of the bans that the tree does not need any more, over all its files.
std::vector<Finding> stale_exceptions(const std::vector<Source>& tree);

// Whose rows the stores touch (customers.cc), and what is listed there in vain.
std::vector<Rule> customers();
std::vector<Finding> stale_looks_across(const std::vector<Source>& tree);

// How a file is built (shapes.cc): sizes, headers, names.
std::vector<Rule> shapes();

}  // namespace herald::tidy
