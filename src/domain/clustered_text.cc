#include "domain/clustered_text.h"

#include <algorithm>

#include "domain/joining_marks.h"
#include "domain/links.h"
#include "domain/text.h"

namespace herald {
namespace {

constexpr std::size_t kLinkLength = 23;
constexpr std::size_t kLinkMax = 4096;  // In UTF-16 units; a longer one counts in full.
constexpr std::size_t kServerMax = 253;
constexpr char32_t kJoiner = 0x200D;
constexpr std::u32string_view kSchemes[] = {U"http://", U"https://",  U"dat://",
                                            U"dweb://", U"ipfs://",   U"ipns://",
                                            U"ssb://",  U"gopher://", U"gemini://"};

char32_t folded(char32_t point) { return point >= 'A' && point <= 'Z' ? point + 32 : point; }

bool is_digit_or_letter(char32_t point) {
  point = folded(point);
  return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
}

// Of a user's or a server's name. Beyond ASCII only where that makes the count no smaller.
bool is_word(char32_t point) { return is_digit_or_letter(point) || point == '_'; }

bool begins_with_scheme(std::u32string_view text, bool of_the_web) {
  const auto schemes = of_the_web ? std::size_t{2} : std::size(kSchemes);
  return std::any_of(kSchemes, kSchemes + schemes, [&](std::u32string_view scheme) {
    return text.size() > scheme.size() &&
           std::ranges::equal(text.substr(0, scheme.size()), scheme, {}, folded);
  });
}

// The size of a name that begins at `at`: words with single or several '.' and '-' between.
std::size_t name_size(std::u32string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::size_t i = at; i < text.size(); ++i) {
    const bool word = is_word(text[i]);
    if (!word && (i == at || (text[i] != '.' && text[i] != '-'))) break;
    if (word) end = i + 1;
  }
  return end - at;
}

struct Mention {
  std::size_t user = 0;    // Size with its '@'; 0: none begins there.
  std::size_t server = 0;  // Size with its '@'.
};

Mention mention_at(std::u32string_view text, std::size_t at) {
  if (text[at] != '@') return {};
  if (at > 0) {
    const char32_t before = text[at - 1];
    if (before == '=' || before == '/' || is_word(before) || before >= 0x80) return {};
  }
  const std::size_t user = name_size(text, at + 1);
  const std::size_t second = at + 1 + user;
  if (user == 0 || second >= text.size() || text[second] != '@') return {};
  const std::size_t server = name_size(text, second + 1);
  if (server < 2 || server > kServerMax) return {};
  return {user + 1, server + 1};
}

// As it counts: links and mentions at their lengths, and what is missing to the length of a link
// where the server may see one and we do not.
struct Counted {
  std::u32string text;
  std::size_t more = 0;
};

Counted as_counted(const std::u32string& points) {
  Counted counted;
  const std::u32string_view all = points;
  const auto links = links_in(to_utf16(points));
  auto link = links.begin();
  std::size_t unit = 0;  // Where `i` is in UTF-16.
  const auto units_of = [](char32_t point) -> std::size_t { return point > 0xFFFF ? 2 : 1; };
  for (std::size_t i = 0; i < all.size();) {
    while (link != links.end() && link->begin < unit) ++link;
    const bool begins = link != links.end() && link->begin == unit;
    if (begins && link->size <= kLinkMax && begins_with_scheme(all.substr(i), true)) {
      counted.text.append(kLinkLength, U'x');
      for (const std::size_t end = unit + link->size; unit < end; ++i) unit += units_of(all[i]);
      continue;
    }
    const bool free = i == 0 || !is_digit_or_letter(all[i - 1]);
    if (free && !begins && begins_with_scheme(all.substr(i), false)) {
      const auto word = all.substr(i, all.substr(i).find_first_of(U" \t\r\n"));
      if (word.size() < kLinkLength) counted.more += kLinkLength - word.size();
    }
    const Mention mention = mention_at(all, i);
    const std::size_t taken = std::max<std::size_t>(mention.user, 1);
    counted.text += all.substr(i, taken);
    for (const std::size_t end = i + taken + mention.server; i < end; ++i) unit += units_of(all[i]);
  }
  return counted;
}

// Pictures that are joined to one by U+200D; those in use, which is not all that Unicode allows.
bool is_joined_picture(char32_t point) {
  static constexpr char32_t kSigns[] = {0x2194, 0x2195, 0x2620, 0x2640, 0x2642, 0x2695, 0x2696,
                                        0x26A7, 0x2708, 0x2744, 0x2764, 0x27A1, 0x2B1B};
  const bool sign = std::ranges::binary_search(kSigns, point);
  return sign || (point >= 0x1F300 && point <= 0x1F6FF) || (point >= 0x1F90C && point <= 0x1FAFF);
}

bool is_flag_letter(char32_t point) { return point >= 0x1F1E6 && point <= 0x1F1FF; }
bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// Extended grapheme clusters (UAX #29), but for the few joins that would make a count smaller and
// seldom come.
std::int64_t clusters_in(std::u32string_view text) {
  std::int64_t clusters = 0;
  bool picture = false;  // The cluster so far is a picture and what changes it.
  bool half_flag = false;
  char32_t before = 0;
  for (const char32_t point : text) {
    const bool follows = clusters > 0 && !is_control(before);
    const bool joins = (follows && is_joining_mark(point)) ||
                       (follows && picture && before == kJoiner && is_joined_picture(point)) ||
                       (half_flag && is_flag_letter(point)) || (before == '\r' && point == '\n');
    if (!joins) ++clusters;
    half_flag = !joins && is_flag_letter(point);
    if (!joins || !is_joining_mark(point)) picture = is_joined_picture(point);
    before = point;
  }
  return clusters;
}

}  // namespace

std::int64_t clustered_length(std::string_view text) {
  const Counted counted = as_counted(code_points_of(text));
  return clusters_in(counted.text) + static_cast<std::int64_t>(counted.more);
}

std::string without_mentioned_servers(std::string_view text) {
  const std::u32string points = code_points_of(text);
  std::u32string kept;
  for (std::size_t i = 0; i < points.size();) {
    const Mention mention = mention_at(points, i);
    const std::size_t taken = std::max<std::size_t>(mention.user, 1);
    kept += points.substr(i, taken);
    i += taken + mention.server;
  }
  return to_utf8(kept);
}

}  // namespace herald
