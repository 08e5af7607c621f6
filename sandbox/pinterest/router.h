// Which endpoint a call is for, and what every call has to bring: a token, an approved app, the
// scopes, and room within the limits, judged in this order.
#pragma once

#include "sandbox/pinterest/context.h"

namespace herald::sandbox::pinterest {

inline constexpr std::string_view kApiHost = "api.pinterest.com";
inline constexpr std::string_view kOtherApiHost = "api-sandbox.pinterest.com";
inline constexpr std::string_view kUploadHost =
    "pinterest-media-upload.s3-accelerate.amazonaws.com";
inline constexpr std::string_view kPictureHost = "i.pinimg.com";

Answer route(Context& x, const Call& call);
// The token that a call carries; empty: none.
std::string carried_token(const Call& call);

}  // namespace herald::sandbox::pinterest
