// Errors as application/problem+json (RFC 9457). Error::detail never leaves the house: of a failure
// on our side it is Response::cause.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "http/server/message.h"

namespace herald::http {

// The status of an error: by its kind; an `invalid` one is 422, or 400 if its code begins with
// "malformed".
int status_of(const Error& error);

// Members: type ("/problems/<code>"), title, status, code, detail (the error's message), and where
// known request_id, retry_after (seconds; also the Retry-After header). Nothing of the request is
// repeated, so that two answers of one kind are the same bytes but for their request_id (T-01). A
// 401 carries WWW-Authenticate. Never cached.
Response problem(const Error& error, const std::string& request_id);

// The same with a status that the kind does not give, e.g. 413 or 507.
Response problem(int status, const Error& error, const std::string& request_id);

// The two answers of a door that has no such route; `allowed` goes into the Allow header.
Response no_such_address(const std::string& request_id);
Response method_not_allowed(const std::string& request_id, std::string allowed);

// What is answered when the cause is ours and has been logged.
Response internal_problem(const std::string& request_id);

}  // namespace herald::http
