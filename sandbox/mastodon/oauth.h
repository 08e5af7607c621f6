// Tokens: the code's exchange, the app's own token, taking back, and what the instance tells about
// it all.
#pragma once

#include <string>
#include <vector>

#include "sandbox/mastodon/refusal.h"

namespace herald::sandbox::mastodon {

// At blanks, in their order, each once.
std::vector<std::string> scopes_in(std::string_view text);
// Whatever their order.
bool same_scopes(std::vector<std::string> some, std::vector<std::string> others);

Checked<Answer> give_token(Context& x, const Call& call);
Checked<Answer> take_back(Context& x, const Call& call);
Checked<Answer> show_metadata(const Context& x, const Call& call);

}  // namespace herald::sandbox::mastodon
