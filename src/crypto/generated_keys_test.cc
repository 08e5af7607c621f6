#include "crypto/generated_keys_test.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <memory>

#include "crypto/releaser.h"
#include "domain/encoding.h"

namespace herald::testing {
namespace {

using Bio = std::unique_ptr<BIO, Releaser<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;

std::string text_in(BIO* bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

GeneratedKey spelled(EVP_PKEY* key, std::string jwk) {
  const Bio secret(BIO_new(BIO_s_mem()));
  const Bio open(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(secret.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  PEM_write_bio_PUBKEY(open.get(), key);
  return {text_in(secret.get()), text_in(open.get()), std::move(jwk)};
}

std::string number(EVP_PKEY* key, const char* name, int width = 0) {
  BIGNUM* value = nullptr;
  EVP_PKEY_get_bn_param(key, name, &value);
  const int size = std::max(BN_num_bytes(value), width);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), size);
  BN_free(value);
  return to_base64url(bytes);
}

}  // namespace

GeneratedKey generate_rsa(unsigned bits) {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits)));
  return spelled(key.get(), R"({"kty":"RSA","n":")" + number(key.get(), OSSL_PKEY_PARAM_RSA_N) +
                                R"(","e":")" + number(key.get(), OSSL_PKEY_PARAM_RSA_E) + "\"}");
}

GeneratedKey generate_p256() {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  return spelled(key.get(), R"({"kty":"EC","crv":"P-256","x":")" +
                                number(key.get(), OSSL_PKEY_PARAM_EC_PUB_X, 32) + R"(","y":")" +
                                number(key.get(), OSSL_PKEY_PARAM_EC_PUB_Y, 32) + "\"}");
}

GeneratedKey generate_ed25519() {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  std::array<unsigned char, 32> point{};
  std::size_t size = point.size();
  EVP_PKEY_get_raw_public_key(key.get(), point.data(), &size);
  return spelled(key.get(), R"({"kty":"OKP","crv":"Ed25519","x":")" +
                                to_base64url({reinterpret_cast<char*>(point.data()), size}) +
                                "\"}");
}

std::string jwk_set(std::initializer_list<std::pair<std::string, const GeneratedKey*>> keys) {
  std::string set;
  for (const auto& [kid, key] : keys) {
    set += (set.empty() ? "" : ",") + (R"({"kid":")" + kid + "\"," + key->jwk.substr(1));
  }
  return R"({"keys":[)" + set + "]}";
}

}  // namespace herald::testing
