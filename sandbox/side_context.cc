#include "sandbox/side_context.h"

#include <charconv>

namespace herald::sandbox {

std::int64_t SideContext::scaled(std::int64_t ms) const {
  return static_cast<std::int64_t>(static_cast<double>(ms) * world.settings.processing_scale);
}

const std::string& SideContext::choice(std::string_view name) const {
  return world.switches.text(std::string(side) + "." + std::string(name));
}

std::int64_t SideContext::number(std::string_view name) const {
  const auto& text = choice(name);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace herald::sandbox
