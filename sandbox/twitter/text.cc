#include "sandbox/twitter/text.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>

#include "sandbox/regex.h"
#include "sandbox/twitter/links.h"

namespace herald::sandbox::twitter {

namespace {

constexpr std::size_t kLinkWeight = 23;
constexpr std::size_t kLongestEmoji = 20;  // In UTF-16; families with skin tones have 15.

std::u16string nfc_of(std::string_view text) {
  const auto raw = to_utf16(text);
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = unorm2_getNFCInstance(&status);
  std::u16string out(raw.size() * 3, u'\0');
  const auto size = unorm2_normalize(nfc, raw.data(), static_cast<std::int32_t>(raw.size()),
                                     out.data(), static_cast<std::int32_t>(out.size()), &status);
  out.resize(U_SUCCESS(status) ? static_cast<std::size_t>(size) : 0);
  return out;
}

// The length of the emoji that begins here; 0: none does.
std::size_t emoji_at(std::u16string_view text) {
  UChar32 first = 0;
  std::size_t behind = 0;
  U16_NEXT(text.data(), behind, text.size(), first);
  if (!u_hasBinaryProperty(first, UCHAR_EMOJI)) return 0;
  for (auto size = std::min(text.size(), kLongestEmoji); size > 0; --size)
    if (u_stringHasBinaryProperty(text.data(), static_cast<std::int32_t>(size), UCHAR_RGI_EMOJI))
      return size;
  return 0;
}

// The ranges of weight 100 of 100; every other letter counts twice.
bool is_light(UChar32 letter) {
  return letter <= 0x10FF || (letter >= 0x2000 && letter <= 0x200D) ||
         (letter >= 0x2010 && letter <= 0x201F) || (letter >= 0x2032 && letter <= 0x2037);
}

}  // namespace

std::string to_nfc(std::string_view text) { return to_utf8(nfc_of(text)); }

std::size_t letters_of(std::string_view text) {
  const auto wide = nfc_of(text);
  return static_cast<std::size_t>(
      std::ranges::count_if(wide, [](char16_t unit) { return !U16_IS_TRAIL(unit); }));
}

std::size_t weight_of(std::string_view text) {
  const auto wide = nfc_of(text);
  const auto links = wide_links(wide);
  auto link = links.begin();
  std::size_t weight = 0;
  for (std::size_t at = 0; at < wide.size();) {
    if (link != links.end() && at == link->offset) {
      weight += kLinkWeight;
      at += link->size;
      ++link;
      continue;
    }
    if (const auto size = emoji_at(std::u16string_view(wide).substr(at)); size > 0) {
      weight += 2;
      at += size;
      continue;
    }
    UChar32 letter = 0;
    U16_NEXT(wide.data(), at, wide.size(), letter);
    weight += is_light(letter) ? 1 : 2;
  }
  return weight;
}

bool has_forbidden_letters(std::string_view text) {
  return std::ranges::any_of(to_utf16(text), [](char16_t unit) {
    return unit == 0xFFFE || unit == 0xFEFF || unit == 0xFFFF;
  });
}

std::size_t cashtags_in(std::string_view text) {
  static Regex cashtag(R"((?:^|\s)\$[a-z]{1,6}(?:[._][a-z]{1,2})?(?=$|\s|[\p{P}\p{S}]))");
  const auto wide = to_utf16(text);
  cashtag.look_at(wide);
  std::size_t count = 0;
  while (cashtag.find_next()) ++count;
  return count;
}

std::vector<std::string> mentions_in(std::string_view text) {
  static Regex mention(R"((?:^|[^a-z0-9_\!\#\$%\&\*@\uFF20])[@\uFF20]([a-z0-9_]{1,20}))"
                       R"((?![a-z0-9_@\uFF20]))");
  const auto wide = to_utf16(text);
  mention.look_at(wide);
  std::vector<std::string> names;
  while (mention.find_next()) names.push_back(to_utf8(mention.group(1).of(wide)));
  return names;
}

std::string_view without_leading_mention(std::string_view text, std::string_view username) {
  const auto mention = "@" + std::string(username) + " ";
  const bool same = text.size() > mention.size() &&
                    std::ranges::equal(text.substr(0, mention.size()), mention,
                                       [](char a, char b) { return u_tolower(a) == u_tolower(b); });
  return same ? text.substr(mention.size()) : text;
}

}  // namespace herald::sandbox::twitter
