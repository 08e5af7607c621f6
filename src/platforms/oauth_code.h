// OAuth 2.0 as most platforms speak it, driven by OAuthSpec: the code of a consent is exchanged
// (RFC 6749, 4.1; PKCE, RFC 7636), tokens are renewed (6) and revoked (RFC 7009).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ports/platform.h"

namespace herald {

using SpecOf = const PlatformSpec& (*)();

// connect. The exchange cannot be taken back, so it is never repeated: a lost answer means to begin
// again. Which scopes were granted is for the caller to judge (O-35).
Step exchange_next(const PlatformSpec& spec, const Input& input, const Progress& progress);
Absorbed exchange_absorb(const PlatformSpec& spec, const Input& input, const Progress& progress,
                         const Answer& answer);

// refresh. unauthorized: the platform refused the grant. Anything else that goes wrong is
// unavailable, or internal when the registration of our app is at fault.
Step refresh_next(const PlatformSpec& spec, const Input& input, const Progress& progress);
Absorbed refresh_absorb(const PlatformSpec& spec, const Input& input, const Progress& progress,
                        const Answer& answer);

// revoke. A token that is already dead counts as revoked.
Step revoke_next(const PlatformSpec& spec, const Input& input, const Progress& progress);
Absorbed revoke_absorb(const PlatformSpec& spec, const Input& input, const Progress& progress,
                       const Answer& answer);

template <SpecOf spec>
FlowSteps code_exchange() {
  return {[](const Input& i, const Progress& p) { return exchange_next(spec(), i, p); },
          [](const Input& i, const Progress& p, const Answer& a) {
            return exchange_absorb(spec(), i, p, a);
          }};
}
template <SpecOf spec>
FlowSteps token_refresh() {
  return {[](const Input& i, const Progress& p) { return refresh_next(spec(), i, p); },
          [](const Input& i, const Progress& p, const Answer& a) {
            return refresh_absorb(spec(), i, p, a);
          }};
}
template <SpecOf spec>
FlowSteps token_revocation() {
  return {[](const Input& i, const Progress& p) { return revoke_next(spec(), i, p); },
          [](const Input& i, const Progress& p, const Answer& a) {
            return revoke_absorb(spec(), i, p, a);
          }};
}

// ---------------------------------------------------------------- Parts that other flows share

class JsonAnswer;

// How long a token lives that was answered now. `expires_in` must be a JSON number between one
// second and ten years; nothing when it is anything else.
std::optional<Duration> lifetime(const JsonAnswer& answer, std::string_view pointer);

// True when the field holds a secret that the transport took out.
bool is_handle(std::string_view text);

// Of our registration with the platform, for a person who cannot help it.
Error misconfigured(const PlatformSpec& spec, std::string detail);

}  // namespace herald
