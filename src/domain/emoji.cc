// The emoji of twitter-text: the pattern of twemoji-parser 11.0.2 (Unicode 11), as sets and
// sequences. Copyright Twitter, Inc. and other contributors, under the MIT License; see NOTICE.
#include "domain/emoji.h"

#include <algorithm>
#include <span>

namespace herald {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kTextStyle = 0xFE0E;
constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;
constexpr char32_t kFlagA = 0x1F1E6;
constexpr Range kTones[] = {{0x1F3FB, 0x1F3FF}};
constexpr Range kAdults[] = {{0x1F468, 0x1F469}};
constexpr Range kSexes[] = {{0x2640, 0x2640}, {0x2642, 0x2642}};
constexpr Range kKeys[] = {{'#', '#'}, {'*', '*'}, {'0', '9'}};

// clang-format off
constexpr Range kWorkSigns[] = {
    {0x2695, 0x2695}, {0x2696, 0x2696}, {0x2708, 0x2708},
};
constexpr Range kWorkThings[] = {
    {0x1F33E, 0x1F33E}, {0x1F373, 0x1F373}, {0x1F393, 0x1F393}, {0x1F3A4, 0x1F3A4},
    {0x1F3A8, 0x1F3A8}, {0x1F3EB, 0x1F3EB}, {0x1F3ED, 0x1F3ED}, {0x1F4BB, 0x1F4BB},
    {0x1F4BC, 0x1F4BC}, {0x1F527, 0x1F527}, {0x1F52C, 0x1F52C}, {0x1F680, 0x1F680},
    {0x1F692, 0x1F692}, {0x1F9B0, 0x1F9B3},
};
constexpr Range kAthletes[] = {
    {0x26F9, 0x26F9}, {0x1F3CB, 0x1F3CB}, {0x1F3CC, 0x1F3CC}, {0x1F574, 0x1F574},
    {0x1F575, 0x1F575},
};
constexpr Range kPeople[] = {
    {0x1F3C3, 0x1F3C3}, {0x1F3C4, 0x1F3C4}, {0x1F3CA, 0x1F3CA}, {0x1F46E, 0x1F46E},
    {0x1F471, 0x1F471}, {0x1F473, 0x1F473}, {0x1F477, 0x1F477}, {0x1F481, 0x1F481},
    {0x1F482, 0x1F482}, {0x1F486, 0x1F486}, {0x1F487, 0x1F487}, {0x1F645, 0x1F647},
    {0x1F64B, 0x1F64B}, {0x1F64D, 0x1F64D}, {0x1F64E, 0x1F64E}, {0x1F6A3, 0x1F6A3},
    {0x1F6B4, 0x1F6B6}, {0x1F926, 0x1F926}, {0x1F935, 0x1F935}, {0x1F937, 0x1F939},
    {0x1F93D, 0x1F93D}, {0x1F93E, 0x1F93E}, {0x1F9B8, 0x1F9B8}, {0x1F9B9, 0x1F9B9},
    {0x1F9D6, 0x1F9DD},
};
constexpr Range kStyled[] = {
    {0xA9, 0xA9}, {0xAE, 0xAE}, {0x2122, 0x2122}, {0x265F, 0x265F},
};
constexpr Range kSymbols[] = {
    {0x203C, 0x203C}, {0x2049, 0x2049}, {0x2139, 0x2139}, {0x2194, 0x2199}, {0x21A9, 0x21A9},
    {0x21AA, 0x21AA}, {0x231A, 0x231A}, {0x231B, 0x231B}, {0x2328, 0x2328}, {0x23CF, 0x23CF},
    {0x23ED, 0x23EF}, {0x23F1, 0x23F1}, {0x23F2, 0x23F2}, {0x23F8, 0x23FA}, {0x24C2, 0x24C2},
    {0x25AA, 0x25AA}, {0x25AB, 0x25AB}, {0x25B6, 0x25B6}, {0x25C0, 0x25C0}, {0x25FB, 0x25FE},
    {0x2600, 0x2604}, {0x260E, 0x260E}, {0x2611, 0x2611}, {0x2614, 0x2614}, {0x2615, 0x2615},
    {0x2618, 0x2618}, {0x2620, 0x2620}, {0x2622, 0x2622}, {0x2623, 0x2623}, {0x2626, 0x2626},
    {0x262A, 0x262A}, {0x262E, 0x262E}, {0x262F, 0x262F}, {0x2638, 0x263A}, {0x2640, 0x2640},
    {0x2642, 0x2642}, {0x2648, 0x2653}, {0x2660, 0x2660}, {0x2663, 0x2663}, {0x2665, 0x2665},
    {0x2666, 0x2666}, {0x2668, 0x2668}, {0x267B, 0x267B}, {0x267F, 0x267F}, {0x2692, 0x2697},
    {0x2699, 0x2699}, {0x269B, 0x269B}, {0x269C, 0x269C}, {0x26A0, 0x26A0}, {0x26A1, 0x26A1},
    {0x26AA, 0x26AA}, {0x26AB, 0x26AB}, {0x26B0, 0x26B0}, {0x26B1, 0x26B1}, {0x26BD, 0x26BD},
    {0x26BE, 0x26BE}, {0x26C4, 0x26C4}, {0x26C5, 0x26C5}, {0x26C8, 0x26C8}, {0x26CF, 0x26CF},
    {0x26D1, 0x26D1}, {0x26D3, 0x26D3}, {0x26D4, 0x26D4}, {0x26E9, 0x26E9}, {0x26EA, 0x26EA},
    {0x26F0, 0x26F5}, {0x26F8, 0x26F8}, {0x26FA, 0x26FA}, {0x26FD, 0x26FD}, {0x2702, 0x2702},
    {0x2708, 0x2708}, {0x2709, 0x2709}, {0x270F, 0x270F}, {0x2712, 0x2712}, {0x2714, 0x2714},
    {0x2716, 0x2716}, {0x271D, 0x271D}, {0x2721, 0x2721}, {0x2733, 0x2733}, {0x2734, 0x2734},
    {0x2744, 0x2744}, {0x2747, 0x2747}, {0x2757, 0x2757}, {0x2763, 0x2763}, {0x2764, 0x2764},
    {0x27A1, 0x27A1}, {0x2934, 0x2934}, {0x2935, 0x2935}, {0x2B05, 0x2B07}, {0x2B1B, 0x2B1B},
    {0x2B1C, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55}, {0x3030, 0x3030}, {0x303D, 0x303D},
    {0x3297, 0x3297}, {0x3299, 0x3299}, {0x1F004, 0x1F004}, {0x1F170, 0x1F170}, {0x1F171, 0x1F171},
    {0x1F17E, 0x1F17E}, {0x1F17F, 0x1F17F}, {0x1F202, 0x1F202}, {0x1F21A, 0x1F21A},
    {0x1F22F, 0x1F22F}, {0x1F237, 0x1F237}, {0x1F321, 0x1F321}, {0x1F324, 0x1F32C},
    {0x1F336, 0x1F336}, {0x1F37D, 0x1F37D}, {0x1F396, 0x1F396}, {0x1F397, 0x1F397},
    {0x1F399, 0x1F39B}, {0x1F39E, 0x1F39E}, {0x1F39F, 0x1F39F}, {0x1F3CD, 0x1F3CD},
    {0x1F3CE, 0x1F3CE}, {0x1F3D4, 0x1F3DF}, {0x1F3F3, 0x1F3F3}, {0x1F3F5, 0x1F3F5},
    {0x1F3F7, 0x1F3F7}, {0x1F43F, 0x1F43F}, {0x1F441, 0x1F441}, {0x1F4FD, 0x1F4FD},
    {0x1F549, 0x1F549}, {0x1F54A, 0x1F54A}, {0x1F56F, 0x1F56F}, {0x1F570, 0x1F570},
    {0x1F573, 0x1F573}, {0x1F576, 0x1F579}, {0x1F587, 0x1F587}, {0x1F58A, 0x1F58D},
    {0x1F5A5, 0x1F5A5}, {0x1F5A8, 0x1F5A8}, {0x1F5B1, 0x1F5B1}, {0x1F5B2, 0x1F5B2},
    {0x1F5BC, 0x1F5BC}, {0x1F5C2, 0x1F5C4}, {0x1F5D1, 0x1F5D3}, {0x1F5DC, 0x1F5DE},
    {0x1F5E1, 0x1F5E1}, {0x1F5E3, 0x1F5E3}, {0x1F5E8, 0x1F5E8}, {0x1F5EF, 0x1F5EF},
    {0x1F5F3, 0x1F5F3}, {0x1F5FA, 0x1F5FA}, {0x1F6CB, 0x1F6CB}, {0x1F6CD, 0x1F6CF},
    {0x1F6E0, 0x1F6E5}, {0x1F6E9, 0x1F6E9}, {0x1F6F0, 0x1F6F0}, {0x1F6F3, 0x1F6F3},
};
constexpr Range kStyledPeople[] = {
    {0x261D, 0x261D}, {0x26F7, 0x26F7}, {0x26F9, 0x26F9}, {0x270C, 0x270C}, {0x270D, 0x270D},
    {0x1F3CB, 0x1F3CB}, {0x1F3CC, 0x1F3CC}, {0x1F574, 0x1F574}, {0x1F575, 0x1F575},
    {0x1F590, 0x1F590},
};
constexpr Range kBarePeople[] = {
    {0x270A, 0x270A}, {0x270B, 0x270B}, {0x1F385, 0x1F385}, {0x1F3C2, 0x1F3C4}, {0x1F3C7, 0x1F3C7},
    {0x1F3CA, 0x1F3CA}, {0x1F442, 0x1F442}, {0x1F443, 0x1F443}, {0x1F446, 0x1F450},
    {0x1F466, 0x1F469}, {0x1F46E, 0x1F46E}, {0x1F470, 0x1F478}, {0x1F47C, 0x1F47C},
    {0x1F481, 0x1F483}, {0x1F485, 0x1F487}, {0x1F4AA, 0x1F4AA}, {0x1F57A, 0x1F57A},
    {0x1F595, 0x1F595}, {0x1F596, 0x1F596}, {0x1F645, 0x1F647}, {0x1F64B, 0x1F64F},
    {0x1F6A3, 0x1F6A3}, {0x1F6B4, 0x1F6B6}, {0x1F6C0, 0x1F6C0}, {0x1F6CC, 0x1F6CC},
    {0x1F918, 0x1F91C}, {0x1F91E, 0x1F91E}, {0x1F91F, 0x1F91F}, {0x1F926, 0x1F926},
    {0x1F930, 0x1F939}, {0x1F93D, 0x1F93D}, {0x1F93E, 0x1F93E}, {0x1F9B5, 0x1F9B5},
    {0x1F9B6, 0x1F9B6}, {0x1F9B8, 0x1F9B8}, {0x1F9B9, 0x1F9B9}, {0x1F9D1, 0x1F9DD},
};
constexpr Range kPlain[] = {
    {0x23E9, 0x23EC}, {0x23F0, 0x23F0}, {0x23F3, 0x23F3}, {0x267E, 0x267E}, {0x26CE, 0x26CE},
    {0x2705, 0x2705}, {0x2728, 0x2728}, {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755},
    {0x2795, 0x2797}, {0x27B0, 0x27B0}, {0x27BF, 0x27BF}, {0xE50A, 0xE50A}, {0x1F0CF, 0x1F0CF},
    {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F1E6, 0x1F1FF}, {0x1F201, 0x1F201},
    {0x1F232, 0x1F236}, {0x1F238, 0x1F23A}, {0x1F250, 0x1F250}, {0x1F251, 0x1F251},
    {0x1F300, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F384},
    {0x1F386, 0x1F393}, {0x1F3A0, 0x1F3C1}, {0x1F3C5, 0x1F3C5}, {0x1F3C6, 0x1F3C6},
    {0x1F3C8, 0x1F3C8}, {0x1F3C9, 0x1F3C9}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0},
    {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F3FF}, {0x1F400, 0x1F43E}, {0x1F440, 0x1F440},
    {0x1F444, 0x1F444}, {0x1F445, 0x1F445}, {0x1F451, 0x1F465}, {0x1F46A, 0x1F46D},
    {0x1F46F, 0x1F46F}, {0x1F479, 0x1F47B}, {0x1F47D, 0x1F480}, {0x1F484, 0x1F484},
    {0x1F488, 0x1F4A9}, {0x1F4AB, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
    {0x1F550, 0x1F567}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F644}, {0x1F648, 0x1F64A},
    {0x1F680, 0x1F6A2}, {0x1F6A4, 0x1F6B3}, {0x1F6B7, 0x1F6BF}, {0x1F6C1, 0x1F6C5},
    {0x1F6D0, 0x1F6D2}, {0x1F6EB, 0x1F6EB}, {0x1F6EC, 0x1F6EC}, {0x1F6F4, 0x1F6F9},
    {0x1F910, 0x1F917}, {0x1F91D, 0x1F91D}, {0x1F920, 0x1F925}, {0x1F927, 0x1F92F},
    {0x1F93A, 0x1F93A}, {0x1F93C, 0x1F93C}, {0x1F940, 0x1F945}, {0x1F947, 0x1F970},
    {0x1F973, 0x1F976}, {0x1F97A, 0x1F97A}, {0x1F97C, 0x1F9A2}, {0x1F9B4, 0x1F9B4},
    {0x1F9B7, 0x1F9B7}, {0x1F9C0, 0x1F9C2}, {0x1F9D0, 0x1F9D0}, {0x1F9DE, 0x1F9FF},
};

