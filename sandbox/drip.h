// An answer that takes its time.
#pragma once

#include <chrono>
#include <functional>

#include "http/server/message.h"

namespace herald::sandbox {

// The same answer, its body sent in small pieces, one each `pause`, timed by `later`.
http::Response dripping(
    http::Response whole, std::size_t piece_bytes, std::chrono::milliseconds pause,
    std::function<void(std::chrono::milliseconds, std::function<void()>)> later);

}  // namespace herald::sandbox
