#include "crypto/sealed_links.h"

#include "crypto/aead.h"
#include "crypto/byte_layout.h"
#include "crypto/digest.h"
#include "crypto/sodium_start.h"
#include "domain/encoding.h"
#include "domain/weak_secret.h"

namespace herald {
namespace {

constexpr std::string_view kPurpose = "herald media link 1";
constexpr std::string_view kSealLabel = "herald media link seal";
constexpr std::size_t kMostSegmentBytes = 1024;

std::unexpected<Error> not_found() {
  return fail(ErrorKind::not_found, "This link is not valid, or not any more.");
}

}  // namespace

Result<std::unique_ptr<SealedLinks>> SealedLinks::make(const Secret& secret, const Clock& clock,
                                                       std::span<const Secret> earlier) {
  std::optional<std::string> weakness = weakness_of(secret.reveal());
  for (const auto& one : earlier) {
    if (!weakness) weakness = weakness_of(one.reveal());
  }
  if (weakness) return fail(ErrorKind::invalid, "The secret for media links " + *weakness + ".");
  return std::unique_ptr<SealedLinks>(new SealedLinks(secret, clock, earlier));
}

SealedLinks::SealedLinks(const Secret& secret, const Clock& clock, std::span<const Secret> earlier)
    : nonce_key_(derive_key(secret, "herald media link nonce")), clock_(clock) {
  start_sodium();
  seal_keys_.push_back(derive_key(secret, kSealLabel));
  for (const auto& one : earlier) seal_keys_.push_back(derive_key(one, kSealLabel));
}

std::string SealedLinks::seal(const MediaLink& link) {
  auto said = field_list({link.scope.customer().value, link.media.value, link.rendition});
  append_u64(said, static_cast<std::uint64_t>(to_ms(link.expires_at)));
  const auto nonce = hmac_sha256(nonce_key_.reveal(), said).substr(0, kAeadNonceBytes);
  return to_base64url(nonce + aead_encrypt(seal_keys_.front().reveal(), nonce, kPurpose, said));
}

Result<MediaLink> SealedLinks::open(std::string_view segment) {
  if (segment.size() > kMostSegmentBytes) return not_found();
  const auto bytes = from_base64url(segment);
  if (!bytes || bytes->size() < kAeadNonceBytes) return not_found();
  const auto nonce = std::string_view(*bytes).substr(0, kAeadNonceBytes);
  const auto sealed = std::string_view(*bytes).substr(kAeadNonceBytes);
  auto said = aead_decrypt(seal_keys_.front().reveal(), nonce, kPurpose, sealed);
  for (std::size_t i = 1; !said && i < seal_keys_.size(); ++i) {
    said = aead_decrypt(seal_keys_[i].reveal(), nonce, kPurpose, sealed);
  }
  if (!said) return not_found();

  ByteReader reader(said->reveal());
  const auto customer = reader.field();
  const auto media = reader.field();
  const auto rendition = reader.field();
  const auto expires_at_ms = reader.u64();
  if (!expires_at_ms || !reader.rest().empty()) return not_found();
  const auto expires_at = from_ms(static_cast<std::int64_t>(*expires_at_ms));
  if (expires_at <= clock_.now()) return not_found();
  return MediaLink{ScopeAuthority::of(CustomerId(std::string(*customer))),
                   MediaId(std::string(*media)), std::string(*rendition), expires_at};
}

}  // namespace herald
