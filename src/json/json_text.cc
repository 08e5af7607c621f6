#include "json/json_text.h"

#include <array>
#include <charconv>

namespace herald {
namespace {

bool is_plain(char c) { return (static_cast<unsigned char>(c) >= 0x20) & (c != '"') & (c != '\\'); }

// How many bytes there are before the first that is not plain. By blocks, which the compiler can
// look at as a whole.
std::size_t plain_size(std::string_view text) {
  constexpr std::size_t kBlock = 16;
  std::size_t size = 0;
  for (bool plain = true; size + kBlock <= text.size(); size += kBlock) {
    for (std::size_t i = 0; i < kBlock; ++i) plain &= is_plain(text[size + i]);
    if (!plain) break;
  }
  while (size < text.size() && is_plain(text[size])) ++size;
  return size;
}

}  // namespace

void JsonText::separate() {
  if (follows_) written_ += ',';
  follows_ = true;
}

JsonText& JsonText::open(char bracket) {
  separate();
  written_ += bracket;
  follows_ = false;
  return *this;
}

JsonText& JsonText::close(char bracket) {
  written_ += bracket;
  follows_ = true;
  return *this;
}

JsonText& JsonText::name(std::string_view name) {
  separate();
  written_ += '"';
  written_ += name;
  written_ += "\":";
  follows_ = false;
  return *this;
}

JsonText& JsonText::text(std::string_view value) {
  separate();
  quote(value);
  return *this;
}

JsonText& JsonText::text_or_null(std::string_view value) {
  if (!value.empty()) return text(value);
  separate();
  written_ += "null";
  return *this;
}

JsonText& JsonText::number(std::int64_t value) {
  separate();
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  written_.append(digits.data(), end);
  return *this;
}

// RFC 8259 section 7.
void JsonText::quote(std::string_view value) {
  constexpr std::string_view kHex = "0123456789abcdef";
  written_ += '"';
  while (!value.empty()) {
    const auto plain = plain_size(value);
    written_ += value.substr(0, plain);
    if (plain == value.size()) break;
    const char c = value[plain];
    value.remove_prefix(plain + 1);
    written_ += '\\';
    if (c == '"' || c == '\\') {
      written_ += c;
    } else {
      const auto code = static_cast<unsigned char>(c);
      written_ += "u00";
      written_ += kHex[code >> 4];
      written_ += kHex[code & 15];
    }
  }
  written_ += '"';
}

}  // namespace herald
