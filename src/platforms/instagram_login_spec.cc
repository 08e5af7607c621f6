// Instagram Login: the second way in, for accounts without a Facebook Page. What can be posted and
// measured is as by the first; the app, the consent and the names of the permissions are its own.
#include <algorithm>

#include "platforms/instagram.h"

namespace herald::instagram_flows {
namespace {

constexpr const char* kCheckedOn = "2026-11-22";

Source login_page() {
  return {
      "https://developers.facebook.com/docs/instagram-platform/"
      "instagram-api-with-instagram-login/business-login",
      kCheckedOn};
}

std::vector<ScopeSpec> scopes() {
  return {
      {.name = "instagram_business_basic",
       .why = "Read the account, its media and how far publishing has come.",
       .source = login_page()},
      {.name = "instagram_business_content_publish",
       .why = "Publish, and read what is left of the daily limit.",
       .source = login_page()},
      {.name = "instagram_business_manage_comments",
       .why = "Write the first comment.",
       .required = false,
       .source = login_page()},
      {.name = "instagram_business_manage_insights",
       .why = "Read reach, views and other figures.",
       .required = false,
       .use = ScopeUse::measure,
       .source = login_page()},
  };
}

// What a permission of Facebook Login is called here.
void rename(std::string& scope) {
  constexpr std::pair<const char*, const char*> kNames[] = {
      {"instagram_basic", "instagram_business_basic"},
      {"instagram_content_publish", "instagram_business_content_publish"},
      {"instagram_manage_comments", "instagram_business_manage_comments"},
      {"instagram_manage_insights", "instagram_business_manage_insights"},
  };
  for (const auto& [theirs, ours] : kNames) {
    if (scope == theirs) {
      scope = ours;
      return;
    }
  }
}

PlatformSpec made() {
  PlatformSpec made = spec();
  made.registration = "login";
  made.sign_in = "Instagram Login";
  made.account_type = "Instagram professional account (no Facebook Page needed)";
  made.scopes = scopes();
  for (auto& metric : made.metrics) rename(metric.scope);
  for (auto& kind : made.kinds) {
    for (auto& option : kind.options) rename(option.scope);
  }
  made.oauth = {.authorize_url = "https://www.instagram.com/oauth/authorize",
                .scope_separator = ",",
                // The browser may be signed in to another account than the one to be renewed.
                .reconnect_extra = {{"force_authentication", "1"}},
                .code_suffix = "#_",
                .token_url = "https://api.instagram.com/oauth/access_token"};
  made.left_standing =
      "Instagram lets nobody but you take its permission back: in its settings, under Website "
      "permissions, Apps and websites.";
  made.variables = {"INSTAGRAM_LOGIN_APP_ID", "INSTAGRAM_LOGIN_APP_SECRET",
                    "INSTAGRAM_LOGIN_REDIRECT_URI"};
  made.token_hosts = {"api.instagram.com", std::string(graph::kInstagramLogin.host)};
  return made;
}

}  // namespace

const PlatformSpec& login_spec() {
  static const PlatformSpec kSpec = made();
  return kSpec;
}

}  // namespace herald::instagram_flows
