// Consent and tokens at Facebook: no refresh token, but a long-lived one that can be exchanged for
// a younger while it lives. Shared by Instagram and Facebook Pages; Instagram Login
// (instagram_login.cc) takes parts.
// Source: developers.facebook.com/documentation/facebook-login, checked 2026-11-22.
#pragma once

#include <string_view>

#include "platforms/graph.h"
#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::meta_oauth {

// Code -> short-lived token -> long-lived token -> granted permissions -> the person's id.
Step connect_next(const PlatformSpec& spec, const Input& input, const Progress& progress);
Absorbed connect_absorb(const PlatformSpec& spec, const Input& input, const Progress& progress,
                        const Answer& answer);

Step refresh_next(const PlatformSpec& spec, const Input& input, const Progress& progress);
Absorbed refresh_absorb(const PlatformSpec& spec, const Input& input, const Progress& progress,
                        const Answer& answer);

// Takes back everything that the person ever allowed our app.
Step revoke_next(const Input& input, const Progress& progress);
Absorbed revoke_absorb(const Input& input, const Progress& progress, const Answer& answer);

// The payload of a signed_request, its signature checked and decoded from base64url. A Page that
// removes the app comes with user_id "0" and a profile_id.
Result<Notice> read_notice(std::string_view payload);

// ---------------------------------------------------------------- Parts

// What a refusal at the token endpoint means, where codes have a sense of their own.
Error exchange_error(const PlatformSpec& spec, const Answer& answer, graph::Fault fault);

// A token that was won: its handle is noted as `name`, its end as "ends". Hardened like any other
// token answer (O-34), but `expires_in` may be missing: some tokens do not expire.
Absorbed keep_token(const Input& input, Notes notes, const Answer& answer, const char* name);

// What keep_token() noted as "access".
GrantedToken access_token(const Notes& notes);

// ---------------------------------------------------------------- As flows

using SpecOf = const PlatformSpec& (*)();

template <SpecOf spec>
FlowSteps connect() {
  return {[](const Input& i, const Progress& p) { return connect_next(spec(), i, p); },
          [](const Input& i, const Progress& p, const Answer& a) {
            return connect_absorb(spec(), i, p, a);
          }};
}
template <SpecOf spec>
FlowSteps refresh() {
  return {[](const Input& i, const Progress& p) { return refresh_next(spec(), i, p); },
          [](const Input& i, const Progress& p, const Answer& a) {
            return refresh_absorb(spec(), i, p, a);
          }};
}
inline FlowSteps revoke() { return {revoke_next, revoke_absorb}; }

}  // namespace herald::meta_oauth
