#include "simulation/stage.h"

#include <utility>

namespace herald::simulation {

bool Stage::moment() {
  if (acting == nullptr) return true;
  if (acting->dead) return false;
  const bool scripted = trouble.moment();
  using Kind = Mishap::Kind;
  if ((scripted && trouble.mishap.kind == Kind::crash) || trouble.happens(trouble.weather.crash)) {
    note("crash of worker " + std::to_string(acting->owner));
    acting->dead = true;
    return false;
  }
  if (scripted && is_of_others(trouble.mishap.kind)) {
    Life* self = std::exchange(acting, nullptr);
    others_act(trouble.mishap.kind, self->owner);
    acting = self;
  }
  if ((scripted && trouble.mishap.kind == Kind::cut_off) ||
      trouble.happens(trouble.weather.cut_off)) {
    note("worker " + std::to_string(acting->owner) + " is cut off from the store");
    acting->cut_off_until = timeline.now() + kCutOffFor;
  }
  if (nested_) return true;
  if ((scripted && trouble.mishap.kind == Kind::freeze) ||
      trouble.happens(trouble.weather.freeze)) {
    freeze();
  }
  return true;
}

void Stage::freeze() {
  note("freeze of worker " + std::to_string(acting->owner));
  Life* self = std::exchange(acting, nullptr);
  Duration length = trouble.mishap.frozen_for;
  if (length == Duration{}) {
    const Duration lengths[] = {kFrozenBriefly, kFrozen, kFrozenLong};
    length = lengths[trouble.below(3)];
  }
  const Duration awake = timeline.now() + length;
  timeline.freeze(self->owner, awake);
  nested_ = true;
  others_go_on(awake);
  nested_ = false;
  acting = self;
  note("worker " + std::to_string(self->owner) + " wakes");
}

bool Stage::cut_off() const { return acting != nullptr && timeline.now() < acting->cut_off_until; }

bool Stage::meets(Mishap::Kind kind, double odds) {
  if (acting == nullptr) return false;
  const bool scripted = trouble.mishap.kind == kind && trouble.moments() == trouble.mishap.moment;
  return scripted || trouble.happens(odds);
}

void Stage::complain(std::string what) {
  note("VIOLATION: " + what);
  complaints.push_back(std::move(what));
}

void Stage::note(std::string what) {
  if (tracing) trace.push_back(std::to_string(timeline.now().count()) + " ms: " + std::move(what));
}

}  // namespace herald::simulation