// Longer ones before those they begin with.
constexpr std::u32string_view kSequences[] = {
    U"\U0001F468\u200D\u2764\uFE0F\u200D\U0001F48B\u200D\U0001F468",
    U"\U0001F468\u200D\U0001F468\u200D\U0001F466\u200D\U0001F466",
    U"\U0001F468\u200D\U0001F468\u200D\U0001F467\u200D\U0001F466",
    U"\U0001F468\u200D\U0001F468\u200D\U0001F467\u200D\U0001F467",
    U"\U0001F468\u200D\U0001F469\u200D\U0001F466\u200D\U0001F466",
    U"\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466",
    U"\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F467",
    U"\U0001F469\u200D\u2764\uFE0F\u200D\U0001F48B\u200D\U0001F468",
    U"\U0001F469\u200D\u2764\uFE0F\u200D\U0001F48B\u200D\U0001F469",
    U"\U0001F469\u200D\U0001F469\u200D\U0001F466\u200D\U0001F466",
    U"\U0001F469\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466",
    U"\U0001F469\u200D\U0001F469\u200D\U0001F467\u200D\U0001F467",
    U"\U0001F468\u200D\u2764\uFE0F\u200D\U0001F468",
    U"\U0001F468\u200D\U0001F466\u200D\U0001F466",
    U"\U0001F468\u200D\U0001F467\u200D\U0001F466",
    U"\U0001F468\u200D\U0001F467\u200D\U0001F467",
    U"\U0001F468\u200D\U0001F468\u200D\U0001F466",
    U"\U0001F468\u200D\U0001F468\u200D\U0001F467",
    U"\U0001F468\u200D\U0001F469\u200D\U0001F466",
    U"\U0001F468\u200D\U0001F469\u200D\U0001F467",
    U"\U0001F469\u200D\u2764\uFE0F\u200D\U0001F468",
    U"\U0001F469\u200D\u2764\uFE0F\u200D\U0001F469",
    U"\U0001F469\u200D\U0001F466\u200D\U0001F466",
    U"\U0001F469\u200D\U0001F467\u200D\U0001F466",
    U"\U0001F469\u200D\U0001F467\u200D\U0001F467",
    U"\U0001F469\u200D\U0001F469\u200D\U0001F466",
    U"\U0001F469\u200D\U0001F469\u200D\U0001F467",
    U"\U0001F3F3\uFE0F\u200D\U0001F308",
    U"\U0001F3F4\u200D\u2620\uFE0F",
    U"\U0001F441\u200D\U0001F5E8",
    U"\U0001F468\u200D\U0001F466",
    U"\U0001F468\u200D\U0001F467",
    U"\U0001F469\u200D\U0001F466",
    U"\U0001F469\u200D\U0001F467",
    U"\U0001F46F\u200D\u2640\uFE0F",
    U"\U0001F46F\u200D\u2642\uFE0F",
    U"\U0001F93C\u200D\u2640\uFE0F",
    U"\U0001F93C\u200D\u2642\uFE0F",
    U"\U0001F9DE\u200D\u2640\uFE0F",
    U"\U0001F9DE\u200D\u2642\uFE0F",
    U"\U0001F9DF\u200D\u2640\uFE0F",
    U"\U0001F9DF\u200D\u2642\uFE0F",
    U"\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
    U"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F",
    U"\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F",
};

