// Regular expressions over Unicode text, without regard to case.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct URegularExpression;

namespace herald::sandbox {

std::u16string to_utf16(std::string_view text);  // What is no UTF-8 becomes U+FFFD.
std::string to_utf8(std::u16string_view text);

class Regex {
 public:
  explicit Regex(std::string_view pattern);  // In ICU's syntax; throws std::logic_error.
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  // What find_next() looks at; must outlive it.
  void look_at(std::u16string_view text);
  bool find_next();

  struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool found = false;

    std::u16string_view of(std::u16string_view text) const {
      return text.substr(begin, end - begin);
    }
  };
  // Of the last match. 0 is the whole.
  Span group(int number) const;

 private:
  URegularExpression* compiled_ = nullptr;
};

}  // namespace herald::sandbox
