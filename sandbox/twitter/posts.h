// Posts: how they become visible, how they read in answers, and how they go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

// Gives it an id and a time, shortens its links and shows it to the audience.
const Post& make_visible(Context& x, Post post);
void remove_post(Context& x, const std::string& id);

// A link as an answer's text has it.
struct ShownLink {
  std::size_t begin = 0;  // In code points of the shown text.
  std::size_t end = 0;
  PostLink link;
  bool of_media = false;
};

struct ShownText {
  std::string text;  // Links shortened, &, < and > escaped, media's link at the end.
  std::vector<ShownLink> links;
};

ShownText shown_text(const Post& post);

std::string status_path(const State& state, const Post& post);  // "/bluebakery/status/19..."
// "image", "gif", "video", "poll", "quote" or "text".
std::string kind_of(const State& state, const Post& post);

}  // namespace herald::sandbox::twitter
