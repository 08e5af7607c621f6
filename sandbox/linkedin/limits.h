// How often a member and an app may call a resource in a day that ends at midnight UTC.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/linkedin/context.h"
#include "sandbox/linkedin/refusal.h"

namespace herald::sandbox::linkedin {

// Counts a call; 429 where it is one too many.
Checked<Done> charge(Context& x, std::string_view resource, const Grant& grant);

}  // namespace herald::sandbox::linkedin
