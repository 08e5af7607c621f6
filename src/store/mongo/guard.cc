#include "store/mongo/guard.h"

#include "store/mongo/values.h"

namespace herald::mongo {

Result<Done> guard(Act& act, const CustomerId& customer, std::string_view of, std::string_view id) {
  const Documents guards(act, "guards", customer);
  HERALD_CHECK(guards.update_one(document("of", of, "id", id),
                                 document("$inc", document("passed", 1)), true));
  return Done{};
}

}  // namespace herald::mongo
