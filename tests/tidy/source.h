// One file of the tree as the rules see it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace herald::tidy {

struct Include {
  std::string path;
  bool quoted = false;  // "domain/ids.h"; else <vector>.
  int line = 0;
};

struct Source {
  std::string path;   // From the root of the tree, with '/'.
  std::string text;   // As it is on disk.
  std::string plain;  // Comments blanked; as long as the text, line by line.
  std::string code;   // What stands in quotes blanked as well.
  std::vector<Include> includes;

  bool is_cpp() const { return path.ends_with(".cc") || path.ends_with(".h"); }
  bool is_header() const { return path.ends_with(".h"); }
  // Linked by test programs only.
  bool is_test() const;
  // "app", "http/server"; "main" for src/*.cc; else the folder: "sandbox", "tests/store".
  std::string room() const;
  bool is_in(std::string_view folder) const;  // At any depth.
  int line_of(std::size_t at) const;          // From 1.
};

// For a file that is not C++ plain and code are empty.
Source source_of(std::string path, std::string text);

struct Finding {
  std::string path;
  int line = 0;  // 0: the file as a whole.
  std::string message;
};

// Where `word` stands in `text` with no letter, digit or '_' beside it.
std::vector<std::size_t> places_of(std::string_view text, std::string_view word);
std::vector<std::string_view> lines_of(std::string_view text);
std::string lower_case(std::string_view text);

}  // namespace herald::tidy
