#include "platforms/meta_oauth.h"

#include <algorithm>

#include "platforms/graph.h"
#include "platforms/json_answer.h"
#include "platforms/oauth_code.h"
#include "platforms/steps.h"
#include "ports/spec_address.h"

namespace herald::meta_oauth {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBodyMax = 64u << 10;  // O-34
constexpr Duration kRenewAfter = 24h * 45;   // Of about 60 days.

// The token endpoint uses these codes in its own way.
struct ExchangeRule {
  int code;
  int subcode;  // 0: whatever it is.
  ErrorKind kind;
};
constexpr ExchangeRule kExchange[] = {
    {100, 36009, ErrorKind::unauthorized},  // The code was used.
    {100, 36007, ErrorKind::unauthorized},  // The code is too old.
    {100, 36008, ErrorKind::internal},      // Another redirect URI.
    {100, 0, ErrorKind::unauthorized},      // The code is garbage.
    {1, 0, ErrorKind::internal},            // Wrong app secret.
    {101, 0, ErrorKind::internal},          // Unknown app.
    {191, 0, ErrorKind::internal},          // Redirect domain not allowed.
};

std::optional<std::string> flaw_in(const Answer& answer, const JsonAnswer& json) {
  if (answer.body.size() > kBodyMax) return "longer than 64 KiB";
  if (!json.is_object()) return "no JSON object";
  if (json.has_doubled_keys()) return "doubled keys";
  if (!is_handle(json.text("/access_token"))) return "no access token";
  std::string type = json.text("/token_type");
  if (type == "Bearer") type = "bearer";
  if (type != "bearer") return "token_type is not bearer";
  if (json.has("/expires_in") && !lifetime(json, "/expires_in")) {
    return "expires_in is no sensible number";
  }
  return std::nullopt;
}

Call token_call(const PlatformSpec& spec, const Input& input, std::vector<Field> fields) {
  Call call;
  call.method = "POST";
  call.url = filled(spec.oauth.token_url, input.app);
  fields.push_back({"client_id", input.app.client_id});
  fields.push_back({"client_secret", Reference{Reference::Kind::app_secret, ""}});
  call.body = FormBody{std::move(fields)};
  return call;
}

Call exchange_call(const PlatformSpec& spec, const Input& input) {
  const auto redirect = input.parameters.find("redirect_uri");
  Call call = token_call(
      spec, input,
      {{"redirect_uri", redirect == input.parameters.end() ? std::string() : redirect->second},
       {"code", Reference{Reference::Kind::named, "code"}}});
  call.step = "exchange the code";
  call.effect = Effect::publish;  // The code is good for one use.
  call.secrets = {{"/access_token", "short"}};
  return call;
}

Call prolong_call(const PlatformSpec& spec, const Input& input, Reference token) {
  Call call = token_call(
      spec, input, {{"grant_type", "fb_exchange_token"}, {"fb_exchange_token", std::move(token)}});
  call.step = "exchange for a long-lived token";
  call.secrets = {{"/access_token", "access"}};
  return call;
}

// With a token that this conversation has won.
Call read_call(const Input& input, const Notes& notes, std::string step, std::string_view path,
               std::vector<Field> query) {
  Call call = graph::get(input, graph::As::user, std::move(step), path, std::move(query));
  const Reference token{Reference::Kind::named, notes.text("access")};
  call.token = token;
  call.query.back().value = Reference{Reference::Kind::proof, token.name};
  return call;
}

Absorbed take_token(const PlatformSpec& spec, const Input& input, const Notes& notes,
                    const Answer& answer, const char* name, bool exchange) {
  if (auto fault = graph::fault_in(answer)) {
    return refused(notes, exchange ? exchange_error(spec, answer, std::move(*fault))
                                   : std::move(fault->error));
  }
  return keep_token(input, notes, answer, name);
}

std::vector<std::string> granted_in(const JsonAnswer& json) {
  std::vector<std::string> scopes;
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    if (json.text(at("/data", i, "/status")) == "granted") {
      scopes.push_back(json.text(at("/data", i, "/permission")));
    }
  }
  return scopes;
}

}  // namespace

Error exchange_error(const PlatformSpec& spec, const Answer& answer, graph::Fault fault) {
  if (answer.status >= 500) return nonsense(answer, "Meta");
  const auto* rule = std::ranges::find_if(kExchange, [&](const ExchangeRule& line) {
    return line.code == fault.code && (line.subcode == 0 || line.subcode == fault.subcode);
  });
  if (rule == std::end(kExchange)) return std::move(fault.error);
  if (rule->kind == ErrorKind::internal) return misconfigured(spec, fault.error.detail);
  return {ErrorKind::unauthorized,
          spec.name + " did not accept the sign-in. Connect again.",
          fault.error.detail,
          {},
          "sign_in_refused"};
}

