// YAML as docs/openapi.yaml is written: mappings, lists, {flow} and [flow] on one line, quotes,
// anchors of blocks. Every scalar is read as text, and text in several lines (| and >) as nothing.
// What else YAML knows is refused with the line it stands in.
#pragma once

#include <boost/json/value.hpp>
#include <string_view>

namespace herald::isolation {

// Throws std::runtime_error.
boost::json::value read_yaml(std::string_view text);

}  // namespace herald::isolation
