// The world outside the sandbox: what its platforms fetch and whom they call back.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "sandbox/side.h"

namespace herald::sandbox {

struct Outside {
  // GETs a medium; blocks for at most its own time limit.
  std::function<Fetched(const std::string& url)> fetch;
  // POSTs a notice; blocks likewise. The body is what the receiver answered.
  std::function<Fetched(const Notice& notice)> post;
  // Runs work on another thread after a delay.
  std::function<void(std::chrono::milliseconds, std::function<void()>)> later;
};

// By libcurl: ten seconds, 512 MiB, three redirects. Large files lie in `folder` while in use.
Fetched fetch_by_curl(const std::string& url, const std::string& folder);
Fetched post_by_curl(const Notice& notice);

}  // namespace herald::sandbox
