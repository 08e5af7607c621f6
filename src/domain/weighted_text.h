// How long a text is for X (twitter-text, version 3): a link counts 23, an emoji 2, letters of most
// alphabets 1 and everything else 2, of the text in its normal form.
// Source: https://docs.x.com/fundamentals/counting-characters, checked 2026-11-22.
#pragma once

#include <cstdint>
#include <string_view>

namespace herald {

// `text` is UTF-8.
std::int64_t weighted_length(std::string_view text);

}  // namespace herald
