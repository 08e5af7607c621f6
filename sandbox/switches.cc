#include "sandbox/switches.h"

#include <stdexcept>

namespace herald::sandbox {

void Switches::declare(std::string name, std::string value, std::string meaning) {
  all_[std::move(name)] = {.value = value, .declared = value, .meaning = std::move(meaning)};
}

const std::string& Switches::text(std::string_view name) const {
  const auto found = all_.find(name);
  if (found == all_.end()) throw std::logic_error("undeclared switch " + std::string(name));
  return found->second.value;
}

bool Switches::set(std::string_view name, std::string value) {
  const auto found = all_.find(name);
  if (found == all_.end()) return false;
  found->second.value = std::move(value);
  return true;
}

void Switches::restart() {
  for (auto& [name, held] : all_) held.value = held.declared;
}

}  // namespace herald::sandbox
