// The endpoints of graph.threads.net: one handler each. A handler's call has a living token.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/threads/refusal.h"

namespace boost::json {
class object;
}

namespace herald::sandbox::threads {

struct Request {
  Context& x;
  const Call& call;
  const Token& token;
  const Profile& me;
  std::string id;  // What the path names: a container, a post.

  State& state() const { return x.state; }
  bool may(std::string_view scope) const;
};

// As Answer, from an object.
Answer answer_with(const boost::json::object& body);

// The token that a call carries, as a parameter or as Bearer; empty: none.
std::string carried_token(const Call& call);
// A token that is alive and whose person is granted to the app.
Checked<const Token*> living_token(const Context& x, const std::string& value);

// Refuses a parameter that is not in the list (names with blanks between) nor the token.
Checked<Done> only_known(const Request& request, std::string_view names);

Checked<Answer> create_container(Request& request);
Checked<Answer> publish(Request& request);
Checked<Answer> repost(Request& request);
Checked<Answer> publishing_limit(Request& request);
Checked<Answer> show_me(Request& request);
// A container's status or a post.
Checked<Answer> show_node(Request& request);
Checked<Answer> list_posts(Request& request);
Checked<Answer> list_replies(Request& request);
Checked<Answer> list_ghosts(Request& request);
Checked<Answer> post_insights(Request& request);
Checked<Answer> profile_insights(Request& request);
Checked<Answer> remove_by_api(Request& request);
Checked<Answer> inspect_token(Request& request);

}  // namespace herald::sandbox::threads
