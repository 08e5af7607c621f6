#include "sandbox/media_shelf.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace herald::sandbox {

namespace {

bool is_digest(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const auto byte : digest) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::string MediaShelf::keep(std::string_view bytes) {
  auto digest = sha256_hex(bytes);
  const std::lock_guard lock(mutex_);
  if (folder_.empty()) {
    memory_.try_emplace(digest, std::make_shared<const Bytes>(std::string(bytes)));
    return digest;
  }
  const auto target = std::filesystem::path(folder_) / digest;
  if (std::filesystem::exists(target)) return digest;
  std::filesystem::create_directories(folder_);
  const auto torn = target.string() + ".part";
  std::ofstream(torn, std::ios::binary).write(bytes.data(), static_cast<long>(bytes.size()));
  std::filesystem::rename(torn, target);
  return digest;
}

SharedBytes MediaShelf::find(std::string_view digest) const {
  if (!is_digest(digest)) return nullptr;
  const std::lock_guard lock(mutex_);
  if (folder_.empty()) {
    const auto found = memory_.find(digest);
    return found == memory_.end() ? nullptr : found->second;
  }
  auto bytes = Bytes::of_file(path(digest));
  return bytes ? *bytes : nullptr;
}

std::string MediaShelf::path(std::string_view digest) const {
  if (folder_.empty() || !is_digest(digest)) return {};
  auto file = std::filesystem::path(folder_) / std::string(digest);
  return std::filesystem::exists(file) ? file.string() : std::string();
}

}  // namespace herald::sandbox
