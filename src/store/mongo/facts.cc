#include "ports/store_refusals.h"
#include "store/mongo/account_rows.h"
#include "store/mongo/guard.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/races.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::document;
using mongo::Rows;

// The guard keeps facts from being written while their account goes.
Result<Done> MongoStore::keep_facts(const CustomerScope& scope, const KeptFacts& facts) {
  if (facts.customer != scope.customer()) return rows_do_not_match("facts of another customer");
  return mongo::run_as_one(*database_, [&](Act& act) -> Result<Done> {
    HERALD_CHECK(guard(act, facts.customer, "account", facts.account.value));
    HERALD_TRY(const auto places, find_places(act, facts.customer, document("id", facts.account)));
    if (places.empty()) return no_such("account");
    const Rows<KeptFacts> kept(act, facts.customer);
    HERALD_TRY(const auto stored, kept.find_one(mongo::key_of(facts)));
    if (!stored) return kept.insert(facts);
    if (stored->asked_at <= facts.asked_at) HERALD_CHECK(kept.update(facts));
    return Done{};
  });
}

Result<std::optional<KeptFacts>> MongoStore::find_facts(const CustomerScope& scope,
                                                        const AccountId& account,
                                                        const std::string& target_key) {
  return database_->run([&](Act& act) {
    return Rows<KeptFacts>(act, scope.customer())
        .find_one(document("account_id", account, "target_key", target_key));
  });
}

}  // namespace herald
