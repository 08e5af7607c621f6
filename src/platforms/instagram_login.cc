// Consent and tokens at Instagram: an hour's token becomes one of sixty days, which is renewed with
// itself while it lives. Nothing ends it but the person, in Instagram's settings. Source:
// developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login, its page
// "Business Login", checked 2026-11-22.
#include <algorithm>

#include "platforms/instagram.h"
#include "platforms/json_answer.h"
#include "platforms/meta_oauth.h"
#include "platforms/oauth_code.h"
#include "platforms/steps.h"

namespace herald::instagram_flows {
namespace {

using namespace std::chrono_literals;

constexpr Duration kRenewAfter = 24h * 30;  // Of sixty days; never in the first.
constexpr auto kAskAgain = 24h;

// Before an account is known, the product is.
Input at_instagram(Input input) {
  input.account.product = graph::kInstagramLogin.id;
  return input;
}

Call exchange_call(const Input& input) {
  const auto redirect = input.parameters.find("redirect_uri");
  Call call;
  call.step = "exchange the code";
  call.effect = Effect::publish;  // The code is good for one use.
  call.method = "POST";
  call.url = login_spec().oauth.token_url;
  // Multipart as documented; of another encoding it is not known whether it is read.
  call.body = MultipartBody{
      {{"client_id", input.app.client_id},
       {"client_secret", Reference{Reference::Kind::app_secret, ""}},
       {"grant_type", "authorization_code"},
       {"redirect_uri", redirect == input.parameters.end() ? std::string() : redirect->second},
       {"code", Reference{Reference::Kind::named, "code"}}},
      "",
      "",
      {}};
  call.secrets = {{"/access_token", "short"}, {"/data/*/access_token", "short"}};
  return call;
}

// These two take no other method and no header: what they need stands in the address (O-31).
Call token_call(std::string step, const char* path, std::vector<Field> query) {
  Call call;
  call.step = std::move(step);
  call.url = "https://" + std::string(graph::kInstagramLogin.host) + path;
  call.query = std::move(query);
  call.secrets = {{"/access_token", "access"}};
  return call;
}

// A list, or a text with commas between.
void note_permissions(const JsonAnswer& json, const std::string& pointer, Notes& notes) {
  auto names = json.texts(pointer);
  std::string name;
  for (const char c : json.text(pointer) + ",") {
    if (c != ',' && c != ' ') {
      name += c;
    } else if (!name.empty()) {
      names.push_back(std::exchange(name, {}));
    }
  }
  if (names.empty()) return;
  notes.set("permissions", "told");
  for (auto& one : names) notes.add("scopes", std::move(one));
}

// The endpoint tells no reasons apart but in words: a code that is over, another redirect URI and a
// wrong secret look the same.
Error refused_exchange(const Answer& answer) {
  if (answer.status >= 500) return nonsense(answer, "Instagram");
  return {ErrorKind::unauthorized,
          "Instagram did not accept the sign-in. Connect again; if it stays so, tell whoever runs "
          "this server.",
          "Instagram's token endpoint refused, status " + std::to_string(answer.status) +
              ": the code is over, or the redirect URI or app secret is not the registered one",
          {},
          "sign_in_refused"};
}

Absorbed absorb_exchange(Notes notes, const Answer& answer) {
  const JsonAnswer json(answer.body);
  if (json.has("/error")) {
    return refused(notes,
                   meta_oauth::exchange_error(login_spec(), answer, *graph::fault_in(answer)));
  }
  if (!is_success(answer)) return refused(notes, refused_exchange(answer));
  // Documented inside "data", answered flat.
  const std::string at = json.has("/data/0") ? "/data/0" : "";
  const std::string token = json.text(at + "/access_token");
  if (!json.is_object() || json.has_doubled_keys() || !is_handle(token)) {
    Error error = nonsense(answer, "Instagram");
    error.detail = "token answer: no JSON object with an access token";
    return refused(notes, std::move(error));
  }
  note_permissions(json, at + "/permissions", notes);
  return accepted(notes.set("short", token));
}

Granted granted(const Input& input, const Notes& notes) {
  Granted granted;
  granted.tokens = {meta_oauth::access_token(notes)};
  if (notes.has("permissions")) granted.scopes = notes.list("scopes");
  granted.refresh_due_at = input.now + kRenewAfter;
  return granted;
}

// ---------------------------------------------------------------- connect

Step connect_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("short")) return exchange_call(input);
  if (notes.has("access")) return finished(granted(input, notes));
  return token_call("exchange for a long-lived token", "/access_token",
                    {{"grant_type", "ig_exchange_token"},
                     {"client_secret", Reference{Reference::Kind::app_secret, ""}},
                     {"access_token", Reference{Reference::Kind::named, notes.text("short")}}});
}

