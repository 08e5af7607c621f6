// commentThreads and comments: list and insert.
// https://developers.google.com/youtube/v3/docs/commentThreads
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

Answer list_threads(Context& google, const Call& call);
Answer insert_thread(Context& google, const Call& call);
Answer list_comments(Context& google, const Call& call);
Answer insert_comment(Context& google, const Call& call);  // A reply.

}  // namespace herald::sandbox::google
