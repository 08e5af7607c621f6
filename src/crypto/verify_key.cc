#include "crypto/verify_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

#include <array>
#include <bitset>

#include "crypto/digest.h"
#include "crypto/releaser.h"
#include "crypto/sodium_start.h"
#include "domain/weak_secret.h"

namespace herald {
namespace {

constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 8192;  // More only burns time.
constexpr std::size_t kP256Bytes = 32;
constexpr std::size_t kEd25519SignatureBytes = 64;

using BigNumber = std::unique_ptr<BIGNUM, Releaser<BN_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Releaser<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Releaser<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

BigNumber big_number(std::string_view bytes) {
  return BigNumber(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

std::unexpected<Error> refused(const std::string& kid, const std::string& reason) {
  ERR_clear_error();  // Nothing of this may surface in another library's next call.
  return fail(ErrorKind::invalid, "A key for checking tokens cannot be used.",
              "key \"" + kid + "\": " + reason);
}

// Keys made by the broken generator have a modulus that is a power of 65537 modulo each of many
// small primes (Nemec and others, "The Return of Coppersmith's Attack", 2017). A sound modulus
// passes all of these by chance once in about 2^27.
bool has_roca_fingerprint(const BIGNUM* modulus) {
  constexpr std::array<unsigned, 17> kPrimes = {11, 13, 17,  19,  37,  53,  61,  71, 73,
                                                79, 97, 103, 107, 109, 127, 151, 157};
  for (const auto prime : kPrimes) {
    std::bitset<160> powers;
    for (unsigned power = 1; !powers[power]; power = power * 65537 % prime) powers.set(power);
    if (!powers[BN_mod_word(modulus, prime)]) return false;
  }
  return true;
}

std::shared_ptr<evp_pkey_st> import_key(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return nullptr;
  }
  std::shared_ptr<evp_pkey_st> held(key, EVP_PKEY_free);
  // Also refuses an RSA exponent of 1 or an even one, and a point off the curve.
  const KeyContext checker(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  return checker && EVP_PKEY_public_check(checker.get()) == 1 ? held : nullptr;
}

// JWS has r and s, 32 bytes each; OpenSSL wants them in DER. Empty: not 64 bytes.
std::string der_signature(std::string_view signature) {
  if (signature.size() != 2 * kP256Bytes) return {};
  auto r = big_number(signature.substr(0, kP256Bytes));
  auto s = big_number(signature.substr(kP256Bytes));
  const EcdsaSignature pair(ECDSA_SIG_new());
  if (!r || !s || !pair || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
  static_cast<void>(r.release());  // The pair owns them now.
  static_cast<void>(s.release());
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  if (size <= 0) return {};
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

}  // namespace

std::string_view name_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::hs256:
      return "HS256";
    case Algorithm::rs256:
      return "RS256";
    case Algorithm::es256:
      return "ES256";
    case Algorithm::eddsa:
      return "EdDSA";
  }
  return "";
}

Result<VerifyKey::Ptr> VerifyKey::hs256(std::string kid, const Secret& secret) {
  if (secret.size() < kSecretBytes) return refused(kid, "secret shorter than 32 bytes");
  VerifyKey key(Algorithm::hs256, std::move(kid));
  key.secret_ = secret.clone();
  return std::make_shared<const VerifyKey>(std::move(key));
}

Result<VerifyKey::Ptr> VerifyKey::rs256(std::string kid, std::string_view modulus,
                                        std::string_view exponent) {
  if (modulus.size() > kMostRsaBits / 8 + 1) return refused(kid, "RSA modulus too long");
  if (exponent.size() > sizeof(std::uint64_t)) return refused(kid, "RSA exponent too long");
  const auto n = big_number(modulus);
  const auto e = big_number(exponent);
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder) return refused(kid, "no memory");
  const int bits = BN_num_bits(n.get());
  if (bits < kLeastRsaBits || bits > kMostRsaBits) {
    return refused(kid, "RSA modulus of " + std::to_string(bits) + " bits");
  }
  if (has_roca_fingerprint(n.get())) return refused(kid, "RSA key of a broken generator (ROCA)");

  VerifyKey key(Algorithm::rs256, std::move(kid));
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1) {
    key.key_ = import_key("RSA", builder.get());
  }
  if (!key.key_) return refused(key.kid_, "not an RSA public key");
  return std::make_shared<const VerifyKey>(std::move(key));
}

Result<VerifyKey::Ptr> VerifyKey::es256(std::string kid, std::string_view x, std::string_view y) {
  if (x.size() != kP256Bytes || y.size() != kP256Bytes) {
    return refused(kid, "P-256 coordinates are not 32 bytes");
  }
  const std::string point = "\x04" + std::string(x) + std::string(y);
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  VerifyKey key(Algorithm::es256, std::move(kid));
  if (builder &&
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) ==
          1 &&
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) == 1) {
    key.key_ = import_key("EC", builder.get());
  }
  if (!key.key_) return refused(key.kid_, "not a point on P-256");
  return std::make_shared<const VerifyKey>(std::move(key));
}

Result<VerifyKey::Ptr> VerifyKey::eddsa(std::string kid, std::string_view x) {
  start_sodium();
  if (x.size() != crypto_sign_PUBLICKEYBYTES ||
      crypto_core_ed25519_is_valid_point(bytes_of(x)) != 1) {
    return refused(kid, "not a point of Ed25519");
  }
  VerifyKey key(Algorithm::eddsa, std::move(kid));
  key.point_ = x;
  return std::make_shared<const VerifyKey>(std::move(key));
}

bool VerifyKey::verify(std::string_view input, std::string_view signature) const {
  switch (algorithm_) {
    case Algorithm::hs256:
      return constant_time_equal(hmac_sha256(secret_.reveal(), input), signature);
    case Algorithm::rs256:
      return verify_with_openssl(input, signature);
    case Algorithm::es256: {
      const auto der = der_signature(signature);
      return !der.empty() && verify_with_openssl(input, der);
    }
    case Algorithm::eddsa:
      // libsodium takes half of OpenSSL 3.0's time here, and refuses what is not canonical.
      return signature.size() == kEd25519SignatureBytes &&
             crypto_sign_verify_detached(bytes_of(signature), bytes_of(input), input.size(),
                                         bytes_of(point_)) == 0;
  }
  return false;
}

bool VerifyKey::verify_with_openssl(std::string_view input, std::string_view signature) const {
  const DigestContext context(EVP_MD_CTX_new());
  const bool good = context &&
                    EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr,
                                            key_.get(), nullptr) == 1 &&
                    EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(),
                                     bytes_of(input), input.size()) == 1;
  if (!good) ERR_clear_error();
  return good;
}

}  // namespace herald
