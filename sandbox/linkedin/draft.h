// The body of POST /rest/posts, as far as the schema alone can judge it.
#pragma once

#include "sandbox/linkedin/endpoint.h"

namespace herald::sandbox::linkedin {

// A post without urns and times. Its assets are not looked at yet; the thumbnail of an article is
// the only one it may have.
Checked<Post> read_draft(const Context& x, const Call& call);

// A commentary as it is kept and shown, or FIELD_LENGTH_TOO_LONG.
Checked<Done> set_commentary(const Context& x, Post& post, std::string_view path,
                             std::string commentary);

}  // namespace herald::sandbox::linkedin
