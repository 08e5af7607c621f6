// The pages of TikTok's login: what an app may do, and what was wrong with its address.
#pragma once

#include <string>
#include <vector>

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

// What an app asks a person for.
struct Wish {
  const App* app = nullptr;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::string challenge;
};

// Accounts to choose from, a box per scope; the basic one cannot be unticked.
http::Response consent_page(const Wish& wish, const State& state);

// "We couldn't log in with TikTok", with the names of the parameters. TikTok does not redirect.
http::Response settings_page(const std::vector<std::string>& parameters);

}  // namespace herald::sandbox::tiktok
