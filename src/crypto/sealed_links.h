// Media links as one sealed text: nonce, then XChaCha20-Poly1305 of what the link says, in
// base64url. Sealed rather than only signed, because a URL travels through strangers' logs and a
// customer's id may be an e-mail address. The nonce is the HMAC of what the link says, so the same
// link is the same text, and two links never share a nonce.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "domain/secret.h"
#include "ports/clock.h"
#include "ports/signed_links.h"

namespace herald {

// Safe from any thread.
class SealedLinks final : public SignedLinks {
 public:
  // At least 32 bytes each, not guessable (invalid). `secret` seals; `earlier` ones only open, so
  // that a rotation breaks no link. The keys used are derived from them for links alone.
  static Result<std::unique_ptr<SealedLinks>> make(const Secret& secret, const Clock& clock,
                                                   std::span<const Secret> earlier = {});

  std::string seal(const MediaLink& link) override;
  Result<MediaLink> open(std::string_view segment) override;

 private:
  SealedLinks(const Secret& secret, const Clock& clock, std::span<const Secret> earlier);

  std::vector<Secret> seal_keys_;  // The first seals.
  Secret nonce_key_;
  const Clock& clock_;
};

}  // namespace herald
