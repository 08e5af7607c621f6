#include "platforms/oauth_code.h"

#include <algorithm>

#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "ports/spec_address.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBodyMax = 64u << 10;  // O-34
constexpr Duration kLifeMax = 24h * 365 * 10;

// RFC 6749, 5.2 and 4.1.2.1; RFC 7009, 2.2.1; and what Google adds. Anything else is unavailable:
// an answer that we do not know never ends a grant.
struct OAuthFault {
  std::string_view error;
  ErrorKind kind;
};
constexpr OAuthFault kFaults[] = {
    {"invalid_grant", ErrorKind::unauthorized},
    {"access_denied", ErrorKind::unauthorized},
    {"admin_policy_enforced", ErrorKind::unauthorized},
    {"invalid_client", ErrorKind::internal},
    {"deleted_client", ErrorKind::internal},
    {"org_internal", ErrorKind::internal},
    {"unauthorized_client", ErrorKind::internal},
    {"redirect_uri_mismatch", ErrorKind::internal},
    {"invalid_request", ErrorKind::internal},
    {"invalid_scope", ErrorKind::internal},
    {"unsupported_grant_type", ErrorKind::internal},
    {"unsupported_response_type", ErrorKind::internal},
    {"server_error", ErrorKind::unavailable},
    {"temporarily_unavailable", ErrorKind::unavailable},
    {"slow_down", ErrorKind::rate_limited},
};

enum class Asked { exchange, refresh, revoke };

Error fault_of(const PlatformSpec& spec, const Answer& answer, const JsonAnswer& json,
               Asked asked) {
  const std::string name = answer.body.size() > kBodyMax ? "" : json.text("/error");
  const auto& of_code = spec.oauth.code_errors;
  const bool code_over =
      asked == Asked::exchange && std::ranges::find(of_code, name) != of_code.end();
  const auto* fault =
      std::ranges::find(kFaults, code_over ? "invalid_grant" : name, &OAuthFault::error);
  if (answer.status >= 500 || fault == std::end(kFaults)) return nonsense(answer, spec.name);
  const std::string detail =
      "token endpoint: " + name + ", status " + std::to_string(answer.status);
  switch (fault->kind) {
    case ErrorKind::internal:
      return misconfigured(spec, detail);
    case ErrorKind::unauthorized:
      return {ErrorKind::unauthorized,
              asked == Asked::exchange ? spec.name + " did not accept the sign-in. Connect again."
                                       : "The connection to " + spec.name +
                                             " ended. Reconnect to continue; your posts are kept.",
              detail,
              {},
              asked == Asked::exchange ? "sign_in_refused" : "grant_refused"};
    default: {
      Error error = nonsense(answer, spec.name);
      error.kind = fault->kind;
      error.detail = detail;
      return error;
    }
  }
}

// RFC 6749, 5.1, with nothing taken on trust (O-34).
std::optional<std::string> flaw_in(const PlatformSpec& spec, const Answer& answer,
                                   const JsonAnswer& json) {
  if (answer.body.size() > kBodyMax) return "longer than 64 KiB";
  if (!json.is_object()) return "no JSON object";
  if (json.has_doubled_keys()) return "doubled keys";
  if (json.has("/error")) return "an error with status 200";
  if (!is_handle(json.text("/access_token"))) return "no access token";
  if (json.has("/refresh_token") && !is_handle(json.text("/refresh_token"))) {
    return "an empty refresh token";
  }
  std::string type = json.text("/token_type");
  std::ranges::transform(type, type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (type != "bearer") return "token_type is not bearer";
  const bool endless = spec.oauth.tokens_last && !json.has("/expires_in");
  if (!endless && !lifetime(json, "/expires_in")) return "expires_in is no sensible number";
  return std::nullopt;
}

// Blanks (RFC 6749, 3.3) or commas: some answer with the other of what they were asked with.
std::vector<std::string> scopes_in(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const auto end = std::min(list.find_first_of(" ,"), list.size());
    if (end > 0) words.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

void name_client(const PlatformSpec& spec, const Input& input, std::vector<Field>& fields) {
  fields.push_back({spec.oauth.client_id_parameter, input.app.client_id});
  fields.push_back({"client_secret", Reference{Reference::Kind::app_secret, ""}});
}

Call token_call(const PlatformSpec& spec, const Input& input, std::vector<Field> fields) {
  Call call;
  call.method = "POST";
  call.url = filled(spec.oauth.token_url, input.app);
  call.headers = {{"Accept", "application/json"}};
  if (spec.oauth.client_auth == ClientAuth::basic) {
    call.carrier = TokenCarrier::basic_client;
  } else {
    name_client(spec, input, fields);
  }
  call.body = FormBody{std::move(fields)};
  call.secrets = {
      {"/access_token", "access"}, {"/refresh_token", "refresh"}, {"/id_token", "id_token"}};
  return call;
}

// Both ways to tokens end with these notes.
Absorbed granted(const PlatformSpec& spec, const Input& input, const Answer& answer, Asked asked) {
  const JsonAnswer json(answer.body);
  Notes notes;
  if (!is_success(answer)) return refused(notes, fault_of(spec, answer, json, asked));
  if (const auto flaw = flaw_in(spec, answer, json)) {
    // A listed error is itself even in a 200; anything else is not to be used.
    Error error = fault_of(spec, answer, json, asked);
    if (error.kind == ErrorKind::unavailable) error.detail = "token answer: " + *flaw;
    return refused(notes, std::move(error));
  }
  const auto ends = [&](std::string_view pointer) -> std::int64_t {
    const auto life = lifetime(json, pointer);
    return life ? to_ms(input.now + *life) : 0;
  };
  notes.set("access", json.text("/access_token"));
  if (json.has("/expires_in")) notes.set("ends", ends("/expires_in"));
  if (json.has("/refresh_token")) {
    // No standard says how long it lives; two names are in use.
    const bool long_name = json.has("/refresh_token_expires_in");
    notes.set("refresh", json.text("/refresh_token"))
        .set("refresh_ends", ends(long_name ? "/refresh_token_expires_in" : "/refresh_expires_in"));
  }
  if (json.has("/scope")) notes.set("scope", json.text("/scope"));
  return accepted(notes);
}

Granted granted_by(const Notes& notes) {
  Granted granted;
  granted.tokens.push_back({"access", notes.text("access"), std::nullopt});
  if (notes.has("ends")) granted.tokens.back().expires_at = from_ms(notes.number("ends"));
  if (notes.has("refresh")) {
    const auto ends = notes.number("refresh_ends");
    granted.tokens.push_back(
        {"refresh", notes.text("refresh"), ends > 0 ? std::optional(from_ms(ends)) : std::nullopt});
  }
  // Left out means: as asked for (RFC 6749, 5.1), or as they were.
  if (notes.has("scope")) granted.scopes = scopes_in(notes.text("scope"));
  return granted;
}

}  // namespace

Step exchange_next(const PlatformSpec& spec, const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("access")) return finished(granted_by(notes));
  const auto redirect = input.parameters.find("redirect_uri");
  std::vector<Field> fields{
      {"grant_type", "authorization_code"},
      {"code", Reference{Reference::Kind::named, "code"}},
      {"redirect_uri", redirect == input.parameters.end() ? std::string() : redirect->second}};
  if (spec.oauth.pkce != Pkce::none) {
    fields.push_back({"code_verifier", Reference{Reference::Kind::named, "code_verifier"}});
  }
  Call call = token_call(spec, input, std::move(fields));
  call.step = "exchange the code";
  call.effect = Effect::publish;
  return call;
}

