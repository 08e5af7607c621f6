// How X counts and reads a text: twitter-text, configuration version 3, as published.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace herald::sandbox::twitter {

inline constexpr std::size_t kWeightMax = 280;

// A link in a text, in bytes of it.
struct Link {
  std::size_t offset = 0;
  std::size_t size = 0;
};

// In order. `text` is UTF-8, as everywhere here.
std::vector<Link> find_links(std::string_view text);

std::string to_nfc(std::string_view text);
std::size_t letters_of(std::string_view text);  // Code points after NFC.
// The weighted length.
std::size_t weight_of(std::string_view text);
// It holds U+FFFE, U+FEFF or U+FFFF.
bool has_forbidden_letters(std::string_view text);
std::size_t cashtags_in(std::string_view text);
// The names behind '@', as written.
std::vector<std::string> mentions_in(std::string_view text);
// Without the auto-filled mention of this user at its beginning.
std::string_view without_leading_mention(std::string_view text, std::string_view username);

}  // namespace herald::sandbox::twitter
