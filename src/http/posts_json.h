// Posts between JSON and values, as openapi has them.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "app/compose.h"
#include "domain/delivery.h"
#include "http/services.h"

namespace herald::http {

class Fields;

// Reads a PostDraft's fields; faults are kept in `fields`. A local time is turned into an instant
// here: one that a clock change skips is a fault, of one that comes twice the first is meant.
PostDraft read_draft(Fields& fields);
// The same for the short form that names one account.
PostDraft read_upload(Fields& fields);

boost::json::object post_json(const Services& services, const CustomerScope& scope,
                              const Post& post, const std::vector<Delivery>& deliveries,
                              const std::vector<FollowUp>& follow_ups);
// The published post is where `hosts` says that it can be reached.
boost::json::object delivery_json(Store& store, const HostMap& hosts, const CustomerScope& scope,
                                  const Delivery& delivery,
                                  const std::vector<FollowUp>& follow_ups);
boost::json::array problems_json(const std::vector<Problem>& problems);

}  // namespace herald::http
