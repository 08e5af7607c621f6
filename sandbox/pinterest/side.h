// Pinterest's API v5: authorization, tokens, boards, pins, media, analytics, public pages.
//
// Hosts: api.pinterest.com, www.pinterest.com (consent, public pages), i.pinimg.com (pictures), the
// host that films are uploaded to, and api-sandbox.pinterest.com, which has tokens of its own and
// gives none out here. A program's consent stands in authorize.h.
//
// Seeded: the app 1515151 with the secret sandbox-pinterest-secret and Standard access; Mia Baker's
// accounts bluebakery (boards Bread, Cakes, and the shared Market Day) and cornerbooks (Shelves);
// somebody else's harbourchoir (Songs, which nobody here may write to).
//
// Controls, POST /_sandbox/pinterest/<verb>, fields as form or JSON:
//   remove-access    user?: the person changes the password, which ends every token (absent: all)
//   expire-tokens    every access token is expired
//   app              tier: none, trial or standard
//   board            id, deleted?: the board is gone
//   next-media       status: what becomes of the next film (failed)
//   foreign-pin      board?, title?, description?, link?: a pin made without the API
//   delete-pin       id: its owner deletes it
// Scripted answers: the numbers of the vectors that refuse ("PN-21"), "server-error", "spam".
//
// Left out: product pins, idea pins, films in carousels, sponsors, saving others' pins, editing,
// ad-only boards, Business Access, search, top pins, and apps that act for themselves.
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_pinterest_side(World& world);

}  // namespace herald::sandbox
