#include "sandbox/side_context.h"

#include "sandbox/control_answers.h"

namespace herald::sandbox {

std::int64_t SideContext::scaled(std::int64_t ms) const {
  return static_cast<std::int64_t>(static_cast<double>(ms) * world.settings.processing_scale);
}

const std::string& SideContext::choice(std::string_view name) const {
  return world.switches.text(std::string(side) + "." + std::string(name));
}

std::int64_t SideContext::number(std::string_view name) const { return number_in(choice(name)); }

}  // namespace herald::sandbox
