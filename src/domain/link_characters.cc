#include "domain/link_characters.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace herald::link_characters {
namespace {

struct Range {
  char16_t first;
  char16_t last;
};

// Letters with accents, and what differs from one of them in case only. Sorted.
constexpr Range kAccented[] = {
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x24F},    {0x253, 0x254},   {0x256, 0x257},
    {0x259, 0x259},   {0x25B, 0x25B},   {0x260, 0x260},   {0x263, 0x263},   {0x268, 0x269},
    {0x26F, 0x26F},   {0x272, 0x272},   {0x275, 0x275},   {0x280, 0x280},   {0x283, 0x283},
    {0x288, 0x28C},   {0x292, 0x292},   {0x2BB, 0x2BB},   {0x300, 0x36F},   {0x399, 0x399},
    {0x3B9, 0x3B9},   {0x1E00, 0x1EFF}, {0x1FBE, 0x1FBE}, {0x2C65, 0x2C66}, {0x2C7E, 0x2C7F},
    {0xA7DC, 0xA7DC},
};
constexpr Range kCyrillic[] = {{0x400, 0x4FF}, {0x1C80, 0x1C87}};

// Spaces, marks of direction and what no text may hold.
constexpr Range kNeverInNames[] = {
    {0x9, 0xD},       {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},     {0x61C, 0x61C},
    {0x1680, 0x1680}, {0x180E, 0x180E}, {0x2000, 0x200A}, {0x200E, 0x200F}, {0x2028, 0x202F},
    {0x205F, 0x205F}, {0x2066, 0x2069}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}, {0xFFFE, 0xFFFF},
};
constexpr std::u16string_view kPunctuation = u"!'#%&()*+,\\-./:;<=>?@[]^_{|}~$";

constexpr Range kNeverBefore[] = {
    {'#', '$'},       {'0', '9'},       {'@', 'Z'},       {'a', 'z'},
    {0xFEFF, 0xFEFF}, {0xFF03, 0xFF03}, {0xFF20, 0xFF20}, {0xFFFE, 0xFFFF},
};

bool is_in(std::span<const Range> ranges, char16_t unit) {
  return std::ranges::any_of(
      ranges, [&](const Range& range) { return range.first <= unit && unit <= range.last; });
}

bool is_plain(char16_t unit) {
  return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') ||
         (unit >= '0' && unit <= '9');
}

bool is_letter_of_path(char16_t unit) {
  return is_plain(unit) || (unit > 0x7F && (is_in(kAccented, unit) || is_in(kCyrillic, unit)));
}

bool is_one_of(std::u16string_view units, char16_t unit) { return units.contains(unit); }

}  // namespace

bool may_precede(char16_t unit) { return !is_in(kNeverBefore, unit); }

bool in_name(char16_t unit) {
  return is_plain(unit) || (!is_one_of(kPunctuation, unit) && !is_in(kNeverInNames, unit));
}

bool in_plain_name(char16_t unit) {
  return is_plain(unit) || unit == '-' || (unit > 0x7F && is_in(kAccented, unit));
}

bool in_path(char16_t unit) {
  return is_letter_of_path(unit) || unit == 0x2013 || is_one_of(u"!*';:=+,.$/%#[]-_~@|&", unit);
}

bool ends_path(char16_t unit) { return is_letter_of_path(unit) || is_one_of(u"+-=_#/", unit); }

bool in_query(char16_t unit) {
  return is_plain(unit) || is_one_of(u"!?*'@();:&=+$/%#[]-_.,~|", unit);
}

bool ends_query(char16_t unit) { return is_plain(unit) || is_one_of(u"-_&=#/", unit); }

char16_t folded(char16_t unit) {
  const auto plus = [&](int distance) { return static_cast<char16_t>(unit + distance); };
  const auto between = [&](char16_t first, char16_t last) { return first <= unit && unit <= last; };
  if (between('A', 'Z')) return plus(32);
  if (unit < 0xC0) return unit;
  if (between(0xC0, 0xDE) && unit != 0xD7) return plus(32);
  if (between(0x391, 0x3A9)) return plus(32);  // Greek.
  if (unit == 0x3F5) return 0x3B5;             // Another epsilon.
  if (between(0x410, 0x42F)) return plus(32);  // Cyrillic.
  if (unit == 0x49A) return 0x49B;
  if (between(0x1C80, 0x1C85)) return u"\u0432\u0434\u043E\u0441\u0442\u0442"[unit - 0x1C80];
  if (between(0x531, 0x556)) return plus(48);        // Armenian.
  if (between(0x1C90, 0x1CBA)) return plus(-0xBC0);  // Georgian.
  return unit;
}

}  // namespace herald::link_characters
