// The `fields` parameter ("id,picture{url},comments.limit(2){text}") and what answers it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/meta/graph.h"

namespace boost::json {
class object;
class value;
}  // namespace boost::json

namespace herald::sandbox::meta {

struct FieldRequest {
  std::string name;
  std::map<std::string, std::string, std::less<>> args;
  std::vector<FieldRequest> inner;
};

// Syntax error: code 2500.
Graph<std::vector<FieldRequest>> parse_fields(std::string_view text);

// A field's value; null: the node has none, the field is left out.
using Shown = Graph<boost::json::value>;
using ShowField = std::function<Shown(const FieldRequest&)>;

// An object with the asked fields, `defaults` if none is asked, and always the id.
Graph<boost::json::object> project(const std::vector<FieldRequest>& asked,
                                   std::string_view defaults, const ShowField& show);
// The same for the call's own `fields`.
Graph<boost::json::object> project_call(const GraphCall& graph, std::string_view defaults,
                                        const ShowField& show);
std::unexpected<GraphError> unknown_field(const FieldRequest& field, std::string_view node_type);

// One page of a list: {"data":[..],"paging":{..}}. `ids` is the whole list in its order; the
// call's `limit` and `after` choose. `path` is the edge's own, for the `next` link.
using ShowNode = std::function<Graph<boost::json::object>(const std::string& id)>;
Graph<boost::json::object> list_page(const GraphCall& graph, const std::vector<std::string>& ids,
                                     std::size_t limit_default, const ShowNode& show);

Answer json_result(const boost::json::object& object);

}  // namespace herald::sandbox::meta
