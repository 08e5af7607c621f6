// LinkedIn: OAuth 2, members and organisations, the versioned API for posts, media, comments and
// statistics, public pages.
//
// Hosts: www.linkedin.com (consent, tokens, uploads, public pages), api.linkedin.com (API),
// media.licdn.com (pictures). How a program gives consent stands in authorize.h.
//
// Seeded: the apps sandbox-linkedin-client (secret sandbox-linkedin-secret), which owns every scope
// but the closed r_member_social, and sandbox-linkedin-share (sandbox-linkedin-share-secret), which
// may post for members only; Mia Baker (mB4kErQ7Lx), administrator of the pages Blue Bakery
// (5550001) and Corner Books (5550002), and no more than an analyst of Harbour Choir (5550003).
//
// Controls, POST /_sandbox/linkedin/<verb>, fields as form or JSON:
//   remove-access    app?: the person takes back what was given (absent: to everybody)
//   expire-tokens    every access token is expired
//   next-processing  outcome: how the next medium's processing ends: "succeeded", or why it fails;
//                    asked again, it queues up
//   role             organization, role?, state?: the person's role there; no role: none
//   scope            app?, scope, owned?: a product gives the app this scope, or (false) takes it
//   foreign-post     author?, text?: a post made without the API
//   delete-post      id: its author deletes it
// Scripted answers: the numbers of the refusals ("L12"), "media-failed", "conflict", "server".
//
// Left out: groups, targeting, captions (taken and forgotten), ads, events, reactions, the native
// flow with PKCE, /v2 but for userinfo and me, keys for the signature of the id_token.
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_linkedin_side(World& world);

}  // namespace herald::sandbox
