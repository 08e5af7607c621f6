// Uploads by tus 1.0 (https://tus.io/protocols/resumable-upload) with creation,
// creation-with-upload and termination: /api/media.
#pragma once

#include "http/uploader.h"

namespace herald::http {

void add_upload_routes(ApiRoutes& routes);

}  // namespace herald::http
