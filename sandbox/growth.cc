#include "sandbox/growth.h"

#include <algorithm>

namespace herald::sandbox {

std::uint64_t chance_of(std::string_view id, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

std::int64_t grown(std::int64_t all, std::int64_t age_ms, std::int64_t half_ms) {
  const auto age = std::max<std::int64_t>(0, age_ms);
  const auto share = static_cast<double>(age) / static_cast<double>(age + half_ms);
  return static_cast<std::int64_t>(static_cast<double>(all) * share);
}

}  // namespace herald::sandbox
