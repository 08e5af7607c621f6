// JSON from strangers, read so that no two readers can understand it differently.
#pragma once

#include <string_view>

#include "domain/result.h"

namespace boost::json {
class object;
}

namespace herald {

// invalid, with the reason in Error::detail: not exactly one object, a name twice in one object (at
// any depth), deeper than 16, invalid UTF-8, a byte order mark, comments. The caller bounds the
// size.
Result<Done> read_strict_json(std::string_view text, boost::json::object& out);

}  // namespace herald
