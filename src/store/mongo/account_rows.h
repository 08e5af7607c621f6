// Accounts stand in their platform's collection ("instagram_credentials"), where other programs of
// an installation look for them, and once more, in brief, in "accounts". An id tells no platform,
// and an aggregate over all the collections would have to know them all, could not be part of a
// transaction on a sharded cluster, and would look into each; so an id is looked up in "accounts",
// which also holds what is unique over all platforms, and then in one collection. Both documents
// are written in one transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/mongo/account_fields.h"
#include "store/mongo/database.h"

namespace herald::mongo {

std::string credentials_of(const PlatformId& platform);  // "instagram_credentials"

Result<std::optional<Account>> find_account(Act& act, const CustomerId& customer,
                                            const AccountId& id);
// By connected_at, then id. `filter` is of AccountPlace. Two queries, and one more for every
// further platform.
Result<std::vector<Account>> find_accounts(Act& act, const CustomerId& customer,
                                           const Bson& filter);
Result<std::vector<AccountPlace>> find_places(Act& act, const CustomerId& customer,
                                              const Bson& filter);
Result<bool> is_stood_on(Act& act, const CustomerId& customer, const GrantId& grant);

// All within run_as_one().
Result<Done> insert_account(Act& act, const Account& account);
Result<Done> update_account(Act& act, const Account& account);
// insert_account(), into the document of its platform that `its` finds and that was none of ours.
Result<Done> adopt_account(Act& act, const Account& account, const Bson& its);
Result<Done> remove_account(Act& act, const Account& account);

}  // namespace herald::mongo
