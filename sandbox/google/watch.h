// www.youtube.com and youtu.be as the audience sees them: a page per video.
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

// /watch?v=<id>, /shorts/<id>; youtu.be/<id> leads to the first.
Answer watch_page(const Context& google, const Call& call);

// i.ytimg.com/vi/<id>/<size>.jpg: the custom thumbnail, where one was set.
Answer thumbnail(const Context& google, const Call& call);

// yt3.ggpht.com/<channel>=s88-c: the channel's picture, in any size asked for.
Answer channel_picture(const Context& google, const Call& call);

}  // namespace herald::sandbox::google
