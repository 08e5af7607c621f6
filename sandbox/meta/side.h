// Meta: Facebook Login and Instagram through it, by the Graph API.
//
// Hosts: graph.facebook.com (and its alias graph-video.facebook.com), rupload.facebook.com,
// www.facebook.com (aliases m. and web.) for the dialog, www.instagram.com for public pages,
// scontent.cdninstagram.com for files.
//
// Seeded: app 1234567890 with secret sandbox-meta-app-secret; Mia Baker with the Pages Blue Bakery
// (@bluebakery, 17841400000000001), Corner Books (@cornerbooks) and Harbour Choir (no Instagram).
//
// Controls, POST /_sandbox/meta/<verb>, fields as form or JSON:
//   remove-app       app?, callbacks? (deauthorize, deletion, both, none), tamper? (mac,
//   algorithm):
//                    the person removes the app; signed_request goes to the registered URLs
//   change-password  every token answers 190/460
//   kill-token       token, subcode: that one token answers 190/<subcode>
//   foreign-post     account, caption?: another tool publishes to the account
//   account          account, restricted? business_manager?: true or false
//   viewers          media, count: what a story's insights count
// Scripted answers: the numbers of meta_errors.h ("IG-20").
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_meta_side(World& world);

}  // namespace herald::sandbox
