// Caption tracks. https://developers.google.com/youtube/v3/docs/captions
#pragma once

#include <string_view>

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

// POST /upload/youtube/v3/captions: resumable or multipart; a track of its video, language and
// name can be there once only.
Answer insert_captions(Context& google, const Call& call);

// GET /youtube/v3/captions?videoId=: the tracks of one's own video.
Answer list_captions(Context& google, const Call& call);

// All bytes of a session have come. Keeps the answer in the session.
http::Response finish_captions(Context& google, UploadSession& upload, std::string_view bytes);

// Whether the audience can switch captions on.
bool has_captions(const State& state, std::string_view video);

}  // namespace herald::sandbox::google
