// The folder that holds everything: its owner's alone, and sealed with the right keys.
#pragma once

#include <optional>
#include <string>

#include "domain/result.h"
#include "ports/sealer.h"

namespace herald {

// invalid: it is there, and it is no folder, another user's, or open to others (V-19).
Result<Done> check_folder_private(const std::string& folder);

// With those above it, where it is not there yet.
Result<Done> make_folder(const std::string& folder);

// A sealed record stands beside the database. conflict: these keys are not the ones that the store
// was sealed with; start nothing (V-09). In a new folder the record is made.
Result<Done> check_folder_canary(const std::string& folder, Sealer& sealer);
// nullopt: none is kept.
std::optional<std::string> folder_canary(const std::string& folder);
// In the place of the one that is there.
Result<Done> set_folder_canary(const std::string& folder, const std::string& canary);

}  // namespace herald
