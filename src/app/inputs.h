// Gathers what a platform needs to know about one target of a post.
#pragma once

#include "app/registrations.h"
#include "domain/account.h"
#include "domain/post.h"
#include "domain/result.h"
#include "domain/scope.h"
#include "ports/account_store.h"
#include "ports/media_store.h"
#include "ports/platform.h"

namespace herald {

// not_found: a medium that the target names is not there (or not this customer's). conflict (code
// "media_not_ready"): it is still being uploaded or was refused.
Result<Input> input_for(MediaStore& media, const CustomerScope& scope,
                        const Registration& registration, const Account& account,
                        const std::vector<std::string>& granted_scopes, const Post& post,
                        const Target& target, Time now);

// What an account that was just read stands on. unavailable: it was reconnected since, and the
// grant of before is gone; whoever reads the account again goes on.
Result<Grant> grant_of(AccountStore& store, const CustomerScope& scope, const Account& account);

// The account half alone, for conversations that are not about a post.
Input input_for(const Registration& registration, const Account& account,
                const std::vector<std::string>& granted_scopes, Time now);

}  // namespace herald
