#include "tests/tidy/source.h"

#include <algorithm>
#include <cctype>

namespace herald::tidy {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

void blank(std::string& text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to && i < text.size(); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

// The end of what begins with the quote at `at`: behind the closing quote.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

// `at`: the quote of R"mark( ... )mark".
std::size_t end_of_raw(std::string_view text, std::size_t at) {
  const auto open = text.find('(', at);
  if (open == text.npos) return text.size();
  const auto close = ")" + std::string(text.substr(at + 1, open - at - 1)) + "\"";
  const auto end = text.find(close, open);
  return end == text.npos ? text.size() : end + close.size();
}

std::size_t end_of_comment(std::string_view text, std::size_t at) {
  const bool block = text[at + 1] == '*';
  const auto end = text.find(block ? "*/" : "\n", at + 2);
  return end == text.npos ? text.size() : end + (block ? 2 : 0);
}

void strip(Source& source) {
  source.plain = source.code = source.text;
  const std::string_view text = source.text;
  for (std::size_t i = 0; i < text.size();) {
    const char before = i > 0 ? text[i - 1] : ' ';
    if (text[i] == '/' && i + 1 < text.size() && (text[i + 1] == '/' || text[i + 1] == '*')) {
      const auto end = end_of_comment(text, i);
      blank(source.plain, i, end);
      blank(source.code, i, end);
      i = end;
    } else if (text[i] == '"' || (text[i] == '\'' && !is_word(before))) {
      const bool raw = text[i] == '"' && before == 'R';
      const auto end = raw ? end_of_raw(text, i) : end_of_quoted(text, i);
      blank(source.code, i + 1, end - 1);
      i = end;
    } else {
      ++i;
    }
  }
}

void find_includes(Source& source) {
  int number = 0;
  for (const auto line : lines_of(source.plain)) {
    ++number;
    if (!line.starts_with("#include")) continue;
    const auto open = line.find_first_of("<\"");
    if (open == line.npos) continue;
    const auto close = line.find_first_of(">\"", open + 1);
    source.includes.push_back(
        {std::string(line.substr(open + 1, close - open - 1)), line[open] == '"', number});
  }
}

}  // namespace

// Beside the obvious, a header says so in its leading comment.
bool Source::is_test() const {
  const auto comment = text.substr(0, std::min(text.find("#pragma once"), text.size()));
  return path.ends_with("_test.cc") || path.ends_with("_test.h") || is_in("src/testing") ||
         is_in("tests") || comment.contains("by tests only") || comment.contains("For tests.") ||
         comment.contains("the tests of");
}

std::string Source::room() const {
  auto folder = path.substr(0, std::min(path.rfind('/'), path.size()));
  if (folder == "src") return "main";
  if (is_in("sandbox")) return "sandbox";
  return folder.starts_with("src/") ? folder.substr(4) : folder;
}

bool Source::is_in(std::string_view folder) const {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

int Source::line_of(std::size_t at) const {
  return 1 + static_cast<int>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

Source source_of(std::string path, std::string text) {
  Source source;
  source.path = std::move(path);
  source.text = std::move(text);
  if (source.is_cpp()) {
    strip(source);
    find_includes(source);
  }
  return source;
}

std::vector<std::size_t> places_of(std::string_view text, std::string_view word) {
  std::vector<std::size_t> places;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + word.size())) {
    const auto end = at + word.size();
    if (at > 0 && is_word(text[at - 1]) && is_word(word.front())) continue;
    if (end < text.size() && is_word(text[end]) && is_word(word.back())) continue;
    places.push_back(at);
  }
  return places;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

}  // namespace herald::tidy
