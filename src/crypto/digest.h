// SHA-256, HMAC-SHA256 and comparison in constant time. Pure, safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "domain/secret.h"
#include "ports/digest.h"

namespace herald {

std::string sha256(std::string_view bytes);                               // 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view message);  // 32 raw bytes.
// The time depends on the lengths only.
bool constant_time_equal(std::string_view a, std::string_view b);
// A key of 32 bytes for one use: HMAC-SHA256(master, label). One label never tells of another.
Secret derive_key(const Secret& master, std::string_view label);

class SystemDigest final : public Digest {
 public:
  std::string sha256(std::string_view bytes) const override { return herald::sha256(bytes); }
  std::string hmac_sha256(std::string_view key, std::string_view message) const override {
    return herald::hmac_sha256(key, message);
  }
  bool equal(std::string_view a, std::string_view b) const override {
    return constant_time_equal(a, b);
  }
};

}  // namespace herald
