// Refusals in X's own words. A handler that cannot go on returns one as the error of Checked.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::sandbox::twitter {

template <class T>
using Checked = std::expected<T, http::Response>;
using Refused = std::unexpected<http::Response>;

// {"title","detail","type","status"}; `kind` is the last part of the type, empty: about:blank.
http::Response problem(int status, std::string_view title, std::string_view detail,
                       std::string_view kind = {});
// 400 with one entry in "errors"; without a parameter's name, "parameters" is empty.
http::Response invalid(std::string_view message, std::string_view parameter = {},
                       std::string_view value = {});
// 403 in the short form: title Forbidden, no kind.
http::Response forbidden(std::string_view detail);

http::Response unauthorized();
http::Response not_permitted();
http::Response app_only_forbidden();
http::Response no_credits();
http::Response usage_capped();
http::Response suspended();
http::Response client_forbidden();
http::Response too_many(bool code88);
http::Response duplicate();
http::Response text_too_long(bool as_forbidden);
http::Response bad_media(std::string_view id);
http::Response not_summoned();
http::Response unknown_upload();
http::Response not_found(std::string_view resource, std::string_view parameter,
                         std::string_view id);
// Its entry in "errors", as JSON text: reads of several ids answer 200 with it.
std::string not_found_entry(std::string_view resource, std::string_view parameter,
                            std::string_view id);
// A path that is no endpoint.
http::Response no_such_path();

// {"error","error_description"} of the OAuth endpoints.
http::Response oauth_error(int status, std::string_view error, std::string_view description);

}  // namespace herald::sandbox::twitter
