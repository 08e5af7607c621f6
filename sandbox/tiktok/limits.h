// How often a token called what in the last minute. Kept in memory only: a minute is soon over.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace herald::sandbox::tiktok {

class Limits {
 public:
  bool is_full(const std::string& key, std::size_t most, std::int64_t now_ms);
  void count(const std::string& key, std::int64_t now_ms) { calls_ms_[key].push_back(now_ms); }
  void clear() { calls_ms_.clear(); }

 private:
  std::map<std::string, std::deque<std::int64_t>> calls_ms_;
};

}  // namespace herald::sandbox::tiktok
