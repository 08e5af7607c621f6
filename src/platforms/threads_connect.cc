// Consent and tokens: an hour's token becomes one of sixty days, which is renewed with itself from
// its second day on while it lives. Nothing ends it but the person, in the settings of Threads.
// Source: developers.facebook.com/documentation/threads, its pages "Get access tokens" and
// "Long-lived tokens", checked 2026-11-22.
#include "platforms/json_answer.h"
#include "platforms/meta_oauth.h"
#include "platforms/oauth_code.h"
#include "platforms/steps.h"
#include "platforms/threads.h"

namespace herald::threads_flows {
namespace {

using namespace std::chrono_literals;

constexpr Duration kRenewAfter = 24h * 30;  // Of sixty days; never in the first.
constexpr Duration kLife = 24h * 60;        // Where `expires_in` is missing.
constexpr auto kAskAgain = 24h;

Call exchange_call(const Input& input) {
  const auto redirect = input.parameters.find("redirect_uri");
  Call call;
  call.step = "exchange the code";
  call.effect = Effect::publish;  // The code is good for one use.
  call.method = "POST";
  call.url = spec().oauth.token_url;
  call.body = FormBody{
      {{"client_id", input.app.client_id},
       {"client_secret", Reference{Reference::Kind::app_secret, ""}},
       {"grant_type", "authorization_code"},
       {"redirect_uri", redirect == input.parameters.end() ? std::string() : redirect->second},
       {"code", Reference{Reference::Kind::named, "code"}}}};
  call.secrets = {{"/access_token", "short"}};
  return call;
}

// These two are documented as GET with all in the address (O-31), and without a version.
Call token_call(std::string step, const char* path, std::vector<Field> query) {
  Call call;
  call.step = std::move(step);
  call.url = std::string("https://graph.threads.net/") + path;
  call.query = std::move(query);
  call.secrets = {{"/access_token", "access"}};
  return call;
}

// The endpoint tells no reasons apart but in words: a code that is over, another redirect URI and a
// wrong secret look the same.
Error refused_exchange(const Answer& answer) {
  if (answer.status >= 500) return nonsense(answer, "Threads");
  return {ErrorKind::unauthorized,
          "Threads did not accept the sign-in. Connect again; if it stays so, tell whoever runs "
          "this server.",
          "Threads' token endpoint refused, status " + std::to_string(answer.status) +
              ": the code is over, or the redirect URI or app secret is not the registered one",
          {},
          "sign_in_refused"};
}

Absorbed absorb_exchange(Notes notes, const Answer& answer) {
  const JsonAnswer json(answer.body);
  if (json.has("/error")) {
    return refused(notes, meta_oauth::exchange_error(spec(), answer, *fault_in(answer)));
  }
  if (!is_success(answer)) return refused(notes, refused_exchange(answer));
  // Neither how long it lives nor, everywhere, its type is told.
  if (!json.is_object() || json.has_doubled_keys() || !is_handle(json.text("/access_token"))) {
    Error error = nonsense(answer, "Threads");
    error.detail = "token answer: no JSON object with an access token";
    return refused(notes, std::move(error));
  }
  return accepted(notes.set("short", json.text("/access_token")));
}

Absorbed keep(const Input& input, const Notes& notes, const Answer& answer) {
  Absorbed kept = meta_oauth::keep_token(input, notes, answer, "access");
  Notes after(kept.progress);
  if (kept.verdict == Verdict::accepted && !after.has("ends")) {
    kept.progress = after.set("ends", to_ms(input.now + kLife)).progress();
  }
  return kept;
}

// What was allowed is not told here; what was asked for stands.
Granted granted(const Input& input, const Notes& notes) {
  Granted granted;
  granted.tokens = {meta_oauth::access_token(notes)};
  granted.refresh_due_at = input.now + kRenewAfter;
  return granted;
}

// ---------------------------------------------------------------- connect

Step connect_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("short")) return exchange_call(input);
  if (notes.has("access")) return finished(granted(input, notes));
  return token_call("exchange for a long-lived token", "access_token",
                    {{"grant_type", "th_exchange_token"},
                     {"client_secret", Reference{Reference::Kind::app_secret, ""}},
                     {"access_token", Reference{Reference::Kind::named, notes.text("short")}}});
}

Absorbed connect_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  if (!notes.has("short")) return absorb_exchange(notes, answer);
  if (auto fault = fault_in(answer)) {
    // What the table of codes says of a missing tester is worth more than "connect again".
    if (fault->error.code == "permission_missing") return refused(notes, std::move(fault->error));
    return refused(notes, meta_oauth::exchange_error(spec(), answer, std::move(*fault)));
  }
  return keep(input, notes, answer);
}

// ---------------------------------------------------------------- refresh

// Notes: "access" when renewed, "kept" when Threads would not renew. What it says of a token that
// is younger than a day is not known, so whether it lives is asked then.
Step refresh_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("access")) return finished(granted(input, notes));
  if (notes.has("kept")) return ask(input, "read who it is", "me", {{"fields", "id"}});
  return token_call("renew the token", "refresh_access_token",
                    {{"grant_type", "th_refresh_token"},
                     {"access_token", Reference{Reference::Kind::user_token, ""}}});
}

Absorbed refresh_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(answer)) {
    const bool unclear = fault->error.kind == ErrorKind::invalid;
    if (unclear && !notes.has("kept")) return accepted(notes.set("kept", "yes"));
    return refused(notes, std::move(fault->error));
  }
  if (notes.has("kept")) {
    return refused(notes, {ErrorKind::unavailable,
                           "Threads did not renew this connection; it goes on as it is.",
                           "refresh refused, the token lives", kAskAgain, "not_renewed"});
  }
  return keep(input, notes, answer);
}

}  // namespace

FlowSteps connect() { return {connect_next, connect_absorb}; }
FlowSteps refresh() { return {refresh_next, refresh_absorb}; }

}  // namespace herald::threads_flows
