#include "sandbox/tiktok/limits.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;

}  // namespace

bool Limits::is_full(const std::string& key, std::size_t most, std::int64_t now_ms) {
  auto& calls = calls_ms_[key];
  while (!calls.empty() && calls.front() <= now_ms - kMinuteMs) calls.pop_front();
  return calls.size() >= most;
}

}  // namespace herald::sandbox::tiktok
