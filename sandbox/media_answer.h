// A medium on its way to a browser or a client, whole or by Range.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/call.h"
#include "sandbox/media_shelf.h"

namespace herald::sandbox {

// 200, 206, 404 or 416. One range only, as players ask.
http::Response media_answer(const MediaShelf& shelf, const std::string& digest,
                            std::string_view type, std::string_view range_header);

}  // namespace herald::sandbox
