#include "crypto/signing_key.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

#include "crypto/digest.h"
#include "crypto/releaser.h"
#include "domain/encoding.h"

namespace herald {
namespace {

constexpr std::size_t kKidBytes = 8;
constexpr std::size_t kP256Bytes = 32;

using Bio = std::unique_ptr<BIO, Releaser<BIO_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG_free>>;

std::unexpected<Error> refused(std::string reason) {
  ERR_clear_error();
  return fail(ErrorKind::invalid, "The key for signing tokens cannot be used.", std::move(reason));
}

std::string kid_of(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  if (size <= 0) return {};
  const auto digest = sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return to_base64url(digest.substr(0, kKidBytes));
}

// A number of the public half, big-endian, at least `width` bytes; empty when the key has none.
std::string public_number(EVP_PKEY* key, const char* name, std::size_t width = 0) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return {};
  const auto size = std::max(static_cast<std::size_t>(BN_num_bytes(number)), width);
  std::string bytes(size, '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size));
  BN_free(number);
  return bytes;
}

Result<VerifyKey::Ptr> public_half(EVP_PKEY* key) {
  const auto kid = kid_of(key);
  if (EVP_PKEY_is_a(key, "RSA") == 1) {
    return VerifyKey::rs256(kid, public_number(key, OSSL_PKEY_PARAM_RSA_N),
                            public_number(key, OSSL_PKEY_PARAM_RSA_E));
  }
  if (EVP_PKEY_is_a(key, "EC") == 1) {
    return VerifyKey::es256(kid, public_number(key, OSSL_PKEY_PARAM_EC_PUB_X, kP256Bytes),
                            public_number(key, OSSL_PKEY_PARAM_EC_PUB_Y, kP256Bytes));
  }
  std::array<unsigned char, 32> point{};
  std::size_t size = point.size();
  if (EVP_PKEY_is_a(key, "ED25519") == 1 &&
      EVP_PKEY_get_raw_public_key(key, point.data(), &size) == 1) {
    return VerifyKey::eddsa(kid, {reinterpret_cast<const char*>(point.data()), size});
  }
  return refused("neither RSA nor EC nor Ed25519");
}

// OpenSSL gives DER; JWS wants r and s, 32 bytes each.
std::string raw_signature(std::string_view der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  const EcdsaSignature pair(d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));
  if (!pair) return {};
  std::array<unsigned char, 2 * kP256Bytes> out{};
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out.data(), kP256Bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out.data() + kP256Bytes, kP256Bytes);
  return {out.begin(), out.end()};
}

// No terminal may be asked for a passphrase.
int no_passphrase(char*, int, int, void*) { return 0; }

}  // namespace

Result<SigningKey> SigningKey::hs256(const Secret& secret) {
  SigningKey key;
  const auto kid = to_base64url(hmac_sha256(secret.reveal(), "kid").substr(0, kKidBytes));
  HERALD_TRY(key.verify_key_, VerifyKey::hs256(kid, secret));
  key.secret_ = secret.clone();
  return key;
}

Result<SigningKey> SigningKey::from_pem(const Secret& pem) {
  const auto text = pem.reveal();
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  if (!bio) return refused("no memory");
  EVP_PKEY* read = PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr);
  if (read == nullptr) return refused("not a private key in PEM without a passphrase");
  SigningKey key;
  key.key_.reset(read, EVP_PKEY_free);
  HERALD_TRY(key.verify_key_, public_half(read));
  return key;
}

Result<std::string> SigningKey::sign(std::string_view input) const {
  if (algorithm() == Algorithm::hs256) return hmac_sha256(secret_.reveal(), input);
  const DigestContext context(EVP_MD_CTX_new());
  const char* const digest = algorithm() == Algorithm::eddsa ? nullptr : "SHA256";
  const auto* bytes = reinterpret_cast<const unsigned char*>(input.data());
  std::size_t size = 0;
  std::string signature;
  bool good = context &&
              EVP_DigestSignInit_ex(context.get(), nullptr, digest, nullptr, nullptr, key_.get(),
                                    nullptr) == 1 &&
              EVP_DigestSign(context.get(), nullptr, &size, bytes, input.size()) == 1;
  if (good) {
    signature.resize(size);
    good = EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                          bytes, input.size()) == 1;
    signature.resize(size);
  }
  if (good && algorithm() == Algorithm::es256) signature = raw_signature(signature);
  if (good && !signature.empty()) return signature;
  ERR_clear_error();
  return fail(ErrorKind::internal, "A token could not be signed.", "EVP_DigestSign failed");
}

}  // namespace herald
