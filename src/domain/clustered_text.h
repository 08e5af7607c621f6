// How long a text is for Mastodon: what reads as one character counts 1 however it is made, a link
// that begins with a scheme 23, and of a mention ("@ada@social.example") only "@ada". Where this
// and a server could differ, this counts more.
// Source: https://docs.joinmastodon.org/user/posting/ and the server's own counting of release
// 4.5.7, checked 2026-11-22.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace herald {

// `text` is UTF-8.
std::int64_t clustered_length(std::string_view text);

// The text with every mention cut down to "@ada": servers write the rest in a way of their own.
std::string without_mentioned_servers(std::string_view text);

}  // namespace herald
