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
  if (scripted && (trouble.mishap.kind == Kind::cancel || trouble.mishap.kind == Kind::edit)) {
    Life* self = std::exchange(acting, nullptr);
    person_acts(trouble.mishap.kind);
    acting = self;
  }
  if (nested_) return true;
  if ((scripted && trouble.mishap.kind == Kind::freeze) ||
      trouble.happens(trouble.weather.freeze)) {
    note("freeze of worker " + std::to_string(acting->owner));
    Life* self = std::exchange(acting, nullptr);
    const Duration awake = timeline.now() + kFrozenFor;
    timeline.freeze(self->owner, awake);
    nested_ = true;
    others_go_on(awake);
    nested_ = false;
    acting = self;
    note("worker " + std::to_string(self->owner) + " wakes");
  }
  return true;
}

bool Stage::store_trouble(Mishap::Kind kind, double odds) {
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