Absorbed exchange_absorb(const PlatformSpec& spec, const Input& input, const Progress&,
                         const Answer& answer) {
  return granted(spec, input, answer, Asked::exchange);
}

Step refresh_next(const PlatformSpec& spec, const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("access")) return finished(granted_by(notes));
  Call call = token_call(spec, input,
                         {{"grant_type", "refresh_token"},
                          {"refresh_token", Reference{Reference::Kind::refresh_token, ""}}});
  call.step = "renew the tokens";
  // One use: a silent repetition on a dying connection would lose the grant.
  call.effect = spec.oauth.rotates ? Effect::publish : Effect::prepare;
  return call;
}

Absorbed refresh_absorb(const PlatformSpec& spec, const Input& input, const Progress&,
                        const Answer& answer) {
  Absorbed heard = granted(spec, input, answer, Asked::refresh);
  const bool certain =
      heard.verdict == Verdict::accepted || heard.error.kind == ErrorKind::unauthorized;
  if (spec.oauth.rotates && !certain) heard.verdict = Verdict::unknown;
  return heard;
}

Step revoke_next(const PlatformSpec& spec, const Input& input, const Progress& progress) {
  if (Notes(progress).has("revoked")) return finished(Done{});
  Call call;
  call.step = "revoke";
  call.method = "POST";
  call.url = filled(spec.oauth.revoke_url, input.app);
  std::vector<Field> fields{{"token", Reference{spec.oauth.revoked_token, ""}}};
  if (spec.oauth.client_auth == ClientAuth::basic) {
    call.carrier = TokenCarrier::basic_client;
  } else if (spec.oauth.revoke_names_client) {
    name_client(spec, input, fields);
  }
  call.body = FormBody{std::move(fields)};
  return call;
}

Absorbed revoke_absorb(const PlatformSpec& spec, const Input&, const Progress&,
                       const Answer& answer) {
  const JsonAnswer json(answer.body);
  const std::string error = json.text("/error");
  const bool done = is_success(answer) && !json.has("/error");  // Some say errors with a 200.
  if (done || error == "invalid_token" || error == "invalid_grant") {
    return accepted(Notes().set("revoked", "yes"));
  }
  return refused({}, fault_of(spec, answer, json, Asked::revoke));
}

std::optional<Duration> lifetime(const JsonAnswer& answer, std::string_view pointer) {
  const auto seconds = answer.strict_number(pointer);
  if (!seconds || *seconds < 1 || *seconds > kLifeMax / 1s) return std::nullopt;
  return std::chrono::seconds(*seconds);
}

bool is_handle(std::string_view text) {
  constexpr std::string_view kPrefix = "secret:";
  return text.starts_with(kPrefix) && text.size() > kPrefix.size();
}

Error misconfigured(const PlatformSpec& spec, std::string detail) {
  return {ErrorKind::internal,
          "This server's registration with " + spec.name +
              " is not set up correctly. Its operator has been informed.",
          std::move(detail),
          {},
          "app_misconfigured"};
}

}  // namespace herald
