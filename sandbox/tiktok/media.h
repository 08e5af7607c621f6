// What TikTok takes of films and photos (media transfer guide, looked up 2026-09).
#pragma once

#include <string>
#include <string_view>

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

// Each keeps the medium on the shelf, or says why TikTok fails the post: its fail_reason.
std::string keep_film(Context& x, const User& creator, std::string_view bytes, Medium& medium);
std::string keep_photo(Context& x, const Fetched& file, Medium& medium);

}  // namespace herald::sandbox::tiktok