Absorbed connect_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  if (!notes.has("short")) return absorb_exchange(notes, answer);
  if (auto fault = graph::fault_in(answer, graph::instagram_login_rules())) {
    return refused(notes, meta_oauth::exchange_error(login_spec(), answer, std::move(*fault)));
  }
  return meta_oauth::keep_token(input, notes, answer, "access");
}

// ---------------------------------------------------------------- refresh

// Notes: "access" when renewed, "kept" when Instagram would not renew: 100 is said of a token that
// is younger than a day and of one that has no renewal, so whether it lives is asked then.
Step refresh_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("access")) return finished(granted(input, notes));
  if (notes.has("kept")) {
    return graph::get(at_instagram(input), graph::As::user, "read who it is", "me",
                      {{"fields", "user_id"}});
  }
  return token_call("renew the token", "/refresh_access_token",
                    {{"grant_type", "ig_refresh_token"},
                     {"access_token", Reference{Reference::Kind::user_token, ""}}});
}

Absorbed refresh_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = graph::fault_in(answer, graph::instagram_login_rules())) {
    if (fault->code == 100 && !notes.has("kept")) return accepted(notes.set("kept", "yes"));
    return refused(notes, std::move(fault->error));
  }
  if (notes.has("kept")) {
    return refused(
        notes,
        {ErrorKind::unavailable, "Instagram did not renew this connection; it goes on as it is.",
         "refresh refused with code 100, the token lives", kAskAgain, "not_renewed"});
  }
  note_permissions(JsonAnswer(answer.body), "/permissions", notes);
  return meta_oauth::keep_token(input, notes, answer, "access");
}

// ---------------------------------------------------------------- discover

// Notes: what was read, once "found" is there.
constexpr const char* kRead[] = {"user_id", "id", "username", "name", "account_type"};

Step discover_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("found")) {
    return graph::get(at_instagram(input), graph::As::user, "read the account", "me",
                      {{"fields", "id,user_id,username,name,account_type,profile_picture_url"}});
  }
  DiscoveredAccount account;
  account.product = graph::kInstagramLogin.id;
  account.kind = "professional account";
  // The account's own id, the same by either sign-in; "id" is the person's with our app alone.
  account.remote_id = notes.text("user_id");
  account.username = notes.text("username");
  account.name = notes.text("name").empty() ? account.username : notes.text("name");
  account.picture_url = notes.text("picture");
  if (notes.text("account_type") == "PERSONAL") {
    account.usable = false;
    account.reason =
        "This is a personal account. Make it a professional one in Instagram's settings, then "
        "connect again.";
  }
  return finished(Discovered{{std::move(account)}, notes.text("id")});
}

Absorbed discover_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(at_instagram(input), answer)) {
    return refused_quietly(notes, std::move(*fault));
  }
  const JsonAnswer json(answer.body);
  // Documented inside "data", answered flat.
  const std::string at = json.has("/data/0") ? "/data/0" : "";
  if (json.text(at + "/user_id").empty()) return in_doubt(notes, nonsense(answer, "Instagram"));
  for (const char* name : kRead) notes.set(name, json.text(at + "/" + name));
  return accepted(notes.set("picture", json.text(at + "/profile_picture_url")).set("found", "yes"));
}

}  // namespace

FlowSteps login_connect() { return {connect_next, connect_absorb}; }
FlowSteps login_refresh() { return {refresh_next, refresh_absorb}; }
FlowSteps login_discover() { return {discover_next, discover_absorb}; }

}  // namespace herald::instagram_flows
