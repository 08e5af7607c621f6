// Meta: Facebook Login, Instagram through it, Facebook Pages, and Instagram Login, by the Graph
// API.
//
// Hosts: graph.facebook.com (and its alias graph-video.facebook.com), rupload.facebook.com,
// www.facebook.com (aliases m. and web.) for the dialog and the public pages of Pages,
// www.instagram.com for public pages of accounts and the dialog of Instagram Login,
// api.instagram.com and graph.instagram.com for its tokens and calls,
// scontent.cdninstagram.com for files.
//
// Seeded: app 1234567890 with secret sandbox-meta-app-secret; Instagram Login's app 9876543210
// with secret sandbox-instagram-login-secret and the account @miabakes (17841400000000003), which
// no Page is linked to; Mia Baker with the Pages Blue Bakery (@bluebakery, 17841400000000001),
// Corner Books (@cornerbooks) and Harbour Choir (no Instagram).
//
// Controls, POST /_sandbox/meta/<verb>, fields as form or JSON:
//   remove-app         app?, account? (of Instagram Login), callbacks? (deauthorize, deletion,
//                      both, none), tamper? (mac, algorithm): the person removes the app;
//                      signed_request goes to the registered URLs
//   change-password    every token answers 190/460
//   kill-token         token, subcode: that one token answers 190/<subcode>
//   foreign-post       account, caption?: another tool publishes to the account
//   foreign-page-post  page, message?: another app publishes to the Page
//   account            account, restricted? business_manager?: true or false
//   page               page, role_lost? (true, false), tasks? (separated by commas)
//   pages              count: so many Pages more; answers {"ids":[..]}
//   viewers            media, count: what a story's insights count
// Scripted answers: the names in errors.h and facebook_errors.h ("IG-20", "FB-23"), and IL-01,
// IL-02, IL-05, IL-07, FB-33.
#pragma once

#include <memory>

#include "sandbox/side.h"

namespace herald::sandbox {

std::unique_ptr<Side> make_meta_side(World& world);

}  // namespace herald::sandbox
