// Answers of the Data API that are the same for every resource.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/google/query.h"

namespace boost::json {
class array;
class object;
}  // namespace boost::json

namespace herald::sandbox::google {

// One page of `all`. With `omit_empty`, no "items" when there are none.
http::Response list_answer(std::string_view kind, const boost::json::array& all, const Page& page,
                           bool omit_empty = false);

// A resource with its etag put in.
boost::json::object tagged(boost::json::object resource);
http::Response resource_answer(int status, const boost::json::object& resource);

// Three sizes under one address: "https://i.ytimg.com/vi/<id>/" + "default.jpg", ...
boost::json::object thumbnails_json(std::string_view base);

}  // namespace herald::sandbox::google
