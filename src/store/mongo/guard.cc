#include "store/mongo/guard.h"

#include <string>

#include "store/mongo/errors.h"
#include "store/mongo/values.h"

namespace herald::mongo {

Result<Done> guard(Act& act, const CustomerId& customer, std::string_view of, std::string_view id) {
  // Once is enough for a transaction.
  if (!act.says_first(std::string(of) + '/' + std::string(id))) return Done{};
  const Documents guards(act, "guards", customer);
  const auto passed = guards.update_one(document("of", of, "id", id),
                                        document("$inc", document("passed", 1)), true);
  if (passed) return Done{};
  // Somebody else made its document in the same moment.
  if (is_duplicate(passed.error())) act.try_again();
  return std::unexpected(passed.error());
}

}  // namespace herald::mongo
