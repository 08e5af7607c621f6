// The endpoints of the v2 API: a table row each, a handler each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/twitter/limits.h"
#include "sandbox/twitter/problem.h"

namespace herald::sandbox::twitter {

// A call that may be answered: its token is alive and has the scopes.
struct Request {
  Context& x;
  const Call& call;
  const App& app;
  const User* user = nullptr;  // Null: an app-only token.
  std::string id;              // What stands in the path's place of {id}.

  State& state() const { return x.state; }
  bool is(const std::string& user_id) const { return user != nullptr && user->id == user_id; }
};

using Handler = Checked<Answer> (*)(Request&);

struct Endpoint {
  std::string_view method;
  std::string_view path;  // "/2/tweets/{id}"
  Handler handler = nullptr;
  std::vector<std::string_view> scopes;
  Limit limit;
  bool by_app = false;  // An app-only token will do.
};

// Null: X has no such endpoint. `id` becomes what stands in the path's place of {id}.
const Endpoint* find_endpoint(std::string_view method, std::string_view path, std::string& id);

Checked<Answer> create_post(Request& request);
Checked<Answer> delete_post(Request& request);
Checked<Answer> look_up_posts(Request& request);
Checked<Answer> look_up_post(Request& request);
Checked<Answer> timeline(Request& request);
Checked<Answer> look_up_me(Request& request);
Checked<Answer> look_up_user(Request& request);
Checked<Answer> look_up_username(Request& request);
Checked<Answer> initialize_upload(Request& request);
Checked<Answer> append_upload(Request& request);
Checked<Answer> finalize_upload(Request& request);
Checked<Answer> upload_status(Request& request);
Checked<Answer> upload_at_once(Request& request);
Checked<Answer> set_metadata(Request& request);
Checked<Answer> set_subtitles(Request& request);
Checked<Answer> post_analytics(Request& request);

// 200 (or another status) with {"data": ...} as JSON text.
Answer answer_with(std::string body, int status = 200);

}  // namespace herald::sandbox::twitter
