// Fields of a form's body. Reddit reads a urlencoded or multipart body, never JSON, unless an
// endpoint is a JSON one.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/call.h"

namespace herald::sandbox::reddit {

// Empty: absent, or the body is no form.
std::string in_form(const Call& call, std::string_view name);
bool truthy(std::string_view text);  // "true", "True", "on", "1".

// The same of a JSON object's body; what is no string is its JSON text.
std::string in_json(const Call& call, std::string_view name);

}  // namespace herald::sandbox::reddit
