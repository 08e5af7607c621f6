// Rows of every kind as documents, by the same lists of fields that the store reads and writes
// with, so that a field which the store knows cannot be left behind.
#pragma once

#include "ports/store_copy.h"
#include "store/mongo/bson.h"

namespace herald::mongo {

// With its customer, and what is kept beside it.
Bson document_of(const KeptRow& row);
// `kind`: the index of its alternative. internal: a field has another type than it should.
Result<KeptRow> kept_row_of(std::size_t kind, const Bson& document);

}  // namespace herald::mongo
