#include "app/engine.h"

#include <utility>

namespace herald {
namespace {

Error no_answer(const Answer& answer) {
  return {ErrorKind::unavailable,
          "The platform did not answer. Herald will try again.",
          answer.detail,
          {},
          "no_answer"};
}

Settle doubt(std::string detail) {
  return {Error{ErrorKind::unknown_outcome,
                "It may be live already. Herald is looking on the platform before anything else; "
                "please do not post it again.",
                std::move(detail),
                {},
                "outcome_unknown"},
          true};
}

// The end that an answer brings, or nothing when the conversation goes on. Moves `turn.course`.
std::optional<Settle> hear(const FlowSteps& steps, const Input& input, const Exchange& exchange,
                           Turn& turn) {
  Course& course = turn.course;
  const bool visible = exchange.effect == Effect::publish;
  if (exchange.answer.arrival == Answer::Arrival::nothing_sent) {
    course.fence.reset();
    turn.heard = "nothing sent";
    return Settle{no_answer(exchange.answer)};
  }
  if (exchange.answer.arrival == Answer::Arrival::maybe_sent) {
    turn.heard = visible ? "unknown" : "no answer";
    return visible ? doubt(exchange.answer.detail) : Settle{no_answer(exchange.answer)};
  }

  Absorbed absorbed = steps.absorb(input, course.progress, exchange.answer);
  turn.meter = std::move(absorbed.meter);
  switch (absorbed.verdict) {
    case Verdict::accepted:
    case Verdict::not_yet: {
      const bool accepted = absorbed.verdict == Verdict::accepted;
      turn.heard = accepted ? "accepted" : "not yet";
      if (visible && accepted) ++course.visible_calls;
      course.fence.reset();
      course.steps_idle = absorbed.progress == course.progress ? course.steps_idle + 1 : 0;
      course.progress = std::move(absorbed.progress);
      return std::nullopt;
    }
    case Verdict::refused:
      turn.heard = "refused";
      course.fence.reset();
      if (absorbed.taken_back && course.visible_calls > 0) --course.visible_calls;
      if (absorbed.taken_back || !absorbed.progress.empty()) {
        course.progress = std::move(absorbed.progress);
      }
      return Settle{std::move(absorbed.error)};
    case Verdict::unknown:
      break;
  }
  turn.heard = "unknown";
  if (visible) return doubt(absorbed.error.detail);
  if (!absorbed.progress.empty()) course.progress = std::move(absorbed.progress);
  if (absorbed.error.kind != ErrorKind::rate_limited) absorbed.error.kind = ErrorKind::unavailable;
  return Settle{std::move(absorbed.error)};
}

}  // namespace

Turn advance(const FlowSteps& steps, const Input& input, Course course,
             const std::optional<Exchange>& heard, const FenceTimes& times) {
  Turn turn{std::move(course), Settle{}, std::nullopt, {}};
  if (heard) {
    if (auto end = hear(steps, input, *heard, turn)) {
      turn.action = std::move(*end);
      return turn;
    }
  }
  if (turn.course.fence) {
    turn.action = doubt("a fence was up when the conversation was taken up again");
    return turn;
  }
  if (turn.course.steps_idle > kStepsIdleMax) {
    turn.action = Settle{Error{ErrorKind::internal,
                               "Herald got no further with this platform. Our operator was told.",
                               "no progress after several answers",
                               {},
                               "no_progress"}};
    return turn;
  }

  Step step = steps.next(input, turn.course.progress);
  if (auto* call = std::get_if<Call>(&step)) {
    if (call->effect == Effect::publish) {
      turn.course.fence = Fence{turn.course.visible_calls, 0, input.now,
                                input.now + times.send_within, input.now + times.settled_after};
    }
    turn.action = Send{std::move(*call)};
  } else if (auto* wait = std::get_if<Wait>(&step)) {
    turn.course.progress = std::move(wait->progress);
    if (wait->meter) turn.meter = std::move(wait->meter);
    turn.action = Rest{wait->delay};
  } else if (auto* finished = std::get_if<Finished>(&step)) {
    turn.action = Settle{std::move(finished->outcome)};
  } else {
    turn.action = Settle{std::move(std::get<Error>(step))};
  }
  return turn;
}

}  // namespace herald
