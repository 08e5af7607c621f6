// Reddit: OAuth 2, the Data API for posts, uploads and comments, the upload buckets, public pages.
//
// Hosts: www.reddit.com, reddit.com and old.reddit.com (consent, tokens, public pages),
// oauth.reddit.com (API), reddit-uploaded-{media,video}.s3-accelerate.amazonaws.com (uploads),
// i.redd.it, v.redd.it and styles.redditmedia.com (pictures and films), ws-sandbox.example. How a
// program gives consent stands in authorize.h.
//
// Seeded: the apps sandbox-reddit-client (secret sandbox-reddit-secret), sandbox-reddit-other and,
// installed, sandbox-reddit-native; Mia Baker's u/bluebakery and, new, u/cornerbooks; somebody
// else's u/harbourchoir. Communities, besides their profiles: breadlab (takes everything), CakeClub
// (flair, words, domains), BakingNews (links only), AskBakers (text only), OvenPhotos (captions),
// NightBakers (NSFW), MasterBakers (restricted), SecretCellar (private), OldMill (banned),
// HarbourTalk (has banned u/bluebakery). No link may lead to banned.example.
//
// Controls, POST /_sandbox/reddit/<verb>, fields as form or JSON:
//   remove-access    app?, account?: the person takes back what was given (neither: everything)
//   expire-tokens    every access token is expired
//   next-processing  outcome: how the next media post ends, "succeeded" or "failed"; queues up
//   next-removal     by?: a bot removes the next post after it was seen ("automod_filtered");
//   queues account          account, suspended? new? wait_s? community        community, type?
//   submission_type? allow_images? allow_videos?
//                    allow_galleries? flair_required?
//   foreign-post     account, community?, title?, text?, url?: a post made without the API
//   post             id, locked? removed_by?
// Scripted answers: the numbers of the refusals ("R16"), "ratelimit", "subreddit-ratelimit",
// "user-required", "captcha", "timeout".
//
// A websocket is not served: websocket_url leads to a host that no resolver knows, as a broken
// socket would, and a client finds the post through the listing. A plain GET of
// ws-sandbox.example/<key> here answers what the socket would say.
// Left out: polls, crossposts (both as kinds that are not known), inline media (richtext_json),
// app-only and installed-client tokens, votes and moderation.
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_reddit_side(World& world);

}  // namespace herald::sandbox
