#include "store/mongo/due_rows.h"

#include <set>

#include "store/mongo/fields.h"

namespace herald::mongo {
namespace {

Candidate candidate_of(const Bson& row, std::string_view id, std::string_view kind) {
  Candidate one;
  FieldReader reader(row);
  reader.read("claim_at", one.at);
  reader.read(kCustomerField, one.customer);
  reader.read(id, one.id);
  if (!kind.empty()) reader.read(kind, one.kind);
  return one;
}

}  // namespace

Result<std::vector<Candidate>> due_rows(Act& act, const char* collection, const Bson& filter,
                                        std::string_view id, std::string_view kind) {
  const Documents documents = Documents::of_all(act, collection);
  Bson order = document("claim_at", 1, kCustomerField, 1, id, 1);
  if (!kind.empty()) put(order, kind, 1);
  HERALD_TRY(auto found, documents.find(filter, {.sort = order.clone(),
                                                 .limit = kCandidatesMax,
                                                 .fields = order.clone()}));
  std::vector<Candidate> due;
  for (const Bson& row : found) due.push_back(candidate_of(row, id, kind));
  if (std::ssize(due) < kCandidatesMax) return due;

  std::set<CustomerId> seen;
  for (const Candidate& one : due) seen.insert(one.customer);
  const auto first = [](std::string_view field) {
    return document("$first", "$" + std::string(field));
  };
  Bson oldest = document("_id", "$customer_id", kCustomerField, first(kCustomerField), "claim_at",
                         first("claim_at"), id, first(id));
  if (!kind.empty()) put(oldest, kind, first(kind));
  std::vector<Bson> stages;
  stages.push_back(document("$sort", order));
  stages.push_back(document("$group", oldest));
  HERALD_TRY(const auto of_each, documents.aggregate(filter, std::move(stages)));
  for (const Bson& row : of_each) {
    Candidate one = candidate_of(row, id, kind);
    if (!seen.contains(one.customer)) due.push_back(std::move(one));
  }
  return due;
}

}  // namespace herald::mongo
