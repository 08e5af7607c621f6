// Google: OAuth, the YouTube Data API v3 with resumable uploads, YouTube Analytics, watch pages.
//
// Hosts: accounts.google.com (consent), oauth2.googleapis.com (tokens), www.googleapis.com and its
// alias youtube.googleapis.com (Data API, uploads; userinfo at the former),
// openidconnect.googleapis.com, youtubeanalytics.googleapis.com, www.youtube.com, youtu.be,
// i.ytimg.com, yt3.ggpht.com.
//
// Seeded: two apps and Mia Baker with her channels; see google_directory.h. How a program gives
// consent stands in google_consent.h.
//
// Controls, POST /_sandbox/google/<verb>, fields as form or JSON:
//   remove-access   app?, channel?: the person takes back what she gave (both: all of them)
//   expire-tokens   every access token is expired
//   next-outcome    outcome: how the next upload's processing ends: "processed", a failureReason
//                   ("codec") or a rejectionReason ("duplicate"); asked again, it queues up
//   store-half      chunks?: so many chunks of uploads are stored by half (YU-18)
//   foreign-upload  channel, title?: another tool uploads a video
//   delete-video    id: the person deletes it
// Scripted answers: the numbers of the refusals, "YU-02", "YU-03", "YU-04", "YU-11", "YU-12",
// "YU-19", "YU-21", "YO-08".
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_google_side(World& world);

}  // namespace herald::sandbox
