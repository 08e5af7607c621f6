// Claiming what is due, of all customers: found by a plain read, in turns, and then taken one by
// one, each by an act of its own customer that looks at the row again. Of processes that go for the
// same row one gets it, and the others go on with the next.
#pragma once

#include <algorithm>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/delivery_rules.h"
#include "store/mongo/documents.h"

namespace herald::mongo {

// So many of the oldest are looked at; where there are more, also each customer's oldest.
inline constexpr int kCandidatesMax = 1'000;

// Rows that `filter` lets through, by claim_at. `id` and `kind` are the fields that name a row;
// `kind` may be empty.
Result<std::vector<Candidate>> due_rows(Act& act, const char* collection, const Bson& filter,
                                        std::string_view id, std::string_view kind = {});

// Claims at most `max` in turns; `claim` gives nullopt for what cannot be had any more. An error
// counts only where nothing was claimed: what was is the caller's.
template <class T, class Turn, class Claim>
Result<std::vector<T>> claim_in_turn(std::vector<Candidate> due, int max, Turn& turn, Claim claim) {
  CustomerId last;
  {
    const std::scoped_lock lock(turn.mutex);
    last = turn.customer;
  }
  const int all = static_cast<int>(due.size());
  std::vector<T> claimed;
  CustomerId ignored = last;
  for (const Candidate& one : take_turns(std::move(due), all, ignored)) {
    if (std::ssize(claimed) >= max) break;
    Result<std::optional<T>> row = claim(one);
    if (!row && claimed.empty()) return std::unexpected(std::move(row).error());
    if (!row) break;
    if (!*row) continue;
    claimed.push_back(std::move(**row));
    last = one.customer;
  }
  const std::scoped_lock lock(turn.mutex);
  turn.customer = last;
  return claimed;
}

}  // namespace herald::mongo
