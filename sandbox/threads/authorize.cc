#include "sandbox/threads/authorize.h"

#include <algorithm>

#include "sandbox/consent_form.h"
#include "sandbox/encoding.h"
#include "sandbox/query.h"
#include "sandbox/scopes.h"
#include "sandbox/threads/refusal.h"

namespace herald::sandbox::threads {

namespace {

constexpr int kUriNotRegistered = 1349168;
constexpr int kNotInvited = 1349245;
constexpr int kNoApp = 4476002;
constexpr int kOther = 1;

constexpr ScopeMeaning kMeanings[] = {
    {"threads_basic", "See your profile and your posts."},
    {"threads_content_publish", "Create and share posts for you."},
    {"threads_manage_replies", "Reply for you, hide and unhide replies."},
    {"threads_read_replies", "See replies to your posts."},
    {"threads_manage_insights", "See insights of your profile and your posts."},
    {"threads_delete", "Delete posts for you."},
    {"threads_location_tagging", "Search for places and tag them."},
    {"threads_share_to_instagram", "Share posts to your Instagram story."},
    {"threads_keyword_search", "Search public posts."},
    {"threads_manage_mentions", "See posts that mention you."},
    {"threads_profile_discovery", "See public profiles."},
};

struct Wish {
  const App* app = nullptr;
  std::string redirect_uri;
  std::vector<std::string> scopes;
};

// At commas or blanks; each once.
std::vector<std::string> scopes_in(std::string text) {
  std::ranges::replace(text, ',', ' ');
  return sorted_scopes(text);
}

Checked<Wish> read_wish(const Context& x, const Call& call) {
  const auto no = [&](std::string_view message, int code) {
    return Refused(authorize_error(x, message, code));
  };
  Wish wish{.redirect_uri = in_query(call, "redirect_uri"),
            .scopes = scopes_in(in_query(call, "scope"))};
  const auto id = in_query(call, "client_id");
  if (id.empty()) return no("No app ID was provided in the request.", kNoApp);
  const auto app = x.state.apps.find(id);
  if (app == x.state.apps.end()) return no("Invalid app ID.", kOther);
  wish.app = &app->second;
  if (!is_registered(x.world.settings, "threads", wish.redirect_uri))
    return no(
        "URL Blocked: This redirect failed because the redirect URI is not whitelisted in "
        "the app's Client OAuth Settings. Make sure Client and Web OAuth Login are on and "
        "add all your app domains as Valid OAuth Redirect URIs.",
        kUriNotRegistered);
  if (in_query(call, "response_type") != "code")
    return no("Invalid Request: response_type must be code.", kOther);
  for (const auto& scope : wish.scopes)
    if (scope_meaning(scope).empty()) return no("Invalid Scopes: " + scope, kOther);
  if (!has_scope(wish.scopes, "threads_basic"))
    return no("Invalid Request: threads_basic is required.", kOther);
  return wish;
}

std::string profile_choice(const State& state) {
  std::string out;
  for (const auto& [id, profile] : state.profiles) {
    if (!profile.signs_in) continue;
    out += html_of({.kind = "radio",
                    .name = "account",
                    .value = id,
                    .label = profile.name,
                    .detail = "@" + profile.username,
                    .checked = out.empty()});
  }
  return out;
}

Answer show(const Wish& wish, const State& state) {
  std::string meanings;
  for (const auto& scope : wish.scopes)
    meanings += "<li>" + html_escaped(scope_meaning(scope)) + "</li>";
  return {.response = consent_form(
              {.title = "Threads / Authorize",
               .company = "Threads",
               .brand = "<p class=\"brand\">@ Threads</p>",
               .heading = html_escaped(wish.app->name) + " is asking to access your profile.",
               .choices = "<fieldset><legend>Profile</legend>" + profile_choice(state) +
                          "</fieldset><p>It will be able to:</p><ul>" + meanings + "</ul>",
               .buttons = {{"cancel", "Cancel"}, {"allow", "Continue"}}},
              wish.redirect_uri)};
}

Answer decline(const Context& x, const Wish& wish, const std::string& state) {
  auto parameters = std::string(
      "error=access_denied&error_reason=user_denied&error_description="
      "The+user+denied+your+request");
  if (!state.empty() && x.on("denial_state")) parameters += "&state=" + percent_encoded(state);
  return {.response = redirect(with_parameters(wish.redirect_uri, parameters))};
}

const Profile* chosen(const State& state, const std::string& account) {
  for (const auto& [id, profile] : state.profiles)
    if (profile.signs_in && (account.empty() || account == id || account == profile.username))
      return &profile;
  return nullptr;
}

}  // namespace

std::string_view scope_meaning(std::string_view scope) { return meaning_of(kMeanings, scope); }

Answer authorize(Context& x, const Call& call) {
  auto read = read_wish(x, call);
  if (!read) return {.response = std::move(read).error()};
  if (call.method != "POST") return show(*read, x.state);
  const auto state = in_query(call, "state");
  if (field_of(call, "decision") != "allow") return decline(x, *read, state);
  const auto* profile = chosen(x.state, field_of(call, "account"));
  if (profile == nullptr)
    return {.response = authorize_error(x, "This profile is not signed in.", kOther)};
  if (profile->standing == "uninvited")
    return {.response = authorize_error(
                x, "Invalid Request: The user has not accepted the invite to test the app.",
                kNotInvited)};
  const auto code = "AQB" + random_text(60);
  x.state.codes[code] = {.app = read->app->id,
                         .profile = profile->id,
                         .redirect_uri = read->redirect_uri,
                         .scopes = read->scopes,
                         .issued_ms = x.now_ms()};
  const auto kept = state.empty() ? "" : "&state=" + percent_encoded(state);
  // The fragment is no part of the code, but a client that cuts at the wrong place sends it along.
  return {.response = redirect(with_parameters(read->redirect_uri, "code=" + code + kept) + "#_")};
}

}  // namespace herald::sandbox::threads