Absorbed keep_token(const Input& input, Notes notes, const Answer& answer, const char* name) {
  const JsonAnswer json(answer.body);
  if (const auto flaw = flaw_in(answer, json)) {
    Error error = nonsense(answer, "Meta");
    error.detail = "token answer: " + *flaw;
    return refused(notes, std::move(error));
  }
  notes.set(name, json.text("/access_token"));
  if (const auto life = lifetime(json, "/expires_in"))
    notes.set("ends", to_ms(input.now + *life));
  else
    notes.erase("ends");
  return accepted(notes);
}

GrantedToken access_token(const Notes& notes) {
  GrantedToken token{"access", notes.text("access"), std::nullopt};
  if (notes.has("ends")) token.expires_at = from_ms(notes.number("ends"));
  return token;
}

Step connect_next(const PlatformSpec& spec, const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("short")) return exchange_call(spec, input);
  if (!notes.has("access")) {
    return prolong_call(spec, input, {Reference::Kind::named, notes.text("short")});
  }
  if (!notes.has("permissions")) {
    return read_call(input, notes, "read the permissions", "me/permissions", {});
  }
  if (!notes.has("subject"))
    return read_call(input, notes, "read who it is", "me", {{"fields", "id"}});
  Granted granted;
  granted.tokens = {access_token(notes)};
  granted.scopes = notes.list("scopes");
  granted.subject = notes.text("subject");
  granted.refresh_due_at = input.now + kRenewAfter;
  return finished(std::move(granted));
}

Absorbed connect_absorb(const PlatformSpec& spec, const Input& input, const Progress& progress,
                        const Answer& answer) {
  Notes notes(progress);
  if (!notes.has("short")) return take_token(spec, input, notes, answer, "short", true);
  if (!notes.has("access")) return take_token(spec, input, notes, answer, "access", true);
  if (auto fault = graph::fault_in(answer)) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  if (!notes.has("permissions")) {
    if (!json.has("/data")) return in_doubt(notes, nonsense(answer, "Meta"));
    for (auto& scope : granted_in(json)) notes.add("scopes", std::move(scope));
    return accepted(notes.set("permissions", "read"));
  }
  if (json.text("/id").empty()) return in_doubt(notes, nonsense(answer, "Meta"));
  return accepted(notes.set("subject", json.text("/id")));
}

Step refresh_next(const PlatformSpec& spec, const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("access")) return prolong_call(spec, input, {Reference::Kind::user_token, ""});
  Granted granted;
  granted.tokens = {access_token(notes)};
  granted.refresh_due_at = input.now + kRenewAfter;
  return finished(std::move(granted));
}

Absorbed refresh_absorb(const PlatformSpec& spec, const Input& input, const Progress& progress,
                        const Answer& answer) {
  return take_token(spec, input, Notes(progress), answer, "access", false);
}

Step revoke_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("revoked")) return finished(Done{});
  if (!notes.has("subject")) {
    return graph::get(input, graph::As::user, "read who it is", "me", {{"fields", "id"}});
  }
  Call call = graph::get(input, graph::As::user, "revoke",
                         segment(notes.text("subject")) + "/permissions", {});
  call.method = "DELETE";
  return call;
}

Absorbed revoke_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = graph::fault_in(answer)) {
    // A dead token: there is nothing left to revoke.
    if (fault->error.code == "grant_refused") return accepted(notes.set("revoked", "before"));
    return refused(notes, std::move(fault->error));
  }
  if (notes.has("subject")) return accepted(notes.set("revoked", "yes"));
  const std::string id = JsonAnswer(answer.body).text("/id");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "Meta"));
  return accepted(notes.set("subject", id));
}

Result<Notice> read_notice(std::string_view payload) {
  const auto wrong = [](std::string detail) {
    return fail(ErrorKind::invalid, "This is not a request that Meta makes.", std::move(detail));
  };
  const JsonAnswer json(payload);
  if (!json.is_object() || json.has_doubled_keys()) return wrong("payload is no JSON object");
  if (json.text("/algorithm") != "HMAC-SHA256") return wrong("algorithm");
  std::optional<Time> issued_at;
  if (const auto seconds = json.number("/issued_at");
      seconds && *seconds > 0 && *seconds < 100'000'000'000) {
    issued_at = from_ms(*seconds * 1000);
  }
  const std::string user = json.text("/user_id");
  if (!user.empty() && user != "0") return Notice{user, issued_at};
  const std::string page = json.text("/profile_id");
  if (page.empty()) return wrong("neither user_id nor profile_id");
  return Notice{page, issued_at};
}

}  // namespace herald::meta_oauth
