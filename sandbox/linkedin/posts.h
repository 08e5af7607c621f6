// Posts and comments: how they become visible, how they read in answers, and how they go.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

// Gives it urns and a time, and shows it to the audience unless it is a draft.
const Post& add_post(Context& x, Post post);
void change_post(Context& x, Post& post);  // After its commentary was set.
void remove_post(Context& x, Post& post);
const Comment& add_comment(Context& x, Comment comment);
void remove_comment(Context& x, Comment& comment);

boost::json::object post_json(const Post& post);
boost::json::object comment_json(const State& state, const Comment& comment);
std::string comment_urn(const State& state, const Comment& comment);

}  // namespace herald::sandbox::linkedin
