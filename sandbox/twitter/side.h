// X (Twitter): OAuth 2.0 with PKCE, the v2 API for posts, media and analytics, public pages.
//
// Hosts: x.com and twitter.com (consent, public pages), api.x.com and api.twitter.com (API), t.co,
// pbs.twimg.com (pictures). How a program gives consent stands in authorize.h.
//
// Seeded: the confidential apps sandbox-twitter-client (secret sandbox-twitter-secret) and
// sandbox-twitter-other, the public app sandbox-twitter-native; Mia Baker's accounts @bluebakery
// and, with Premium, @cornerbooks; somebody else's @harbourchoir with two posts, the later of which
// mentions @bluebakery. app-only bearer of the first app:
// AAAAAAAAAAAAAAAAAAAAAsandbox-twitter-app-only.
//
// Controls, POST /_sandbox/twitter/<verb>, fields as form or JSON:
//   remove-access    app?, account?: the person takes back what was given (neither: everything)
//   expire-tokens    every access token is expired
//   credits          app?, empty?: the app has no credits left, or (false) has some again
//   next-processing  outcome: how the next medium's processing ends: "succeeded", or why it fails;
//                    asked again, it queues up
//   account          account, subscription? suspended? protected?
//   foreign-post     account, text?, reply_to?, quote?: a post made without the API
//   delete-post      id: its author deletes it
// Scripted answers: the numbers of the refusals ("X10"), "user-suspended", "client-forbidden",
// "usage-capped", "invalid-url", "not-permitted".
//
// Left out: OAuth 1.0a, edited posts (403), communities' own rules, long articles.
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_twitter_side(World& world);

}  // namespace herald::sandbox
