// Refusals in LinkedIn's own words. A handler that cannot go on returns one as the error of
// Checked.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::sandbox::linkedin {

struct Context;

template <class T>
using Checked = std::expected<T, http::Response>;
using Refused = std::unexpected<http::Response>;

// {"status","serviceErrorCode","code","message"}; a number of 0 and an empty code are left out.
http::Response refusal(int status, std::string_view code, std::string_view message, int number = 0);

// 401, by what is wrong with the token.
http::Response empty_token();
http::Response invalid_token();
http::Response revoked_token();
http::Response expired_token(const Context& x);
// 403; `what` is "resource.METHOD.20260801".
http::Response access_denied(std::string_view what);

http::Response version_missing();
http::Response version_inactive(std::string_view month);
// 400 ILLEGAL_ARGUMENT: what Rest.li itself refuses.
http::Response illegal(std::string_view message);
http::Response unresolved_method();
http::Response no_resource();
http::Response not_found(std::string_view what);

// Of a body; `path` is "/content/media/id".
http::Response missing_field(const Context& x, std::string_view path);
http::Response wrong_schema(std::string_view path, std::string_view why);  // 422
http::Response invalid_value(std::string_view path, std::string_view value);
http::Response invalid_urn_type(std::string_view path, std::string_view value);
http::Response invalid_urn_id(std::string_view path, std::string_view value);
http::Response too_long(std::string_view path, std::size_t most);

http::Response duplicate(const Context& x, std::string_view urn);
http::Response media_waiting();
http::Response media_failed();
http::Response expired_upload();
http::Response invalid_video();
http::Response updating_failed(std::string_view why);
http::Response no_activity(const Context& x);
// `whose` is "APPLICATION_AND_MEMBER" or "APPLICATION".
http::Response throttled(const Context& x, std::string_view whose);

// {"error","error_description"} of the OAuth endpoints.
http::Response oauth_error(int status, std::string_view error, std::string_view description);
http::Response unknown_code();
http::Response wrong_code();
http::Response missing_parameter(std::string_view name);
http::Response wrong_client();
http::Response dead_refresh_token();

}  // namespace herald::sandbox::linkedin
