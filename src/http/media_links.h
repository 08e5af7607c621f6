// Signed, expiring links to media.
#pragma once

#include <string>
#include <string_view>

#include "domain/media.h"
#include "domain/scope.h"
#include "http/services.h"
#include "http/uploader.h"

namespace herald::http {

// An absolute public URL: for platforms that fetch by URL; it ends in the extension of what the
// bytes are. `rendition`: "" (the original), "jpeg" or "preview". not_found: it is not ready, or
// has no such rendition.
Result<std::string> media_link(const Site& site, SignedLinks& links, const CustomerScope& scope,
                               const Medium& medium, std::string_view rendition, Time expires_at);

// A path on this origin that shows the medium in the app: the JPEG rendition of a picture, a frame
// of a video; empty for what has none. Expires at the end of a day, so that browsers can keep it.
std::string preview_path(const Services& services, const CustomerScope& scope,
                         const Medium& medium);

void add_media_link_routes(ApiRoutes& routes);

}  // namespace herald::http
