#include "store/mongo/guard.h"

#include <string>

#include "store/mongo/errors.h"
#include "store/mongo/values.h"

namespace herald::mongo {

Result<Done> guard(Act& act, const CustomerId& customer, std::string_view of, std::string_view id) {
  // Once is enough for a transaction.
  if (!act.says_first(std::string(of) + '/' + std::string(id))) return Done{};
  const Documents guards(act, "guards", customer);
  const Bson which = document("of", of, "id", id);
  HERALD_TRY(const auto passed, guards.update_one(which, document("$inc", document("passed", 1))));
  if (passed > 0) return Done{};
  // Its first time. The document is made beside the transaction, which then begins anew: of several
  // transactions that make the same one each may wait for the others, and none gets through.
  act.undo();
  const auto made = guards.update_one(which, document("$setOnInsert", document("passed", 0)), true);
  const bool others_make_it = !made && (is_duplicate(made.error()) || is_busy(made.error()));
  if (!made && !others_make_it) return std::unexpected(made.error());
  return act.try_again();
}

}  // namespace herald::mongo
