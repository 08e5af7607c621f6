// Uploading to X what a post shows, before the post. Nobody sees it until then.
#pragma once

#include <string>

#include "platforms/twitter.h"

namespace herald::twitter_flows {

// Notes: "ready" the ids of media that may be posted, and when the first of them expires; of the
// one under way "id", "segments" and so on.
bool has_all_media(const Input& input, const Notes& notes);
const std::vector<std::string>& ready_media(const Notes& notes);
// Forgets them all: they are uploaded anew.
Notes without_media(Notes notes);

Step next_of_media(const Input& input, Notes notes);
Absorbed absorb_of_media(const Input& input, Notes notes, const Answer& answer);
Answer imagine_of_media(const Input& input, const Notes& notes);

}  // namespace herald::twitter_flows
