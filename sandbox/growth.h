// Made-up numbers that agree from run to run and grow with simulated time.
#pragma once

#include <cstdint>
#include <string_view>

namespace herald::sandbox {

// FNV-1a; the same for the same id and seed.
std::uint64_t chance_of(std::string_view id, std::uint64_t seed);

// How many of `all` have come by after `age_ms`: half of them by `half_ms`, none before the start.
std::int64_t grown(std::int64_t all, std::int64_t age_ms, std::int64_t half_ms);

}  // namespace herald::sandbox
