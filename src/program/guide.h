// The generated parts of a platform's guide (docs/platforms/<p>.md): what its spec says, as
// Markdown tables. Beside each fact stands the day it was checked, as a link to its source.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "ports/platform.h"

namespace herald {

// What Herald asks a person for, why, for which use, and what is required.
std::string scopes_guide(const PlatformSpec& spec);
// Post kinds, targets, files, options, consents, other limits, figures, the API version.
std::string limits_guide(const PlatformSpec& spec);

// `guide` with what stands between "<!-- generated: limits -->" and "<!-- end -->" written anew,
// and likewise "scopes"; of a second sign-in "scopes <registration>" alone. Invalid when it lacks
// one of them.
Result<std::string> with_generated_parts(std::string_view guide, const PlatformSpec& spec);

}  // namespace herald
