// What a container's parameters say, held against the platform's rules.
#pragma once

#include "sandbox/threads/endpoint.h"

namespace herald::sandbox::threads {

// The parameters as they are allowed beside each other, without media and children.
Checked<Words> read_words(const Request& request);
// The extras that stand in JSON: poll, text attachment, GIF, spoilers.
Checked<Done> read_attachments(const Request& request, Words& words);

bool truthy_parameter(const Request& request, std::string_view name);

}  // namespace herald::sandbox::threads
