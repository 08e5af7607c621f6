// One question to a server of our own on this machine, over plain HTTP.
#pragma once

#include <cstdint>
#include <string>

#include "domain/result.h"

namespace herald::http {

// The body of what GET `path` answers with 200. Blocks, for two seconds at most. unavailable:
// nothing answers there, or not that.
Result<std::string> plain_get(const std::string& address, std::uint16_t port,
                              const std::string& path);

}  // namespace herald::http
