// The endpoints of oauth.reddit.com: a table row each, a handler each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/reddit/refusal.h"

namespace herald::sandbox::reddit {

// A call that may be answered: its token is alive and has the scope.
struct Request {
  Context& x;
  const Call& call;
  User& user;
  std::string name;  // What stands in the path's place of {}.

  State& state() const { return x.state; }
};

using Handler = Checked<Answer> (*)(Request&);

struct Endpoint {
  std::string_view method;
  std::string_view path;  // "/r/{}/about"
  std::string_view scope;
  Handler handler = nullptr;
};

// Null: Reddit has no such endpoint. A path may end in ".json". `name` becomes what stands in the
// path's place of {}.
const Endpoint* find_endpoint(std::string_view method, std::string_view path, std::string& name);

Checked<Answer> look_up_me(Request& request);
Checked<Answer> look_up_user(Request& request);
Checked<Answer> my_communities(Request& request);
Checked<Answer> search_communities(Request& request);
Checked<Answer> about_community(Request& request);
Checked<Answer> community_rules(Request& request);
Checked<Answer> post_requirements(Request& request);
Checked<Answer> link_flairs(Request& request);
Checked<Answer> flair_selector(Request& request);
Checked<Answer> submit(Request& request);
Checked<Answer> submit_gallery(Request& request);
Checked<Answer> lease_upload(Request& request);
Checked<Answer> add_comment(Request& request);
Checked<Answer> delete_thing(Request& request);
Checked<Answer> edit_text(Request& request);
Checked<Answer> submitted(Request& request);
Checked<Answer> newest_of_community(Request& request);
Checked<Answer> look_up_things(Request& request);
Checked<Answer> look_up_thread(Request& request);

// 200 with JSON text.
Answer answer_with(std::string body);

}  // namespace herald::sandbox::reddit
