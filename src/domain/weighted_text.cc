#include "domain/weighted_text.h"

#include "domain/emoji.h"
#include "domain/links.h"
#include "domain/normal_form.h"
#include "domain/text.h"

namespace herald {
namespace {

constexpr std::int64_t kLinkWeight = 23;
constexpr std::int64_t kEmojiWeight = 2;

std::int64_t weight_of(char16_t unit) {
  const bool light = unit <= 0x10FF || (unit >= 0x2000 && unit <= 0x200D) ||
                     (unit >= 0x2010 && unit <= 0x201F) || (unit >= 0x2032 && unit <= 0x2037);
  return light ? 1 : 2;
}

// Emoji are looked for from the beginning, whatever links there are.
std::vector<Link> emoji_in(std::u16string_view text) {
  std::vector<Link> found;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = emoji_size(text, i);
    if (size > 0) found.push_back({i, size});
    i += size > 0 ? size : 1;
  }
  return found;
}

// The one that begins at `at`. `next` goes along.
const Link* begun_at(const std::vector<Link>& all, std::size_t& next, std::size_t at) {
  while (next < all.size() && all[next].begin < at) ++next;
  return next < all.size() && all[next].begin == at ? &all[next] : nullptr;
}

bool is_first_half(char16_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }

}  // namespace

std::int64_t weighted_length(std::string_view text) {
  const std::u16string units = to_utf16(to_normal_form(code_points_of(text)));
  const auto links = links_in(units);
  const auto emoji = emoji_in(units);
  std::size_t next_link = 0;
  std::size_t next_emoji = 0;
  std::int64_t weight = 0;
  for (std::size_t i = 0; i < units.size();) {
    if (const Link* link = begun_at(links, next_link, i)) {
      weight += kLinkWeight;
      i += link->size;
    } else if (const Link* one = begun_at(emoji, next_emoji, i)) {
      weight += kEmojiWeight;
      i += one->size;
    } else if (is_first_half(units[i])) {
      weight += 2;
      i += 2;
    } else {
      weight += weight_of(units[i]);
      ++i;
    }
  }
  return weight;
}

}  // namespace herald
