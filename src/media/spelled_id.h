// Ids as names of files and objects.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace herald::media {

// Every id gets a name of its own: whatever is not plain is escaped, the dot and the slash too, so
// that no id can name another's place. `escape` stands before two hex digits.
std::string spell_id(std::string_view id, char escape);
// The id that is spelled so, or nothing for a name that spell_id() does not make.
std::optional<std::string> read_spelled(std::string_view name, char escape);

}  // namespace herald::media
