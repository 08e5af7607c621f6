// Accounts as openapi has them.
#pragma once

#include <boost/json/fwd.hpp>

#include "json/json_text.h"
#include "ports/account_store.h"
#include "ports/host_map.h"

namespace herald::http {

// Never a token. The picture is where `hosts` says that it can be reached.
void write_account(JsonText& json, const HostMap& hosts, const AccountStanding& standing);
// The same, for answers that are built of values.
boost::json::value account_json(const HostMap& hosts, const AccountStanding& standing);

}  // namespace herald::http
