// Graph paths to handlers.
#pragma once

#include "sandbox/meta/graph.h"

namespace herald::sandbox::meta {

Graph<Answer> route(GraphCall& graph);
// "Unsupported get request.": no such edge, or not by this method.
GraphError unsupported(const GraphCall& graph);

// The professional account that a path is about ("/v26.0/1784..", a container, a media, a comment);
// empty: none.
std::string account_of_path(const State& state, std::string_view path);

}  // namespace herald::sandbox::meta
