// When a post is to appear: `published`, `scheduled_publish_time`, `unpublished_content_type`.
#pragma once

#include <cstdint>
#include <string_view>

#include "sandbox/meta/graph.h"

namespace herald::sandbox::meta {

inline constexpr std::int64_t kScheduleMinMs = 10LL * 60 * 1000;
inline constexpr std::int64_t kPostScheduleMaxMs = 30LL * 24 * 3600 * 1000;
inline constexpr std::int64_t kReelScheduleMaxMs = 29LL * 24 * 3600 * 1000;
inline constexpr std::int64_t kVideoScheduleMaxMs = 183LL * 24 * 3600 * 1000;

struct Schedule {
  std::int64_t at_ms = 0;  // 0: none.
  bool held = false;       // Unpublished, or a draft.
};

// Unix seconds, or with `text_allowed` also ISO 8601. kParameterInvalid: neither;
// kScheduleInvalid: outside the window from ten minutes to `max_ms` ahead.
Graph<std::int64_t> read_moment(const GraphCall& graph, std::int64_t max_ms, bool text_allowed);
// The call's own wish. kScheduleInvalid also: a moment for what is published now.
Graph<Schedule> read_schedule(const GraphCall& graph, std::int64_t max_ms, bool text_allowed);

}  // namespace herald::sandbox::meta
