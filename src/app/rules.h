// What a platform's rules say of one target: those that its kind states as data, then its own
// check(). Asked when a post is made and again right before the first call of a delivery, since
// rules, scopes, media and live facts may have changed meanwhile.
#pragma once

#include <optional>
#include <vector>

#include "domain/capability.h"
#include "domain/result.h"
#include "ports/platform.h"

namespace herald {

// Facts that were looked up take the place of the maxima that the kind has by its spec, and what
// they say is off is warned of (domain/looked_up.h has their names). Empty: the target may go out.
std::vector<Violation> violations_of(const Platform& platform, const Input& input);

// The first that is no mere warning, as the error a delivery ends with: its code is the rule.
std::optional<Error> refusal_by(const std::vector<Violation>& violations);

}  // namespace herald
