// From containers to posts that people see, and away again.
#pragma once

#include "sandbox/threads/context.h"

namespace herald::sandbox::threads {

// "IN_PROGRESS", "FINISHED", "ERROR", "EXPIRED" or "PUBLISHED".
std::string_view status_of(const Container& container, std::int64_t now_ms);

// Shows the container's post to everybody.
const Post& make_visible(Context& x, const Container& container);
// A post that came about in another way; gets its id, its moment and its place in a thread.
const Post& add_post(Context& x, Post post);
void take_away(Context& x, const std::string& id);

// As lists call it: "TEXT_POST", "IMAGE", "VIDEO", "CAROUSEL_ALBUM" or "REPOST_FACADE".
std::string_view media_type_of(const Post& post);
std::string post_path(const State& state, const Post& post);  // "/@bluebakery/post/DSim.."

}  // namespace herald::sandbox::threads
