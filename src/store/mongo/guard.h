// What makes acts of one customer that decide by the same documents, without changing the same one,
// go one after the other: each changes the guard's document, so of two at once one is tried again.
#pragma once

#include <string_view>

#include "store/mongo/documents.h"

namespace herald::mongo {

// Within run_as_one(). `of` and `id` name what is guarded: "account" and its id.
Result<Done> guard(Act& act, const CustomerId& customer, std::string_view of, std::string_view id);

}  // namespace herald::mongo
