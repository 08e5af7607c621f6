// The one loop around every conversation with a platform, as a reducer: given where a conversation
// stands and the last answer, it says where it stands now and what to do next. The shell (runner.h,
// dialogue.h) stores the first before it does the second, always in that order.
//
// The fence is enforced here: a visible call begins only when none is up, and what raised it is
// lowered only by a verdict that proves no effect, or by acceptance.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "ports/platform.h"

namespace herald {

// What is saved of a conversation between two steps.
struct Course {
  Progress progress;
  std::optional<Fence> fence;
  int visible_calls = 0;  // Accepted so far.
  int steps_idle = 0;     // Answers in a row that changed nothing.
};

struct Send {
  Call call;
};
struct Rest {
  Duration delay{};
};
struct Settle {
  std::variant<Outcome, Error> end;
  bool in_doubt = false;  // The visible call may have been carried out: look, never resend.
};
using Action = std::variant<Send, Rest, Settle>;

struct Exchange {
  Effect effect = Effect::prepare;
  Answer answer;
};

struct Turn {
  Course course;
  Action action;
  std::optional<Meter> meter;
  std::string heard;  // What the answer meant, for history: "accepted", "refused", ...
};

struct FenceTimes {
  Duration send_within{5'000};      // After the fence is up; later the transport refuses.
  Duration settled_after{120'000};  // Lease and call limit: nothing can still be on its way.
};

inline constexpr int kStepsIdleMax = 8;

Turn advance(const FlowSteps& steps, const Input& input, Course course,
             const std::optional<Exchange>& heard, const FenceTimes& times = {});

}  // namespace herald
