// The head of an answer as bytes. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::http {

struct HeadFacts {
  std::string_view date;  // IMF-fixdate.
  bool keep_alive = false;
  std::optional<std::uint64_t> length_bytes;  // None: the body is chunked, or ends with the
  bool chunked = false;                       // connection.
};

// "Not Found"; "Unknown" for a status without a name.
std::string_view reason_phrase(int status);

// True for 1xx, 204 and 304.
bool never_has_body(int status);

// Status line, headers, empty line. Headers that are the server's own are left out of what the
// service set, but for a Date: a service may go by a clock of its own. An answer that could break
// the framing (a name that is no token; CR, LF, NUL or another control character in a value; a
// status outside 200..599) becomes an empty string.
std::string response_head(const Response& response, const HeadFacts& facts);

}  // namespace herald::http
