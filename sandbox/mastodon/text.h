// How long a text is, whom it mentions, and what becomes of it as HTML.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/mastodon/context.h"

namespace herald::sandbox::mastodon {

std::string stripped(std::string_view text);    // Without white space around it.
std::int64_t graphemes(std::string_view text);  // What people take for one letter.
std::int64_t letters(std::string_view text);    // Code points.
// As the limit counts: a link is 23, a mention its first half, the rest graphemes (MA-28 to MA-30).
std::int64_t counted(std::string_view text);

// With the mentions of people here in their full form.
std::string with_full_mentions(const Context& x, const std::string& text);
bool mentions(const Context& x, const std::string& text, const Account& account);

std::string html_of_text(const std::string& text);

// What comes behind "@bluebakery@".
std::string handle_domain(const Context& x);

}  // namespace herald::sandbox::mastodon
