// Uploading what a post shows, before the post, and waiting until the instance is done with it.
// Nobody sees it until then; what is not posted is removed after about a day.
#pragma once

#include "platforms/mastodon.h"

namespace herald::mastodon_flows {

// Every file is uploaded and processed.
bool has_all_media(const Input& input, const Notes& notes);
// Uploaded so long ago that the instance may have removed them.
bool is_stale(const Input& input, const Notes& notes);
// Forgets them all: they are uploaded anew.
Notes without_media(Notes notes);
// Asks of each again whether it is there and processed.
Notes with_media_in_question(Notes notes);

Step next_of_media(const Input& input, Notes notes);
Absorbed absorb_of_media(const Input& input, Notes notes, const Answer& answer);

}  // namespace herald::mastodon_flows
