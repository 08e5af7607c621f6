#include "tests/tidy/functions.h"

#include <algorithm>
#include <array>

namespace herald::tidy {
namespace {

constexpr std::array<std::string_view, 6> kScopes{"namespace", "class", "struct",
                                                  "union",     "enum",  "extern"};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == ':' || c == '~';
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \n\t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \n\t") - first + 1);
}

// `template <...>`, attributes of the preprocessor and access labels say nothing here.
std::string_view without_preamble(std::string_view head) {
  for (bool again = true; again;) {
    again = false;
    head = trimmed(head);
    if (head.starts_with('#')) {
      const auto end = head.find('\n');
      head.remove_prefix(end == head.npos ? head.size() : end);
      again = true;
    }
    if (head.starts_with("template")) {
      int depth = 0;
      std::size_t i = head.find('<');
      for (; i < head.size(); ++i) {
        depth += head[i] == '<' ? 1 : head[i] == '>' ? -1 : 0;
        if (depth == 0) break;
      }
      head.remove_prefix(std::min(i + 1, head.size()));
      again = true;
    }
    for (const std::string_view label : {"public:", "private:", "protected:"}) {
      if (!head.starts_with(label)) continue;
      head.remove_prefix(label.size());
      again = true;
    }
  }
  return head;
}

bool opens_scope(std::string_view head) {
  head = without_preamble(head);
  return std::ranges::any_of(kScopes, [&](std::string_view word) {
    return head.starts_with(word) && (head.size() == word.size() || !is_name(head[word.size()]));
  });
}

// The name before the first '(', unless an '=' makes it the value of a variable.
std::string name_in(std::string_view head) {
  head = without_preamble(head);
  const auto open = head.find('(');
  if (open == head.npos) return {};
  const auto before = trimmed(head.substr(0, open));
  if (before.contains("operator")) return std::string(before.substr(before.find("operator")));
  if (before.contains('=')) return {};
  std::size_t start = before.size();
  while (start > 0 && is_name(before[start - 1])) --start;
  return std::string(before.substr(start));
}

// Between parentheses.
bool is_open(std::string_view head) {
  return std::ranges::count(head, '(') > std::ranges::count(head, ')');
}

int newlines(std::string_view text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

std::size_t closing(std::string_view code, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < code.size(); ++i) {
    depth += code[i] == '{' ? 1 : code[i] == '}' ? -1 : 0;
    if (depth == 0) return i;
  }
  return code.size();
}

}  // namespace

std::vector<Function> functions_in(std::string_view code) {
  std::vector<Function> found;
  std::size_t head = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] == ';' || code[i] == '}') head = i + 1;
    if (code[i] != '{') continue;
    const auto text = code.substr(head, i - head);
    if (opens_scope(text)) {
      head = i + 1;
      continue;
    }
    const auto close = closing(code, i);
    if (is_open(text)) {  // A default argument: the head goes on.
      i = close;
      continue;
    }
    if (auto name = name_in(text); !name.empty()) {
      found.push_back({std::move(name), 1 + newlines(code.substr(0, i)),
                       1 + newlines(code.substr(i, close - i))});
    }
    // Behind a member's initialiser, "a_{a}, b_(b) {", the next head is that of the body.
    i = close;
    head = close + 1;
  }
  return found;
}

}  // namespace herald::tidy