// A first letter and the second letters that make a flag with it.
constexpr std::string_view kFlags[] = {
    "ACDEFGILMOQRSTUWXZ", "BABDEFGHIJLMNOQRSTVWYZ", "CACDFGHIKLMNOPRUVWXYZ", "DEGJKMOZ",
    "EACEGHRSTU", "FIJKMOR", "GABDEFGHILMNPQRSTUWY", "HKMNRTU", "ICDELMNOQRST", "JEMOP",
    "KEGHIMNPRWYZ", "LABCIKRSTUVY", "MACDEFGHKLMNOPQRSTUVWXYZ", "NACEFGILOPRUZ", "OM",
    "PAEFGHKLMNRSTWY", "QA", "REOSUW", "SABCDEGHIJKLMNORSTVXYZ", "TACDFGHJKLMNORTVWZ", "UAGMNSYZ",
    "VACEGINU", "WFS", "XK", "YET", "ZAMW",
};
// clang-format on

// Reads on code point by code point; what does not fit stays.
class Reader {
 public:
  Reader(std::u16string_view text, std::size_t at) : text_(text), begin_(at), at_(at) {}

  std::size_t size() const { return at_ - begin_; }

  char32_t peek() const {
    if (at_ >= text_.size()) return 0;
    const char32_t high = text_[at_];
    if (high < 0xD800 || high > 0xDBFF || at_ + 1 >= text_.size()) return high;
    const char32_t low = text_[at_ + 1];
    return low < 0xDC00 || low > 0xDFFF ? high : 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  }

