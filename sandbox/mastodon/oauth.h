// Tokens: the code's exchange, the app's own token, taking back, and what the instance tells about
// it all.
#pragma once

#include "sandbox/mastodon/refusal.h"

namespace herald::sandbox::mastodon {

Checked<Answer> give_token(Context& x, const Call& call);
Checked<Answer> take_back(Context& x, const Call& call);
Checked<Answer> show_metadata(const Context& x, const Call& call);

}  // namespace herald::sandbox::mastodon
