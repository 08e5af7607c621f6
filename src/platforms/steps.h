// Short ways to say what a step or an answer comes to; shared by all platforms.
#pragma once

#include <array>
#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald {

// What a Platform holds of its flows; those that are not named do not exist.
std::array<FlowSteps, kFlows> flows_of(std::initializer_list<std::pair<Flow, FlowSteps>> flows);

Absorbed accepted(const Notes& notes, std::optional<Meter> meter = std::nullopt);
Absorbed not_yet(const Notes& notes, std::optional<Meter> meter = std::nullopt);
Absorbed refused(const Notes& notes, Error error);
Absorbed in_doubt(const Notes& notes, Error error);

// Rests, and goes on from `after`.
Step rest(Duration delay, const Notes& after, std::optional<Meter> meter = std::nullopt);
Step finished(Outcome outcome);

// The platform answered with what makes no sense, or not at all as documented: for the log, the
// status. Worth another try.
Error nonsense(const Answer& answer, std::string_view platform);

// The answer's Retry-After in seconds, between one second and a day. Dates are not read.
std::optional<std::chrono::seconds> retry_after(const Answer& answer);

bool is_success(const Answer& answer);

// An id as one segment of a path: everything but unreserved characters is escaped.
std::string segment(std::string_view id);

// Seconds since 1970 of "2026-11-20T09:15:00+0000", "...Z" or "...+00:00", fractions dropped.
std::optional<Time> time_of(std::string_view text);

}  // namespace herald
