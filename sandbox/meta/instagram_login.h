// Instagram API with Instagram Login, the product that needs no Page (fact sheet, section 2.3):
// its consent page, its codes (one hour) and its tokens (an hour, then sixty days, renewed by
// themselves).
//
// A program consents by POSTing to the very URL that a browser would open, with form fields:
//   decision    "allow" or "cancel"
//   account     id or username of the account to log in with; absent: @miabakes, which no Page is
//               linked to
//   permission  a permission that stays ticked, repeated; only read when picked=1
//   picked      "1": the ticks are as sent. Absent: everything asked for stays ticked.
#pragma once

#include "sandbox/meta/fields.h"

namespace herald::sandbox::meta {

inline constexpr std::string_view kInstagramGraph = "graph.instagram.com";

// GET and POST www.instagram.com/oauth/authorize.
Answer instagram_dialog(const Call& call, World& world, State& state);
// POST api.instagram.com/oauth/access_token. Has an error shape of its own.
Answer instagram_exchange(const Call& call, World& world, State& state);
// GET graph.instagram.com/access_token and /refresh_access_token.
Graph<Answer> instagram_long_token(const Call& call, World& world, State& state);
Graph<Answer> instagram_refresh(const Call& call, World& world, State& state);

// GET /me: the account, under its scoped id.
Graph<Answer> instagram_me(GraphCall& graph);
// What this product calls a permission of the other; empty: it has no such permission.
std::string instagram_permission(std::string_view name);
// IL-01, IL-02, IL-05, IL-07 by name. Status 0: no such.
http::Response instagram_scripted(std::string_view name);
// The same refusal as this host types it.
GraphError as_instagram(const Switches& switches, GraphError error);

}  // namespace herald::sandbox::meta
