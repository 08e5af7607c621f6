// What a creator may do just now: the answer of creator info, and what the init calls hold posts
// against (content sharing guidelines, looked up 2026-09).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/tiktok/context.h"
#include "sandbox/tiktok/refusal.h"

namespace herald::sandbox::tiktok {

std::vector<std::string> privacy_options(const Context& x, const App& app, const User& creator);

// The code of the cap that is reached; empty: none.
std::string_view reached_cap(const Context& x, const App& app, const User& creator);

// A direct post. An unaudited app's becomes SELF_ONLY; the creator's own settings win.
Checked<Done> admit_post(const Context& x, const App& app, const User& creator, Details& details);
Checked<Done> admit_draft(const Context& x, const User& creator);

}  // namespace herald::sandbox::tiktok
