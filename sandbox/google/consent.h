// accounts.google.com: the page on which a person chooses an account (or a brand account, and with
// it the channel) and says what an app may do.
//
// The page is one plain form, so that a program can fill it in: POST to "consent" beside the
// authorize address, with every hidden field as found, `account` (a channel id, one radio button
// each), `granted` (once per ticked scope) and `decision` ("continue" or "cancel").
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

// GET /o/oauth2/v2/auth (and the older /o/oauth2/auth): the page, or an error page without any
// redirect where Google gives one; with prompt=none an immediate redirect.
Answer authorize(Context& google, const Call& call);

// POST .../consent: redirects to the app, with a code or with access_denied.
Answer decide(Context& google, const Call& call);

}  // namespace herald::sandbox::google