  bool take(std::span<const Range> set) {
    const char32_t point = peek();
    const auto holds = [&](const Range& range) {
      return range.first <= point && point <= range.last;
    };
    return at_ < text_.size() && std::ranges::any_of(set, holds) && step(point);
  }

  bool take(char32_t wanted) { return at_ < text_.size() && peek() == wanted && step(wanted); }

  bool take(std::u32string_view sequence) {
    return std::ranges::all_of(sequence, [&](char32_t point) { return take(point); });
  }

  // As an emoji, unless it is asked for as text.
  bool take_style() { return take(kEmojiStyle) || peek() != kTextStyle; }

 private:
  bool step(char32_t point) {
    at_ += point > 0xFFFF ? 2 : 1;
    return true;
  }

  std::u16string_view text_;
  std::size_t begin_;
  std::size_t at_;
};

bool at_work(Reader& text) {
  if (!text.take(kAdults)) return false;
  text.take(kTones);
  if (!text.take(kJoiner)) return false;
  return text.take(kWorkSigns) ? text.take(kEmojiStyle) : text.take(kWorkThings);
}

bool woman_or_man(Reader& text) {
  return text.take(kJoiner) && text.take(kSexes) && text.take(kEmojiStyle);
}

bool athlete(Reader& text) {
  return text.take(kAthletes) && (text.take(kTones) || text.take(kEmojiStyle)) &&
         woman_or_man(text);
}

