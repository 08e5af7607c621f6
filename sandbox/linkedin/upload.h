// The addresses that bytes are PUT to, www.linkedin.com/dms-uploads/...
#pragma once

#include <string>

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

http::Response take_upload(Context& x, const Call& call);

// Registers an address that works for an hour; returns its key.
std::string add_upload_url(Context& x, UploadUrl url);
std::string upload_link(const Call& call, const std::string& key);

// Where a video's parts lie until they are joined.
std::string folder_of(const Asset& video);
std::string part_name(std::int64_t part);

}  // namespace herald::sandbox::linkedin
