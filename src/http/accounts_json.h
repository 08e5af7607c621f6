// Accounts as openapi has them.
#pragma once

#include <boost/json/fwd.hpp>

#include "ports/account_store.h"

namespace herald::http {

// Never a token.
boost::json::object account_json(const AccountStanding& standing);

}  // namespace herald::http
