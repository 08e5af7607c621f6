// Hashes for rooms that may not link a crypto library. Pure, never fails, safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace herald {

class Digest {
 public:
  virtual ~Digest() = default;
  // 32 raw bytes; domain/encoding.h spells them as hex or base64url.
  virtual std::string sha256(std::string_view bytes) const = 0;
  // 32 raw bytes. RFC 2104; a key of any length.
  virtual std::string hmac_sha256(std::string_view key, std::string_view message) const = 0;
  // In time that depends on the lengths only. For anything a stranger could guess byte by byte.
  virtual bool equal(std::string_view a, std::string_view b) const = 0;
};

}  // namespace herald
