// The `fields` parameter, and the posts of a profile as lists show them.
#pragma once

#include <functional>
#include <vector>

#include "sandbox/threads/endpoint.h"

namespace herald::sandbox::threads {

// The asked names, "id" alone if none is asked; "children{id}" counts as "children".
std::vector<std::string> asked_fields(const Request& request);

// Refuses a field that no post has.
Checked<Done> only_known_fields(const Request& request);
// The post with the asked fields, which are known; those it has not are left out.
boost::json::object show_post(const Request& request, const Post& post);

// One page of the profile's posts that are `wanted`, newest first.
Checked<Answer> post_page(Request& request, const std::function<bool(const Post&)>& wanted);

}  // namespace herald::sandbox::threads
