// Opaque cursors: sealed with the customer, the listing and its filter, so that one of another
// customer, route or filter, or an edited one, does not open (T-24).
#pragma once

#include <string>
#include <string_view>

#include "http/server/query.h"
#include "http/uploader.h"
#include "ports/post_store.h"

namespace herald::http {

// Reads "limit" (1 to 100, 30 by default) and "cursor". `listing` names the route, `filter`
// whatever else was asked for. malformed_query (400): either is no good.
Result<PageRequest> page_request(const ApiCall& call, const Query& query, std::string_view listing,
                                 std::string_view filter);

// The cursor that goes on after a row.
Result<std::string> cursor_after(const ApiCall& call, std::string_view listing,
                                 std::string_view filter, Time time, const std::string& id);

}  // namespace herald::http
