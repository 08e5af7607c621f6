#include "domain/weak_secret.h"

#include <algorithm>
#include <array>
#include <set>

namespace herald {
namespace {

// Parts of the secrets that guides, templates and debuggers print, in lower case. A random secret
// of 32 bytes holds one of them by accident once in many billions.
constexpr std::array<std::string_view, 14> kPlaceholders = {
    "changeme",   "change-me",  "change_me",   "changethis",   "change-this",
    "your-",      "your_",      "replace-",    "replace_",     "secret-jwt",
    "jwt-secret", "jwt_secret", "long-secret", "string-secret"};

// RFC 7515 appendix A.1 and RFC 7520 section 3.5: keys that many libraries ship in their tests.
constexpr std::array<std::string_view, 2> kPrinted = {
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
    "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// 00 00 00, 00 01 02, 80 81 82, "aaaa": every byte differs from the one before by the same amount.
bool runs_evenly(std::string_view bytes) {
  const auto step = [&](std::size_t i) {
    return static_cast<unsigned char>(bytes[i] - bytes[i - 1]);
  };
  for (std::size_t i = 2; i < bytes.size(); ++i) {
    if (step(i) != step(1)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> weakness_of(std::string_view secret) {
  if (secret.size() < kSecretBytes) return "is shorter than 32 bytes";
  if (secret.find("-----BEGIN") != std::string_view::npos) return "is a PEM file, not a secret";
  if (runs_evenly(secret)) return "is a run of bytes, not a random secret";
  if (std::ranges::find(kPrinted, secret) != kPrinted.end()) return "is an example from a standard";
  const auto text = lower(secret);
  for (const auto placeholder : kPlaceholders) {
    if (text.find(placeholder) != std::string::npos) return "is a placeholder from an example";
  }
  // 32 random bytes have about 30 different ones, 32 random hex digits about 14.
  if (std::set<char>(secret.begin(), secret.end()).size() < 8) return "repeats a few characters";
  return std::nullopt;
}

}  // namespace herald
