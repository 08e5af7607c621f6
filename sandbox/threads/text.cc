#include "sandbox/threads/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace herald::sandbox::threads {

namespace {

constexpr UChar32 kAsEmoji = 0xFE0F;  // Makes an emoji of the letter before it.
constexpr UChar32 kJoiner = 0x200D;
constexpr UChar32 kKeycap = 0x20E3;

bool goes_on(UChar32 letter) {
  const bool tag = letter >= 0xE0020 && letter <= 0xE007F;
  return tag || letter == kAsEmoji || letter == kJoiner || letter == kKeycap ||
         u_hasBinaryProperty(letter, UCHAR_EMOJI_MODIFIER);
}

// The letter at `at`, which moves behind it; negative: no UTF-8.
UChar32 next_letter(std::string_view text, std::size_t& at) {
  UChar32 letter = 0;
  U8_NEXT(text.data(), at, text.size(), letter);
  return letter;
}

bool begins_emoji(UChar32 letter, UChar32 next) {
  if (letter < 0) return false;
  return u_hasBinaryProperty(letter, UCHAR_EMOJI_PRESENTATION) ||
         (next == kAsEmoji && u_hasBinaryProperty(letter, UCHAR_EMOJI));
}

}  // namespace

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t weight_of(std::string_view text) {
  std::size_t weight = 0;
  bool in_emoji = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto from = at;
    const auto letter = next_letter(text, at);
    auto behind = at;
    const auto next = at < text.size() ? next_letter(text, behind) : 0;
    in_emoji = begins_emoji(letter, next) || (in_emoji && letter >= 0 && goes_on(letter));
    weight += in_emoji ? at - from : 1;
  }
  return weight;
}

std::set<std::string> links_in(std::string_view text) {
  std::set<std::string> links;
  for (std::size_t at = 0; (at = text.find("http", at)) != text.npos;) {
    const auto rest = text.substr(at);
    if (!rest.starts_with("http://") && !rest.starts_with("https://")) {
      at += 4;
      continue;
    }
    auto link = rest.substr(0, rest.find_first_of(" \t\r\n<>\""));
    at += link.size();
    while (!link.empty() && std::string_view(".,;:!?)").find(link.back()) != link.npos)
      link.remove_suffix(1);
    links.emplace(link);
  }
  return links;
}

}  // namespace herald::sandbox::threads
