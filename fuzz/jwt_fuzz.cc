// As a whole token the input must be refused: nobody fuzzes an HMAC. As "header\npayload", signed
// for it, it may be accepted, but then it names plain ids and an end in reach.
#include <cstdint>
#include <cstdlib>

#include "crypto/digest.h"
#include "crypto/jwk.h"
#include "crypto/jwt_access_tokens.h"
#include "crypto/system_random.h"
#include "domain/encoding.h"
#include "testing/fake_clock.h"

using namespace herald;

namespace {

constexpr const char* kSecret = "k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag";

testing::FakeClock clock_;
SystemRandom random_;

std::unique_ptr<JwtAccessTokens> make_tokens() {
  JwtSettings settings;
  settings.issuer = "i";
  settings.audience = "a";
  settings.secrets.emplace_back(kSecret);
  return std::move(*JwtAccessTokens::make(std::move(settings), clock_, random_));
}

void check_accepted(const AccessClaims& claims) {
  for (const auto& id : {claims.caller.scope.customer().value, claims.caller.user.value}) {
    if (id.empty() || id.size() > 128) std::abort();
    if (id.find_first_of(" /\\\"'$\n\r") != std::string::npos) std::abort();
    if (id.find('\0') != std::string::npos) std::abort();
  }
  if (claims.expires_at < clock_.now() - std::chrono::seconds(60)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto tokens = make_tokens();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (tokens->verify(input)) std::abort();
  static_cast<void>(read_jwk_set(input));

  const auto line = input.find('\n');
  if (line == std::string_view::npos) return 0;
  const auto signing_input =
      to_base64url(input.substr(0, line)) + "." + to_base64url(input.substr(line + 1));
  const auto token = signing_input + "." + to_base64url(hmac_sha256(kSecret, signing_input));
  if (const auto claims = tokens->verify(token)) check_accepted(*claims);
  return 0;
}
