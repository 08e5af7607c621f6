// Threads: authorization, tokens, containers and posts, replies, limits, insights, public pages.
//
// Hosts: graph.threads.net and graph.threads.com (API); threads.net, threads.com and both with www.
// (consent, public pages); those of each pair are equal. A program's consent stands in authorize.h.
//
// Seeded: the app 4455667788990011 with the secret sandbox-threads-secret; Mia Baker's profiles
// @bluebakery and @cornerbooks, both accepted testers; somebody else's @harbourchoir with one post.
//
// Controls, POST /_sandbox/threads/<verb>, fields as form or JSON:
//   remove-access    account?: the person takes back what was given (absent: everybody)
//   expire-tokens    every token is expired
//   account          account, standing? (tester, uninvited or ungranted), restricted?, geo_gating?
//   next-container   error?, not_found?: how the next container fares: its processing ends with
//                    that message (FAILED_DOWNLOADING_VIDEO, ..); or its publishing is answered
//                    that often as if it did not exist (-1: always); asked again, it queues up
//   foreign-post     account?, text?, reply_to?: a post made without the API
//   delete-post      id: its author deletes it
// Scripted answers: the numbers of the vectors that refuse ("TH-18"), "restricted", "server-error".
//
// Left out: webhooks and the callbacks of the dashboard, search (also of places), mentions, share
// to Instagram, hiding replies and approving them, the ninety days of a permission.
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_threads_side(World& world);

}  // namespace herald::sandbox
