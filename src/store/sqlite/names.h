// Names of enums in columns, where an unknown one is an error of the store.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "ports/stored_names.h"

namespace herald {

// Throws std::out_of_range for a name that this program does not know.
template <class E>
E enum_of(std::string_view name) {
  if (const auto known = enum_named<E>(name)) return *known;
  throw std::out_of_range("unknown name in a row: " + std::string(name));
}

}  // namespace herald
