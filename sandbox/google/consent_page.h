// The HTML of Google's consent page and of its error page.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/google/directory.h"
#include "sandbox/side.h"

namespace herald::sandbox::google {

// An authorize request that passed every check.
struct AuthorizeRequest {
  const App* app = nullptr;
  std::string redirect_uri;
  std::vector<std::string> scopes;  // Full names, as asked.
  std::set<std::string> prompt;
  std::string challenge;
  std::string challenge_method;
  bool offline = false;
};

http::Response consent_page(const Directory& directory, const Call& call,
                            const AuthorizeRequest& request);

// "Error 400: redirect_uri_mismatch".
http::Response error_page(int status, std::string_view error, std::string_view text);

}  // namespace herald::sandbox::google
