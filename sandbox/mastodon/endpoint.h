// The endpoints of the API: one handler each. Who calls and what they may has been seen to.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/mastodon/refusal.h"

namespace boost::json {
class array;
class object;
class value;
}  // namespace boost::json

namespace herald::sandbox::mastodon {

struct Request {
  Context& x;
  const Call& call;
  const Token* token = nullptr;  // Null: none was sent.
  const Account* me = nullptr;   // Null: nobody, or an app by itself.
  std::string id;                // What the path names.

  State& state() const { return x.state; }
  Words words() const { return {x, call}; }
};

// As Answer, from an object or a list.
Answer answer_with(const boost::json::value& body, int status = 200);

// The token that a call carries; empty: none.
std::string carried_token(const Call& call);

Checked<Answer> show_instance(Request& request);
Checked<Answer> register_app(Request& request);
Checked<Answer> show_app(Request& request);
Checked<Answer> show_me(Request& request);
Checked<Answer> show_account(Request& request);
Checked<Answer> list_statuses(Request& request);  // Of an account.
Checked<Answer> create_status(Request& request);
Checked<Answer> show_statuses(Request& request);  // Several, by id[].
Checked<Answer> show_status(Request& request);
Checked<Answer> show_source(Request& request);
Checked<Answer> delete_status(Request& request);
Checked<Answer> upload(Request& request);
Checked<Answer> upload_and_wait(Request& request);  // The old version.
Checked<Answer> show_medium(Request& request);
Checked<Answer> change_medium(Request& request);
Checked<Answer> delete_medium(Request& request);

}  // namespace herald::sandbox::mastodon
