// Codes, tokens and permissions (fact sheet: Facebook Login, manual flow).
#pragma once

#include "sandbox/meta/fields.h"

namespace herald::sandbox::meta {

// GET or POST /oauth/access_token, parameters wherever the client puts them: a dialog's code, an
// fb_exchange_token, or client_credentials. Needs no token.
Graph<Answer> exchange(const Call& call, World& world, State& state);
// GET /debug_token.
Graph<Answer> debug_token(GraphCall& graph);
// GET and DELETE /{user}/permissions[/{permission}].
Graph<Answer> show_permissions(GraphCall& graph);
Graph<Answer> revoke_permissions(GraphCall& graph);

// The Page token a person's token stands for: one that never expires if theirs is long-lived.
// The same text each time while it lives.
std::string page_token(GraphCall& graph, const std::string& page);

// `<sig>.<payload>`, both base64url, as Meta's callbacks carry it.
std::string signed_request(const std::string& secret, std::string_view payload);

}  // namespace herald::sandbox::meta
