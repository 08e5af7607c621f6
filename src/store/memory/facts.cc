#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

Result<Done> MemoryStore::keep_facts(const CustomerScope& scope, const KeptFacts& facts) {
  const std::scoped_lock lock(mutex_);
  if (facts.customer != scope.customer()) return rows_do_not_match("facts of another customer");
  if (find_row(accounts_, facts.customer, facts.account) == nullptr) return no_such("account");
  const FactsId id{facts.account, facts.target_key};
  const KeptFacts* stored = find_row(facts_, facts.customer, id);
  if (stored == nullptr || stored->asked_at <= facts.asked_at) {
    facts_[{facts.customer, id}] = facts;
  }
  return Done{};
}

Result<std::optional<KeptFacts>> MemoryStore::find_facts(const CustomerScope& scope,
                                                         const AccountId& account,
                                                         const std::string& target_key) {
  const std::scoped_lock lock(mutex_);
  const KeptFacts* facts = find_row(facts_, scope.customer(), FactsId{account, target_key});
  if (facts == nullptr) return std::nullopt;
  return *facts;
}

}  // namespace herald
