// A password from standard input: one line, unseen when a person types it.
#pragma once

#include "domain/secret.h"

namespace herald {

// Asks on standard error where standard input is a terminal. Empty at the end of the input.
Secret read_password();

}  // namespace herald
