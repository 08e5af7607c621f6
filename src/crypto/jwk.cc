#include "crypto/jwk.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "domain/encoding.h"
#include "json/strict_json.h"

namespace herald {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostBytes = 256 * 1024;
constexpr std::size_t kMostKeys = 64;
constexpr std::size_t kMostKidBytes = 256;

std::unexpected<Error> refused(std::string reason) {
  return fail(ErrorKind::invalid, "The key set for checking tokens cannot be used.",
              "jwks: " + std::move(reason));
}

// The member as text; nothing when it is missing. A member of another type is "" and fits nothing.
std::optional<std::string> text_of(const json::object& key, std::string_view name) {
  const auto* value = key.if_contains(name);
  if (value == nullptr) return std::nullopt;
  const auto* text = value->if_string();
  return text == nullptr ? std::string() : std::string(text->begin(), text->end());
}

// The member's bytes; empty when it is missing or not base64url, which no key accepts.
std::string bytes_of(const json::object& key, std::string_view name) {
  return from_base64url(text_of(key, name).value_or("")).value_or("");
}

bool is_for_verifying(const json::object& key, Algorithm algorithm) {
  if (text_of(key, "use").value_or("sig") != "sig") return false;
  if (text_of(key, "alg").value_or(std::string(name_of(algorithm))) != name_of(algorithm)) {
    return false;
  }
  const auto* operations = key.if_contains("key_ops");
  if (operations == nullptr) return true;
  const auto* list = operations->if_array();
  return list != nullptr && std::ranges::any_of(*list, [](const json::value& operation) {
           return operation.is_string() && operation.get_string() == "verify";
         });
}

// Null: not for us.
Result<VerifyKey::Ptr> read_jwk(const json::object& key) {
  const auto kid = text_of(key, "kid").value_or("");
  if (kid.size() > kMostKidBytes) return refused("a kid longer than 256 bytes");
  if (key.contains("kid") && kid.empty()) return refused("a kid that is empty or no text");
  const auto type = text_of(key, "kty");
  const auto curve = text_of(key, "crv").value_or("");
  if (!type || type->empty()) return refused("a key without kty");
  if (*type == "oct") return refused("a symmetric key; only public keys belong here");
  if (key.contains("d")) return refused("a private key; only public keys belong here");

  if (*type == "RSA" && is_for_verifying(key, Algorithm::rs256)) {
    return VerifyKey::rs256(kid, bytes_of(key, "n"), bytes_of(key, "e"));
  }
  if (*type == "EC" && curve == "P-256" && is_for_verifying(key, Algorithm::es256)) {
    return VerifyKey::es256(kid, bytes_of(key, "x"), bytes_of(key, "y"));
  }
  if (*type == "OKP" && curve == "Ed25519" && is_for_verifying(key, Algorithm::eddsa)) {
    return VerifyKey::eddsa(kid, bytes_of(key, "x"));
  }
  return VerifyKey::Ptr();
}

}  // namespace

Result<std::vector<VerifyKey::Ptr>> read_jwk_set(std::string_view text) {
  if (text.size() > kMostBytes) return refused("larger than 256 KiB");
  json::object set;
  HERALD_CHECK(read_strict_json(text, set));
  const auto* list = set.if_contains("keys");
  if (list == nullptr || !list->is_array()) return refused("no \"keys\" array");
  if (list->get_array().size() > kMostKeys) return refused("more than 64 keys");

  std::vector<VerifyKey::Ptr> keys;
  for (const auto& item : list->get_array()) {
    if (!item.is_object()) return refused("a key that is no object");
    HERALD_TRY(auto key, read_jwk(item.get_object()));
    if (!key) continue;
    if (std::ranges::any_of(keys, [&](const auto& other) { return other->kid() == key->kid(); })) {
      return refused("the kid \"" + key->kid() + "\" stands twice");
    }
    keys.push_back(std::move(key));
  }
  if (keys.empty()) return refused("no key for RS256, ES256 or EdDSA signatures");
  return keys;
}

}  // namespace herald
