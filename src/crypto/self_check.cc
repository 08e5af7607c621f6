#include "crypto/self_check.h"

#include "crypto/aead.h"
#include "crypto/digest.h"
#include "crypto/sodium_start.h"
#include "crypto/wrapping_keys.h"
#include "domain/encoding.h"

namespace herald {
namespace {

// '/' never stands in a customer's id, so no customer shares its data key.
SealContext canary_context() { return {CustomerId("/canary"), "canary", "", "", ""}; }
constexpr std::string_view kCanaryText = "the keys fit this store";

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
constexpr std::string_view kKey =
    "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
constexpr std::string_view kNonce = "404142434445464748494a4b4c4d4e4f5051525354555657";
constexpr std::string_view kBound = "50515253c0c1c2c3c4c5c6c7";
constexpr std::string_view kPlain =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    "sunscreen would be it.";
constexpr std::string_view kSealed =
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e"
    "39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3"
    "fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49";

// FIPS 180-2 appendix B.1 and RFC 4231 section 4.3.
constexpr std::string_view kAbcSha256 =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view kJefeHmac =
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

}  // namespace

Result<Done> check_primitives() {
  start_sodium();
  const auto wrong = [](const char* which) {
    return fail(ErrorKind::internal, "The cryptography of this build gives wrong answers.", which);
  };
  const auto key = *from_hex(kKey), nonce = *from_hex(kNonce), bound = *from_hex(kBound);
  auto sealed = *from_hex(kSealed);
  if (aead_encrypt(key, nonce, bound, kPlain) != sealed) return wrong("XChaCha20-Poly1305 seal");
  const auto opened = aead_decrypt(key, nonce, bound, sealed);
  if (!opened || opened->reveal() != kPlain) return wrong("XChaCha20-Poly1305 open");
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  if (aead_decrypt(key, nonce, bound, sealed)) return wrong("XChaCha20-Poly1305 refuse");
  if (to_hex(sha256("abc")) != kAbcSha256) return wrong("SHA-256");
  if (to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) != kJefeHmac) {
    return wrong("HMAC-SHA256");
  }
  return Done{};
}

Result<std::string> make_canary(Sealer& sealer) {
  return sealer.seal(canary_context(), kCanaryText);
}

Result<Done> check_canary(Sealer& sealer, std::string_view canary) {
  if (canary == kImportUnderWay) {
    return fail(
        ErrorKind::conflict,
        "An import into this store has not come to its end. Wait for it; if it was cut off, "
        "empty the store and import again.");
  }
  const auto opened = sealer.open(canary_context(), canary);
  if (opened && opened->reveal() == kCanaryText) return Done{};
  if (!opened && opened.error().kind == ErrorKind::unavailable &&
      opened.error().code != kWrongWrappingKey) {
    return std::unexpected(opened.error());
  }
  return fail(ErrorKind::conflict,
              "The wrapping keys are not the ones that this store was sealed with. Put the right "
              "ones back; nothing was changed.",
              opened ? "canary holds another text" : opened.error().detail);
}

}  // namespace herald
