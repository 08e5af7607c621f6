#include "ports/store_refusals.h"
#include "store/sqlite/account_tables.h"
#include "store/sqlite/database.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {

Result<Done> SqliteStore::keep_facts(const CustomerScope& scope, const KeptFacts& facts) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (facts.customer != scope.customer()) return rows_do_not_match("facts of another customer");
    if (!find<Account>(db, facts.customer, facts.account)) return no_such("account");
    const auto stored = find<KeptFacts>(db, facts.customer, facts.account, facts.target_key);
    if (!stored) {
      insert(db, facts);
    } else if (stored->asked_at <= facts.asked_at) {
      update(db, facts);
    }
    return Done{};
  });
}

Result<std::optional<KeptFacts>> SqliteStore::find_facts(const CustomerScope& scope,
                                                         const AccountId& account,
                                                         const std::string& target_key) {
  return database_->read([&](SqliteConnection& db) -> Result<std::optional<KeptFacts>> {
    return find<KeptFacts>(db, scope.customer(), account, target_key);
  });
}

}  // namespace herald
