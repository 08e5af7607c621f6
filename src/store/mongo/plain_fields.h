// What earlier deployments wrote into "instagram_credentials" and the like, with tokens in the
// clear. Which fields are read stands in docs/OPERATIONS.md.
#pragma once

#include "ports/plain_accounts.h"
#include "store/mongo/bson.h"

namespace herald::mongo {

PlainAccount plain_account_of(const PlatformId& platform, const Bson& document);

// Whether the document holds these very tokens still.
bool is_plain(const Bson& document, const PlainAccount& plain);
// {"$unset": ...} of the tokens and of whatever repeats one.
Bson without_tokens(const Bson& document, const PlainAccount& plain);

}  // namespace herald::mongo
