// Statuses and accounts as the API shows them.
#pragma once

#include <boost/json/fwd.hpp>

#include "sandbox/mastodon/endpoint.h"

namespace herald::sandbox::mastodon {

boost::json::object status_json(const Request& request, const Status& status);
boost::json::object account_json(const Request& request, const Account& account);
boost::json::object scheduled_json(const Request& request, const Scheduled& scheduled);

}  // namespace herald::sandbox::mastodon
