// The buckets that uploads go to: Amazon S3's POST by a signed form, with its XML errors.
#pragma once

#include <string_view>

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

inline constexpr std::string_view kImageBucket =
    "reddit-uploaded-media.s3-accelerate.amazonaws.com";
inline constexpr std::string_view kVideoBucket =
    "reddit-uploaded-video.s3-accelerate.amazonaws.com";

bool is_bucket(std::string_view host);
http::Response receive_upload(Context& x, const Call& call);

}  // namespace herald::sandbox::reddit
