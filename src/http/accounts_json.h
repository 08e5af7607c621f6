// Accounts as openapi has them.
#pragma once

#include <boost/json/fwd.hpp>

#include "ports/account_store.h"
#include "ports/host_map.h"

namespace herald::http {

// Never a token. The picture is where `hosts` says that it can be reached.
boost::json::object account_json(const HostMap& hosts, const AccountStanding& standing);

}  // namespace herald::http
