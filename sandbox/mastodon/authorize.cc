#include "sandbox/mastodon/authorize.h"

#include <algorithm>

#include "sandbox/consent_form.h"
#include "sandbox/control_answers.h"
#include "sandbox/encoding.h"
#include "sandbox/mastodon/oauth.h"
#include "sandbox/mastodon/refusal.h"
#include "sandbox/query.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::mastodon {

namespace {

constexpr ScopeMeaning kMeanings[] = {
    {"profile", "Read only your account's profile information"},
    {"read", "Read all your account's data"},
    {"read:accounts", "See accounts information"},
    {"read:statuses", "See all posts"},
    {"write", "Modify all your account's data"},
    {"write:statuses", "Publish posts"},
    {"write:media", "Upload media files"},
};

struct Wish {
  const App* app = nullptr;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::string challenge;
  bool logs_in = false;
};

// Every fault is a page of the instance; nothing but the person's decision leads back.
Checked<Wish> read_wish(const Context& x, const Call& call) {
  const Words words(x, call);
  const auto no = [&](std::string_view why) { return Refused(words.page(400, why)); };
  Wish wish{.redirect_uri = in_query(call, "redirect_uri"),
            .logs_in = truthy(in_query(call, "force_login"))};
  const auto found = x.state.apps.find(in_query(call, "client_id"));
  if (found == x.state.apps.end())
    return Refused(words.page(401, "Client authentication failed due to unknown client."));
  wish.app = &found->second;
  const bool known = std::ranges::count(wish.app->redirect_uris, wish.redirect_uri) > 0;
  if (!known && !is_registered(x.world.settings, "mastodon", wish.redirect_uri))
    return no("The redirect URI included is not valid.");
  if (in_query(call, "response_type") != "code")
    return no("Missing or unsupported parameter: response_type.");
  const auto asked = in_query(call, "scope");
  wish.scopes = scopes_in(asked.empty() ? "read" : asked);
  for (const auto& scope : wish.scopes) {
    const bool too_new = scope == "profile" && !release_of(x).modern;
    if (!has_scope(wish.app->scopes, scope) || too_new)
      return no("The requested scope is invalid, unknown, or malformed.");
  }
  const auto challenge = in_query(call, "code_challenge");
  const auto method = in_query(call, "code_challenge_method");
  if (!release_of(x).modern) {
    if (!challenge.empty() && x.choice("old_pkce") == "refused")
      return no("The parameter code_challenge is not known.");
    return wish;
  }
  if (!method.empty() && method != "S256") return no("The code_challenge_method must be S256.");
  if (challenge.empty() != method.empty())
    return no("code_challenge and code_challenge_method belong together.");
  wish.challenge = challenge;
  return wish;
}

std::string account_choice(const State& state) {
  std::string out;
  for (const auto& [id, account] : state.accounts)
    if (account.signs_in)
      out += html_of({.kind = "radio",
                      .name = "account",
                      .value = id,
                      .label = account.display_name,
                      .detail = "@" + account.username,
                      .checked = out.empty()});
  return out;
}

Answer show(const Context& x, const Wish& wish) {
  std::string meanings;
  for (const auto& scope : wish.scopes)
    meanings += "<li>" + html_escaped(scope_meaning(scope)) + "</li>";
  const auto signed_in = x.state.accounts.find(x.state.signed_in);
  const bool logs_in = wish.logs_in || signed_in == x.state.accounts.end();
  const auto who = logs_in ? "<fieldset><legend>Log in to " + x.state.host + "</legend>" +
                                 account_choice(x.state) + "</fieldset>"
                           : "<input type=\"hidden\" name=\"account\" value=\"" + signed_in->first +
                                 "\"><p>Signed in as: @" +
                                 html_escaped(signed_in->second.username) + "</p>";
  return {.response =
              consent_form({.title = logs_in ? "Log in" : "Authorization required",
                            .company = "Mastodon",
                            .brand = "<p class=\"brand\">" + x.state.host + "</p>",
                            .heading = html_escaped(wish.app->name) +
                                       " would like permission to access your account.",
                            .note = "If you do not trust it, then you should not authorize it.",
                            .choices = who + "<p>It would be able to:</p><ul>" + meanings + "</ul>",
                            .buttons = {{"deny", "Deny"}, {"allow", "Authorize"}}},
                           wish.redirect_uri)};
}

const Account* chosen(const State& state, const std::string& account) {
  for (const auto& [id, known] : state.accounts)
    if (known.signs_in && (account.empty() || account == id || account == known.username))
      return &known;
  return nullptr;
}

std::string and_state(const Call& call) {
  const auto state = in_query(call, "state");
  return state.empty() ? "" : "&state=" + percent_encoded(state);
}

Answer allow(Context& x, const Call& call, const Wish& wish, const std::string& account) {
  const auto code = random_text(43);
  x.state.codes[code] = {.app = wish.app->client_id,
                         .account = account,
                         .redirect_uri = wish.redirect_uri,
                         .scopes = wish.scopes,
                         .challenge = wish.challenge,
                         .issued_ms = x.now_ms()};
  return {.response =
              redirect(with_parameters(wish.redirect_uri, "code=" + code + and_state(call)))};
}

bool is_granted(const State& state, const Wish& wish) {
  return !state.signed_in.empty() && std::ranges::any_of(state.tokens, [&](const auto& entry) {
    const auto& token = entry.second;
    return token.app == wish.app->client_id && token.account == state.signed_in &&
           same_scopes(token.scopes, wish.scopes) && !token.revoked && !token.expired;
  });
}

}  // namespace

std::string_view scope_meaning(std::string_view scope) { return meaning_of(kMeanings, scope); }

Answer authorize(Context& x, const Call& call) {
  auto read = read_wish(x, call);
  if (!read) return {.response = std::move(read).error()};
  if (call.method != "POST") {
    if (!read->logs_in && is_granted(x.state, *read))
      return allow(x, call, *read, x.state.signed_in);
    return show(x, *read);
  }
  const auto* account = chosen(x.state, field_of(call, "account"));
  if (account == nullptr)
    return {.response = Words(x, call).page(422, "Invalid e-mail address or password.")};
  x.state.signed_in = account->id;
  if (field_of(call, "decision") != "allow")
    return {.response = redirect(with_parameters(
                read->redirect_uri,
                "error=access_denied&error_description=The+resource+owner+or+authorization+server+"
                "denied+the+request." +
                    and_state(call)))};
  return allow(x, call, *read, account->id);
}

}  // namespace herald::sandbox::mastodon
