// Errors as application/problem+json (RFC 9457). Error::detail never leaves the house.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "http/server/message.h"

namespace herald::http {

// The status of an error: by its kind; an `invalid` one is 422, or 400 if its code begins with
// "malformed".
int status_of(const Error& error);

// Members: type ("/problems/<code>"), title, status, detail (the error's message), and where known
// instance (the path asked for), request_id, retry_after (seconds; also the Retry-After header). A
// 401 carries WWW-Authenticate. Never cached.
Response problem(const Error& error, const std::string& request_id, std::string_view instance);

// The same with a status that the kind does not give, e.g. 413 or 507.
Response problem(int status, const Error& error, const std::string& request_id,
                 std::string_view instance);

// What is answered when the cause is ours and has been logged.
Response internal_problem();

}  // namespace herald::http
