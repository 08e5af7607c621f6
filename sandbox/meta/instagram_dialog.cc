// The consent page of Instagram Login.
#include <algorithm>
#include <array>

#include "sandbox/consent_form.h"
#include "sandbox/encoding.h"
#include "sandbox/meta/instagram_login.h"
#include "sandbox/page.h"

namespace herald::sandbox::meta {

namespace {

struct Permission {
  std::string_view name;
  std::string_view meaning;
};

constexpr std::string_view kAlways = "instagram_business_basic";
constexpr std::array kPermissions = {
    Permission{kAlways, "View profile and access media"},
    Permission{"instagram_business_content_publish", "Create and publish posts"},
    Permission{"instagram_business_manage_comments", "Access and manage comments"},
    Permission{"instagram_business_manage_insights", "View insights"},
    Permission{"instagram_business_manage_messages", "Access and manage messages"},
};

struct Dialog {
  const App* app = nullptr;
  std::vector<Permission> asked;
  std::string redirect_uri;
  std::string state;
};

std::unexpected<Answer> error_page(const std::string& text) {
  return std::unexpected(Answer{
      .response = html_answer(400, page_of("Invalid request",
                                           "<main class=\"card\"><h1>Sorry, something went wrong"
                                           "</h1><p>" +
                                               html_escaped(text) + "</p></main>"))});
}

bool registered(const Settings& settings, const std::string& redirect_uri) {
  return std::ranges::any_of(
      std::array{"instagram", "instagram-login", "instagram_login"},
      [&](const char* platform) { return is_registered(settings, platform, redirect_uri); });
}

std::expected<Dialog, Answer> read_dialog(const Call& call, const World& world,
                                          const State& state) {
  Dialog dialog{.redirect_uri = call.get("redirect_uri"), .state = call.get("state")};
  dialog.app = state.instagram_app(call.get("client_id"));
  if (dialog.app == nullptr) return error_page("Invalid platform app");
  if (!registered(world.settings, dialog.redirect_uri)) return error_page("Invalid redirect_uri");
  if (call.get("response_type") != "code") return error_page("Invalid response_type");
  const auto names = split(call.get("scope"), ", ");
  for (const auto& name : names) {
    const auto* found = std::ranges::find(kPermissions, name, &Permission::name);
    if (found == kPermissions.end()) return error_page("Invalid scope: " + name);
    dialog.asked.push_back(*found);
  }
  if (std::ranges::count(names, kAlways) == 0) return error_page("Invalid scope: basic is needed");
  return dialog;
}

// The account that a form names; absent: the one without a Page. Null: no such.
const InstagramAccount* chosen(const Call& call, const State& state) {
  const auto named = call.get("account");
  for (const auto& [id, account] : state.accounts) {
    const bool fits = named.empty() ? state.page_of_account(id) == nullptr
                                    : named == id || named == account.username;
    if (fits) return &account;
  }
  return nullptr;
}

std::string choices(const Dialog& dialog, const State& state) {
  std::string out = "<fieldset><legend>Log in as</legend>";
  for (const auto& [id, account] : state.accounts) {
    const auto* page = state.page_of_account(id);
    out += html_of({.kind = "radio",
                    .name = "account",
                    .value = id,
                    .label = "@" + account.username,
                    .detail = page == nullptr ? "No Facebook Page" : "Linked to " + page->name,
                    .checked = page == nullptr});
  }
  out += "</fieldset><fieldset><legend>What " + html_escaped(dialog.app->name) + " may do</legend>";
  for (const auto& permission : dialog.asked)
    out += html_of({.name = "permission",
                    .value = std::string(permission.name),
                    .label = std::string(permission.meaning),
                    .detail = std::string(permission.name),
                    .fixed = permission.name == kAlways});
  return out + "</fieldset>";
}

Answer show(const Dialog& dialog, const State& state) {
  return {.response = consent_form(
              {.title = "Log in with Instagram",
               .company = "Instagram",
               .brand = "<p class=\"brand instagram\">Instagram</p>",
               .heading = html_escaped(dialog.app->name) + " would like to act for you",
               .choices =
                   "<input type=\"hidden\" name=\"picked\" value=\"1\">" + choices(dialog, state),
               .buttons = {{"cancel", "Cancel"}, {"allow", "Allow"}}},
              dialog.redirect_uri)};
}

Answer back_to_app(const Dialog& dialog, std::string query) {
  if (!dialog.state.empty()) query += "&state=" + percent_encoded(dialog.state);
  return {.response = redirect(with_parameters(dialog.redirect_uri, query))};
}

void keep_consent(const Call& call, const Dialog& dialog, const InstagramAccount& account,
                  State& state) {
  const bool picked = call.get("picked") == "1";
  auto& consent = state.consents[dialog.app->id + "/" + account.scoped_id];
  consent.app = dialog.app->id;
  consent.person = account.scoped_id;
  for (const auto& permission : dialog.asked) {
    const bool ticked = std::ranges::any_of(call.fields, [&](const Field& field) {
      return field.name == "permission" && field.value == permission.name;
    });
    const bool granted = !picked || ticked || permission.name == kAlways;
    consent.permissions[std::string(permission.name)] = granted ? "granted" : "declined";
  }
}

}  // namespace

Answer instagram_dialog(const Call& call, World& world, State& state) {
  auto read = read_dialog(call, world, state);
  if (!read) return std::move(read).error();
  const auto& dialog = *read;
  if (call.method != "POST") return show(dialog, state);
  if (call.get("decision") != "allow")
    return back_to_app(dialog,
                       "error=access_denied&error_reason=user_denied"
                       "&error_description=The+user+denied+your+request");
  const auto* account = chosen(call, state);
  if (account == nullptr) return error_page("No such account").error();
  keep_consent(call, dialog, *account, state);
  const auto text = "AQ" + random_text(80);
  state.codes[text] = {.text = text,
                       .app = dialog.app->id,
                       .person = account->scoped_id,
                       .account = account->id,
                       .redirect_uri = dialog.redirect_uri,
                       .issued_ms = to_ms(world.clock.now())};
  auto answer = back_to_app(dialog, "code=" + text);
  answer.response.headers.set("Location", *answer.response.headers.find("Location") + "#_");
  return answer;
}

}  // namespace herald::sandbox::meta
