// Media files by their SHA-256, kept so that the feed can show them and a restart keeps them.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "sandbox/bytes.h"

namespace herald::sandbox {

class MediaShelf {
 public:
  // Empty folder: in memory only; for tests.
  explicit MediaShelf(std::string folder = {}) : folder_(std::move(folder)) {}

  // Returns the digest, 64 hex digits. The same bytes are kept once. Blocks on the disk.
  std::string keep(std::string_view bytes);
  // Null: unknown.
  SharedBytes find(std::string_view digest) const;
  // The file's path, or empty (unknown, or in memory).
  std::string path(std::string_view digest) const;

 private:
  std::string folder_;
  mutable std::mutex mutex_;
  std::map<std::string, SharedBytes, std::less<>> memory_;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace herald::sandbox
