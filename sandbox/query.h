// Parameters of an address or of a body, lists inside them, and paths with a hole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/call.h"

namespace herald::sandbox {

std::string in_query(const Call& call, std::string_view name);  // Empty: absent.
std::string field_of(const Call& call, std::string_view name);  // Of the body; empty: absent.
// The same of a body that is a urlencoded form.
std::string form_field(const Call& call, std::string_view name);
std::vector<std::string> split(std::string_view text, char at);  // Without empty pieces.

// Whether `path` has the form of `pattern`, "/posts/{id}"; the segment in {}'s place becomes
// `segment`.
bool fits(std::string_view pattern, std::string_view path, std::string& segment);

}  // namespace herald::sandbox
