// videos.insert: how an upload begins, and what stands when its last byte has come.
#pragma once

#include <string_view>

#include "sandbox/google/caller.h"

namespace herald::sandbox::google {

// POST /upload/youtube/v3/videos. uploadType=resumable opens a session and answers its address;
// multipart (metadata and bytes in one body) and media (bytes only) make the video at once.
// https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol
Answer insert_video(Context& google, const Call& call);

// POST /youtube/v3/videos: metadata without bytes is refused.
Answer insert_without_media(Context& google, const Call& call);

// Makes the video of a finished upload and answers its resource. Records it in the ledger, whatever
// its privacy.
http::Response finish_insert(Context& google, UploadSession& upload, std::string_view bytes);

}  // namespace herald::sandbox::google
