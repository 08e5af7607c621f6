// MongoDB as a kind of store, on the server that HERALD_TEST_MONGO_URI names.
#pragma once

#include <string>

#include "tests/store/store_test.h"

namespace herald {

// Whether there is a server.
bool has_mongo();
StoreKind mongo_kind();

// The address of a database that is this folder's, as long as no more than a few other folders have
// asked since. It is empty when the folder asks for the first time.
std::string mongo_database_of(const std::string& folder);

}  // namespace herald
