// Posts and comments as answers show them. Everything is JSON text.
#pragma once

#include <string>
#include <vector>

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

std::string post_json(const Context& x, const Post& post);           // {"kind":"t3","data":...}
std::string comment_json(const Context& x, const Comment& comment);  // {"kind":"t1","data":...}
// {"kind":"Listing","data":...}; `after` is a fullname, empty: null.
std::string listing_json(const std::vector<std::string>& things, const std::string& after = {});

}  // namespace herald::sandbox::reddit
