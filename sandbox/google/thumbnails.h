// thumbnails.set. https://developers.google.com/youtube/v3/docs/thumbnails/set
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

// POST /upload/youtube/v3/thumbnails/set: the image as the body (with or without
// uploadType=media) or as the last part of a multipart body.
Answer set_thumbnail(Context& google, const Call& call);

}  // namespace herald::sandbox::google
