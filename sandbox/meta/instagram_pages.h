// What a browser sees of Instagram: a post's page, and the files.
#pragma once

#include "sandbox/meta/state.h"
#include "sandbox/side.h"

namespace herald::sandbox::meta {

// www.instagram.com: /p/{shortcode}/, /reel/{shortcode}/, /stories/{username}/{id}/.
Answer post_page(const Call& call, const World& world, const State& state);
// scontent.cdninstagram.com: /media/{digest}.jpg or .mp4, /avatar/{id}.svg.
Answer file(const Call& call, const World& world, const State& state);

}  // namespace herald::sandbox::meta
