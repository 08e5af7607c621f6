// The endpoints of api.pinterest.com: one handler each. A handler's call has a living token with
// the scopes that the endpoint wants, and is within the limits.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/pinterest/refusal.h"

namespace boost::json {
class array;
class object;
}  // namespace boost::json

namespace herald::sandbox::pinterest {

struct Request {
  Context& x;
  const Call& call;
  const App& app;
  const User& me;
  std::string id;  // What the path names: a board, a pin, a film.

  State& state() const { return x.state; }
};

Answer answer_with(int status, const boost::json::object& body);
// One page of a list, by page_size and bookmark. 400 for a page_size that is none.
Checked<Answer> page_of_list(const Request& request, const boost::json::array& all);

Checked<Answer> show_account(Request& request);
Checked<Answer> list_boards(Request& request);
Checked<Answer> create_board(Request& request);
Checked<Answer> show_board(Request& request);
Checked<Answer> list_sections(Request& request);
Checked<Answer> list_board_pins(Request& request);
Checked<Answer> create_pin(Request& request);
Checked<Answer> list_pins(Request& request);
Checked<Answer> show_pin(Request& request);
Checked<Answer> delete_pin(Request& request);
Checked<Answer> edit_pin(Request& request);
Checked<Answer> register_film(Request& request);
Checked<Answer> list_films(Request& request);
Checked<Answer> show_film(Request& request);
Checked<Answer> pin_analytics(Request& request);
Checked<Answer> account_analytics(Request& request);

}  // namespace herald::sandbox::pinterest
