// The markup of a commentary, "little text": a backslash before every sign that is meant as itself,
// @[Name](urn) and {hashtag|\#|word} for what is more than text. A sign without its backslash is no
// error: what is kept ends there.
#pragma once

#include <string>
#include <string_view>

namespace herald::sandbox::linkedin {

struct LittleText {
  std::string kept;   // The markup up to where it breaks off.
  std::string shown;  // What people read of it.
  std::string whole;  // What they would read had nothing broken off.
};

LittleText read_little_text(std::string_view text);

}  // namespace herald::sandbox::linkedin