bool person(Reader& text) {
  if (!text.take(kPeople)) return false;
  text.take(kTones);
  return woman_or_man(text);
}

bool keycap(Reader& text) {
  if (!text.take(kKeys)) return false;
  text.take(kEmojiStyle);
  return text.take(kKeycap);
}

bool styled(Reader& text) { return text.take(kStyled) && text.take(kEmojiStyle); }
bool symbol(Reader& text) { return text.take(kSymbols) && text.take_style(); }

bool toned(Reader& text) {
  if (!text.take(kBarePeople) && !(text.take(kStyledPeople) && text.take_style())) return false;
  text.take(kTones);
  return true;
}

bool flag(Reader& text) {
  const auto letter = [&](char c) { return text.take(kFlagA + static_cast<char32_t>(c - 'A')); };
  const auto found =
      std::ranges::find_if(kFlags, [&](std::string_view flags) { return letter(flags[0]); });
  return found != std::end(kFlags) && std::ranges::any_of(found->substr(1), letter);
}

bool plain(Reader& text) { return text.take(kPlain) || text.take(kEmojiStyle); }

std::size_t sequence_size(std::u16string_view text, std::size_t at) {
  for (const auto sequence : kSequences) {
    Reader reader(text, at);
    if (reader.take(sequence)) return reader.size();
  }
  return 0;
}

template <class Pattern>
std::size_t size_of(std::u16string_view text, std::size_t at, Pattern pattern) {
  Reader reader(text, at);
  return pattern(reader) ? reader.size() : 0;
}

}  // namespace

std::size_t emoji_size(std::u16string_view text, std::size_t at) {
  // Nothing below U+00A9 but the keys begins an emoji.
  if (text[at] < 0xA9 && !Reader(text, at).take(kKeys)) return 0;
  for (const auto pattern : {at_work, athlete, person}) {
    if (const auto size = size_of(text, at, pattern)) return size;
  }
  if (const auto size = sequence_size(text, at)) return size;
  for (const auto pattern : {keycap, styled, symbol, toned, flag, plain}) {
    if (const auto size = size_of(text, at, pattern)) return size;
  }
  return 0;
}

}  // namespace herald
