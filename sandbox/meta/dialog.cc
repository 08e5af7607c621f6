#include "sandbox/meta/dialog.h"

#include <algorithm>
#include <array>

#include "sandbox/consent_form.h"
#include "sandbox/encoding.h"
#include "sandbox/meta/graph.h"
#include "sandbox/page.h"

namespace herald::sandbox::meta {

namespace {

struct Permission {
  std::string_view name;
  std::string_view meaning;
};

// The permissions reference, as far as publishing apps meet it.
constexpr std::array kPermissions = {
    Permission{"public_profile", "See your name and profile picture"},
    Permission{"email", "See your email address"},
    Permission{"pages_show_list", "Show a list of the Pages you manage"},
    Permission{"pages_read_engagement", "Read content posted on the Page"},
    Permission{"pages_read_user_content", "Read user content on your Page"},
    Permission{"pages_manage_posts", "Create and manage content on your Page"},
    Permission{"pages_manage_engagement", "Create and manage comments on your Page"},
    Permission{"pages_manage_metadata", "Manage accounts, settings and webhooks for a Page"},
    Permission{"pages_messaging", "Manage and access Page conversations"},
    Permission{"read_insights", "Read the insights of your Pages and apps"},
    Permission{"publish_video", "Publish live videos"},
    Permission{"instagram_basic", "Access profile and posts of your Instagram account"},
    Permission{"instagram_content_publish", "Upload media and create posts for your account"},
    Permission{"instagram_manage_comments", "Manage comments of your Instagram account"},
    Permission{"instagram_manage_insights", "Access insights of your Instagram account"},
    Permission{"instagram_manage_contents", "Delete posts of your Instagram account"},
    Permission{"instagram_manage_messages", "Manage messages of your Instagram account"},
    Permission{"business_management", "Manage your business"},
    Permission{"ads_management", "Manage ads for ad accounts that you have access to"},
    Permission{"ads_read", "Read ads insights"},
};

struct Dialog {
  const App* app = nullptr;
  const Person* person = nullptr;
  std::vector<Permission> asked;
  std::string redirect_uri;
  std::string state;
};

Answer error_page(const std::string& title, const std::string& text) {
  return {.response = html_answer(
              400, page_of(title, "<main class=\"card\"><h1>" + html_escaped(title) + "</h1><p>" +
                                      html_escaped(text) + "</p></main>"))};
}

const Permission* find_permission(std::string_view name) {
  const auto* found = std::ranges::find(kPermissions, name, &Permission::name);
  return found == kPermissions.end() ? nullptr : found;
}

bool registered(const Settings& settings, const std::string& redirect_uri) {
  return std::ranges::any_of(std::array{"instagram", "facebook"}, [&](const char* platform) {
    return is_registered(settings, platform, redirect_uri);
  });
}

// What is asked, or the page that says why nothing can be.
std::expected<Dialog, Answer> read_dialog(const Call& call, const World& world,
                                          const State& state) {
  Dialog dialog{.redirect_uri = call.get("redirect_uri"), .state = call.get("state")};
  dialog.app = state.app(call.get("client_id"));
  if (dialog.app == nullptr)
    return std::unexpected(error_page("Invalid App ID",
                                      "The provided app ID does not look like "
                                      "a valid app ID."));
  if (!registered(world.settings, dialog.redirect_uri))
    return std::unexpected(
        error_page("URL blocked",
                   "This redirect failed because the redirect URI is not white-listed in the "
                   "app's client OAuth settings: " +
                       dialog.redirect_uri));
  if (call.get("response_type", "code") != "code")
    return std::unexpected(error_page("Invalid request", "The response_type is not supported."));
  auto names = split(call.get("scope"), ", ");
  if (std::ranges::count(names, "public_profile") == 0)
    names.insert(names.begin(), "public_profile");
  for (const auto& name : names) {
    const auto* permission = find_permission(name);
    if (permission == nullptr)
      return std::unexpected(error_page("Invalid Scopes", "Invalid Scopes: " + name +
                                                              ". This message is only shown to "
                                                              "developers."));
    dialog.asked.push_back(*permission);
  }
  dialog.person = &state.people.begin()->second;
  return dialog;
}

// A permission that was declined stays so until the app asks again with auth_type=rerequest.
bool may_ask(const Call& call, const Consent* consent, std::string_view name) {
  if (consent == nullptr || call.get("auth_type") == "rerequest") return true;
  const auto held = consent->permissions.find(std::string(name));
  return held == consent->permissions.end() || held->second == "granted";
}

Answer show(const Call& call, const Dialog& dialog, const State& state) {
  const auto found = state.consents.find(dialog.app->id + "/" + dialog.person->id);
  const auto* consent = found == state.consents.end() ? nullptr : &found->second;
  std::string ticks;
  for (const auto& permission : dialog.asked)
    if (may_ask(call, consent, permission.name))
      ticks += html_of({.name = "permission",
                        .value = std::string(permission.name),
                        .label = std::string(permission.meaning),
                        .detail = std::string(permission.name),
                        .fixed = permission.name == "public_profile"});
  std::string pages;
  for (const auto& [id, page] : state.pages) {
    const auto account = state.accounts.find(page.instagram);
    pages += html_of({.name = "page",
                      .value = id,
                      .label = page.name,
                      .detail = account == state.accounts.end()
                                    ? "Page without Instagram"
                                    : "Instagram @" + account->second.username});
  }
  const auto app = html_escaped(dialog.app->name);
  return {.response = consent_form(
              {.title = "Log in with Facebook",
               .company = "Facebook",
               .brand = "<p class=\"brand facebook\">facebook</p>",
               .heading = app + " would like to act for you",
               .note = "You are signed in as <b>" + html_escaped(dialog.person->name) + "</b>.",
               .choices = "<input type=\"hidden\" name=\"picked\" value=\"1\">"
                          "<fieldset><legend>What " +
                          app + " may do</legend>" + ticks +
                          "</fieldset><fieldset><legend>Pages it may use</legend>" + pages +
                          "</fieldset>",
               .buttons = {{"cancel", "Cancel"}, {"allow", "Allow"}}},
              dialog.redirect_uri)};
}

std::vector<std::string> all_of(const Call& call, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& field : call.fields)
    if (field.name == name) values.push_back(field.value);
  return values;
}

void keep_consent(const Call& call, const Dialog& dialog, State& state) {
  const bool picked = call.get("picked") == "1";
  const auto ticked = all_of(call, "permission");
  auto& consent = state.consents[dialog.app->id + "/" + dialog.person->id];
  consent.app = dialog.app->id;
  consent.person = dialog.person->id;
  for (const auto& permission : dialog.asked) {
    const std::string name(permission.name);
    if (!may_ask(call, &consent, name)) continue;
    const bool granted = !picked || name == "public_profile" || std::ranges::count(ticked, name);
    consent.permissions[name] = granted ? "granted" : "declined";
  }
  consent.pages.clear();
  const auto pages = all_of(call, "page");
  for (const auto& [id, page] : state.pages)
    if (!picked || std::ranges::count(pages, id) > 0) consent.pages.push_back(id);
}

Answer back_to_app(const Dialog& dialog, std::string query) {
  if (!dialog.state.empty()) query += "&state=" + percent_encoded(dialog.state);
  return {.response = redirect(with_parameters(dialog.redirect_uri, query) + "#_=_")};
}

}  // namespace

Answer login_dialog(const Call& call, World& world, State& state) {
  auto read = read_dialog(call, world, state);
  if (!read) return std::move(read).error();
  const auto& dialog = *read;
  if (call.method != "POST") return show(call, dialog, state);
  if (call.get("decision") != "allow")
    return back_to_app(dialog,
                       "error=access_denied&error_code=200&error_description=Permissions+error"
                       "&error_reason=user_denied");
  keep_consent(call, dialog, state);
  const auto text = "AQ" + random_text(80);
  state.codes[text] = {.text = text,
                       .app = dialog.app->id,
                       .person = dialog.person->id,
                       .redirect_uri = dialog.redirect_uri,
                       .issued_ms = to_ms(world.clock.now())};
  return back_to_app(dialog, "code=" + text);
}

}  // namespace herald::sandbox::meta
