// What people see on www.tiktok.com, and the pictures that answers link to.
#pragma once

#include <string>

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

// Profiles, posts, and on the picture host avatars and covers.
Answer public_page(const Context& x, const Call& call);

std::string avatar_link(const Context& x, const Call& call, const User& user);  // Lives 2 hours.
std::string cover_link(const Context& x, const Call& call, const Post& post);   // Lives 6 hours.

}  // namespace herald::sandbox::tiktok
