// Quill, an invented platform for what the real two do not have: threads of several visible calls,
// no ticket that is honoured once only, a listing that lags, and refresh tokens that are good for
// one use. This is Herald's side of it, written as any platform is.
#pragma once

#include "ports/platform.h"

namespace herald::simulation {

inline constexpr const char* kQuillApi = "https://api.quill.test/";
inline constexpr const char* kQuillToken = "https://id.quill.test/token";
inline constexpr const char* kPartMark = "\n--\n";  // Between the parts of a thread.

const Platform& quill();

// The parts of a thread's text.
std::vector<std::string> parts_of(const std::string& text);

}  // namespace herald::simulation
