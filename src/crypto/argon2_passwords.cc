#include "crypto/argon2_passwords.h"

#include <sodium.h>

#include <array>

#include "crypto/sodium_start.h"

namespace herald {
namespace {

constexpr std::size_t kMostPasswordBytes = 1024;

class Seat {
 public:
  explicit Seat(std::counting_semaphore<2>& seats) : seats_(seats) { seats_.acquire(); }
  ~Seat() { seats_.release(); }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

 private:
  std::counting_semaphore<2>& seats_;
};

bool fits(const Secret& password) {
  return !password.empty() && password.size() <= kMostPasswordBytes;
}

}  // namespace

Argon2Passwords::Argon2Passwords(PasswordCost cost) : cost_(cost) {
  start_sodium();
  std::array<char, 32> unguessable;
  randombytes_buf(unguessable.data(), unguessable.size());
  nobody_ = hash(Secret({unguessable.data(), unguessable.size()})).value_or("");
}

Result<std::string> Argon2Passwords::hash(const Secret& password) {
  if (!fits(password)) {
    return fail(ErrorKind::invalid, "A password has 1 to 1024 bytes. Choose another one.");
  }
  const auto text = password.reveal();
  std::array<char, crypto_pwhash_STRBYTES> out{};
  const Seat seat(seats_);
  if (crypto_pwhash_str_alg(out.data(), text.data(), text.size(), cost_.passes, cost_.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorKind::unavailable, "The server is short of memory. Try again later.",
                "argon2id: out of memory");
  }
  return std::string(out.data());
}

bool Argon2Passwords::matches(const Secret& password, std::string_view hash) {
  if (!fits(password) || hash.size() >= crypto_pwhash_STRBYTES) return false;
  std::array<char, crypto_pwhash_STRBYTES> padded{};  // libsodium reads all of it.
  hash.copy(padded.data(), hash.size());
  const auto text = password.reveal();
  const Seat seat(seats_);
  return crypto_pwhash_str_verify(padded.data(), text.data(), text.size()) == 0;
}

void Argon2Passwords::match_nobody(const Secret& password) {
  static_cast<void>(matches(password, nobody_));
}

bool Argon2Passwords::needs_rehash(std::string_view hash) {
  if (hash.size() >= crypto_pwhash_STRBYTES) return true;
  std::array<char, crypto_pwhash_STRBYTES> padded{};
  hash.copy(padded.data(), hash.size());
  return crypto_pwhash_str_needs_rehash(padded.data(), cost_.passes, cost_.memory_bytes) != 0;
}

}  // namespace herald
