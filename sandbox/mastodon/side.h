// Mastodon: authorization, tokens, accounts, posts with media, polls and quotes, figures, limits,
// public pages, of two instances that have nothing in common.
//
// Hosts: mastodon.example and other.mastodon.example. A program's consent stands in authorize.h.
//
// Seeded on mastodon.example: the app sandbox-mastodon-client with the secret
// sandbox-mastodon-secret; Mia Baker's accounts @bluebakery and @cornerbooks (posts "unlisted"
// unless told otherwise); somebody else's @harbourchoir with one post that nobody may quote. On
// other.mastodon.example the same people under other ids, and the app sandbox-mastodon-other with
// the secret sandbox-mastodon-other-secret.
//
// Controls, POST /_sandbox/mastodon/<verb>, fields as form or JSON, each with host? for the other
// instance:
//   remove-access    account?: the person takes back what was given (absent: everybody)
//   expire-tokens    every token is expired
//   account          account?, standing? (active, disabled, moved, unconfirmed, pending),
//                    silenced?, display_name?, privacy?, sensitive?, language?
//   next-media       outcome? (stuck or fails), processing_ms?: how the next upload fares; asked
//                    again, it queues up
//   next-status      runs_ms: the next creation holds its key that long before it is remembered
//   forget-keys      the instance loses its Idempotency-Keys
//   foreign-post     account?, text?, in_reply_to?: a post made without the API
//   delete-post      id: its author deletes it
// Scripted answers: the numbers of the vectors that refuse ("MA-37"), "bad-gateway",
// "gateway-timeout", "upload-error".
//
// Left out: changing posts, managing scheduled ones, timelines, notifications, streaming,
// federation, approval of quotes, allowed_mentions; soundless films stay "video".
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_mastodon_side(World& world);

}  // namespace herald::sandbox
