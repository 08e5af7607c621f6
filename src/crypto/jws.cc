#include "crypto/jws.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "domain/encoding.h"
#include "json/strict_json.h"

namespace herald {
namespace {

namespace json = boost::json;

// Headers that would change who checks what, and with which key. A token that has one is refused,
// whatever it says; other unknown headers are ignored, as RFC 7515 section 4 asks.
constexpr std::array<std::string_view, 17> kRefusedHeaders = {
    "jwk", "jku", "x5u", "x5c", "crit", "b64", "zip", "enc", "cty",
    "p2s", "p2c", "epk", "apu", "apv",  "iv",  "tag", "url"};

std::unexpected<Error> refused(std::string reason) {
  return fail(ErrorKind::unauthorized, "Sign in again.", "jws: " + std::move(reason));
}

struct Parts {
  std::string_view head, payload, signature;
};

std::optional<Parts> split(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  if (token.find('.', second + 1) != std::string_view::npos) return std::nullopt;  // JWE has five.
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
               token.substr(second + 1)};
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

Result<Done> read_head(std::string_view text, UncheckedJws& jws) {
  json::object head;
  HERALD_CHECK(read_strict_json(text, head));
  for (const auto name : kRefusedHeaders) {
    if (head.contains(name)) return refused("header \"" + std::string(name) + "\"");
  }
  const auto* algorithm = head.if_contains("alg");
  if (algorithm == nullptr || !algorithm->is_string()) return refused("no alg");
  jws.algorithm = std::string_view(algorithm->get_string());
  if (const auto* kid = head.if_contains("kid")) {
    if (!kid->is_string()) return refused("kid is no text");
    jws.kid = std::string(std::string_view(kid->get_string()));
  }
  if (const auto* type = head.if_contains("typ")) {
    if (!type->is_string() || type->get_string().empty()) return refused("typ is no text");
    jws.type = lower(type->get_string());
  }
  return Done{};
}

}  // namespace

Result<UncheckedJws> read_jws(std::string_view token) {
  if (token.size() > kMostTokenBytes) return refused("longer than 8 KiB");
  const auto parts = split(token);
  if (!parts) return refused("not three parts");
  const auto head = from_base64url(parts->head);
  auto payload = from_base64url(parts->payload);
  auto signature = from_base64url(parts->signature);
  if (!head || !payload || !signature) return refused("not base64url");
  if (signature->empty()) return refused("no signature");

  UncheckedJws jws;
  if (const auto read = read_head(*head, jws); !read) return refused(read.error().detail);
  jws.signing_input = token.substr(0, parts->head.size() + 1 + parts->payload.size());
  jws.payload = std::move(*payload);
  jws.signature = std::move(*signature);
  return jws;
}

const VerifyKey* choose_key(const UncheckedJws& jws, std::span<const VerifyKey::Ptr> keys) {
  const VerifyKey* chosen = nullptr;
  for (const auto& key : keys) {
    if (jws.kid ? key->kid() != *jws.kid : name_of(key->algorithm()) != jws.algorithm) continue;
    if (chosen != nullptr) return nullptr;
    chosen = key.get();
  }
  return chosen != nullptr && name_of(chosen->algorithm()) == jws.algorithm ? chosen : nullptr;
}

Result<std::string> sign_jws(const SigningKey& key, std::string_view type,
                             std::string_view payload) {
  const json::object head = {{"alg", name_of(key.algorithm())}, {"kid", key.kid()}, {"typ", type}};
  auto token = to_base64url(json::serialize(head)) + "." + to_base64url(payload);
  HERALD_TRY(const auto signature, key.sign(token));
  token += ".";
  token += to_base64url(signature);
  return token;
}

}  // namespace herald
