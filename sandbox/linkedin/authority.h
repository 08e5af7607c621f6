// Who may act for whom: a scope of the token, and the person's role on the page.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/linkedin/endpoint.h"

namespace herald::sandbox::linkedin {

// 403, or 400 where `urn` (of the body's field at `path`) is no author at all.
Checked<Done> may_write(const Request& request, std::string_view path, const std::string& urn);
// The same for comments, for which newer products have scopes of their own.
Checked<Done> may_comment(const Request& request, std::string_view path, const std::string& urn);
Checked<Done> may_read(const Request& request, const std::string& author);
// Statistics and role lists of a page. 403 without the scope or the role.
Checked<Done> may_administer(const Request& request, const std::string& organization);
bool administers_any(const Request& request);  // The scope alone.

}  // namespace herald::sandbox::linkedin
