#include "sandbox/google/crypto.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <array>
#include <stdexcept>

namespace herald::sandbox::google {

namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string sha256(std::string_view text) {
  std::string digest(32, '\0');
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
             EVP_sha256(), nullptr);
  return digest;
}

}  // namespace

std::string base64url(std::string_view bytes) {
  std::string out;
  unsigned held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = (held << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) out += kAlphabet[(held >> (bits - 6)) & 63];
  }
  if (bits > 0) out += kAlphabet[(held << (6 - bits)) & 63];
  return out;
}

std::string base64_decoded(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  unsigned held = 0;
  int bits = 0;
  for (char c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
    const auto digit = kAlphabet.find(c);
    if (digit == kAlphabet.npos) return {};
    held = (held << 6) | static_cast<unsigned>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((held >> bits) & 255);
  }
  return out;
}

std::string random_base64url(std::size_t bytes) {
  std::string noise(bytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(noise.data()), static_cast<int>(bytes)) != 1)
    throw std::runtime_error("no randomness");
  return base64url(noise);
}

std::string sha256_base64url(std::string_view text) { return base64url(sha256(text)); }

struct SigningKey::Key {
  EVP_PKEY* pair = EVP_RSA_gen(2048);
  ~Key() { EVP_PKEY_free(pair); }
};

SigningKey::SigningKey() = default;
SigningKey::~SigningKey() = default;

SigningKey::Key& SigningKey::key() {
  if (!key_) key_ = std::make_unique<Key>();
  if (key_->pair == nullptr) throw std::runtime_error("no RSA key");
  return *key_;
}

std::string SigningKey::key_id() { return sha256_base64url(public_pem()).substr(0, 16); }

std::string SigningKey::public_pem() {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
  PEM_write_bio_PUBKEY(out.get(), key().pair);
  char* text = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

std::string SigningKey::modulus() {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key().pair, OSSL_PKEY_PARAM_RSA_N, &number);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(number);
  return base64url(bytes);
}

std::string SigningKey::signed_token(std::string_view claims) {
  const auto header = R"({"alg":"RS256","kid":")" + key_id() + R"(","typ":"JWT"})";
  const auto input = base64url(header) + "." + base64url(claims);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  std::string signature(256, '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key().pair) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     raw(input), input.size()) != 1)
    throw std::runtime_error("RSA did not sign");
  return input + "." + base64url(signature.substr(0, size));
}

}  // namespace herald::sandbox::google
