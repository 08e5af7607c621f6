// TikTok: Login Kit v2, Content Posting API v2, the display API, public pages.
//
// Hosts: www.tiktok.com (consent, public pages), open.tiktokapis.com (API), open-upload.tiktokapis
// .com and upload.us.tiktokapis.com (files), p16-sign-va.tiktokcdn.com (pictures). How a program
// gives consent stands in authorize.h, what may be pulled from where in address.h.
//
// Seeded: the apps sandbox-tiktok-client (secret sandbox-tiktok-secret; audited, every scope) and
// sandbox-tiktok-new (secret sandbox-tiktok-new-secret; unaudited, drafts only); Mia Baker's
// accounts @bluebakery (public) and @cornerbooks (private, films up to 3 minutes); somebody else's
// @harbourchoir.
//
// A redirect URI on localhost or 127.0.0.1 is the desktop flow, which must have a challenge; any
// other the web flow. A film takes 8 s to process, photos 3 s.
//
// Controls, POST /_sandbox/tiktok/<verb>, fields as form or JSON:
//   remove-access    app?, account?: the person takes back what was given (neither: everything)
//   expire-tokens    every access token is expired
//   creator          account, private? comment_disabled? duet_disabled? stitch_disabled? banned?
//                    old_app? (older than 31.8) longest_s?
//   app              app?, audited? needs_challenge? (web flow)
//   next-processing  outcome: how the next processing ends: "succeeded", or its fail_reason; asked
//                    again, it queues up
//   post-draft       publish_id, text?, privacy?, times?: the person posts what waits in the inbox
//   foreign-post     account, text?, privacy?: a post made in TikTok's app alone
//   delete-post      id: its author deletes it
// Scripted answers: the numbers of the refusals ("TT6", "TT-14"), every code of TikTok's JSON and
// OAuth errors ("internal_error", "invalid_file_upload", "temporarily_unavailable").
//
// Left out: webhooks (polling is enough), captions' mentions, a WebM's inside, frame rates (let
// next-processing fail), redirects while pulling (they are followed; TikTok refuses them).
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_tiktok_side(World& world);

}  // namespace herald::sandbox
