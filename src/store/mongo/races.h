// Transactions of which two at once may want to write the same new document.
#pragma once

#include "store/mongo/database.h"
#include "store/mongo/errors.h"

namespace herald::mongo {

// run_as_one() for work that looks before it inserts. Where it inserts all the same what is there
// already, another act was quicker, and another try sees what that one wrote.
template <class Work>
std::invoke_result_t<Work, Act&> run_as_one(Database& database, Work work) {
  for (int tries_left = 4;; --tries_left) {
    auto result = database.run_as_one(work);
    if (result || !is_duplicate(result.error()) || tries_left == 1) return result;
  }
}

// For one of many rows, which can wait: nullopt or false when others are at it. A worker that was
// killed in the middle of an act must not keep the others from all the rest.
template <class Work>
std::invoke_result_t<Work, Act&> try_as_one(Database& database, Work work) {
  constexpr int kLossesMax = 12;
  auto result = database.run_as_one(work, kLossesMax);
  if (!result && is_busy(result.error())) return typename decltype(result)::value_type{};
  return result;
}

}  // namespace herald::mongo
