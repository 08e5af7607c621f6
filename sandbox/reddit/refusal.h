// Refusals in Reddit's own words. A handler that cannot go on returns one as the error of Checked.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "http/server/message.h"
#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

template <class T>
using Checked = std::expected<T, http::Response>;
using Refused = std::unexpected<http::Response>;

// One of json.errors: a code, its words, the field it is about.
struct Wrong {
  std::string code;
  std::string text;
  std::string field;         // Empty: null.
  double ratelimit_s = 0;    // Of RATELIMIT only.
  bool requirement = false;  // Of the community: it may come as a 400 of its own.
};

// {"message":"Not Found","error":404}; with a reason before it, if there is one.
http::Response plain_error(int status, std::string_view reason = {});
// 401 and 403 of a token, with WWW-Authenticate.
http::Response invalid_token(const Context& x);
http::Response insufficient_scope(const Context& x);
// 400 of a call that lacks a parameter.
http::Response parameter_required(std::string_view name);
// 429 (or 403) for who does not say who they are.
http::Response bad_agent(const Context& x);

// {"error": ...} of the OAuth endpoints.
http::Response oauth_error(int status, std::string_view error);
http::Response wrong_client();

// What was wrong with a post or comment: inside a 200, in the old form without api_type=json.
http::Response refused_content(const Context& x, const Wrong& wrong, bool json_asked);
// {"json":{"errors":[],"data":...}}; `data` is JSON text, empty: none.
http::Response accepted_content(std::string_view data, bool json_asked);

}  // namespace herald::sandbox::reddit
