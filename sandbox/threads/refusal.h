// The platform's refusals. Codes and texts as documented or seen; what nobody has seen is ours.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "sandbox/threads/context.h"

namespace herald::sandbox::threads {

template <typename T>
using Checked = std::expected<T, http::Response>;
using Refused = std::unexpected<http::Response>;

inline constexpr std::string_view kParameterFault = "THApiException";
inline constexpr std::string_view kTokenFault = "OAuthException";

struct GraphError {
  int status = 400;
  std::string_view type = kTokenFault;
  int code = 0;
  int subcode = 0;  // 0: not said.
  std::string message;
  int transient = -1;  // -1: not said.
  std::string title;
  std::string text;
};
http::Response refuse(const Context& x, const GraphError& error);

// The code exchange's own form.
http::Response flat_error(int status, std::string_view message);
http::Response matching_code();  // TH-07
// JSON where a browser expected a page; error_code as the platform's.
http::Response authorize_error(const Context& x, std::string_view message, int code);

http::Response invalid_parameter(const Context& x, std::string message = "Invalid parameter");
http::Response text_too_long(const Context& x);
http::Response too_many_links(const Context& x);
http::Response media_not_found(const Context& x, const std::string& id);    // TH-18
http::Response download_failed(const Context& x, const std::string& url);   // TH-26
http::Response invalid_children(const Context& x, const std::string& ids);  // TH-30
http::Response no_permission(const Context& x);                             // TH-34
http::Response not_granted(const Context& x);                               // TH-11
http::Response session_key_invalid(const Context& x);                       // TH-10
http::Response try_again(const Context& x);                                 // TH-35
http::Response quota_used_up(const Context& x);                             // TH-37
http::Response restricted(const Context& x);
http::Response garbage_token(const Context& x);                     // TH-15
http::Response expired(const Context& x, std::int64_t expired_ms);  // TH-14
http::Response revoked(const Context& x, const std::string& app);
// TH-40, and of a GET: `verb` is "get", "post" or "delete".
http::Response no_object(const Context& x, std::string_view verb, const std::string& id);
http::Response wrong_method(const Context& x, std::string_view method);

// By the number of its vector, about what the call names; status 0: no such name.
http::Response scripted_refusal(const Context& x, std::string_view name, const Call& call);

}  // namespace herald::sandbox::threads
