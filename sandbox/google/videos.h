// videos.list, videos.update, videos.delete.
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

Answer list_videos(Context& google, const Call& call);
Answer update_video(Context& google, const Call& call);
Answer delete_video(Context& google, const Call& call);

}  // namespace herald::sandbox::google
