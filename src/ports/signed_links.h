// Public, expiring links to media, for platforms that fetch by URL and show no token. The link is
// the whole permission: whoever has it may read that one rendition until it expires.
#pragma once

#include <string>
#include <string_view>

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/scope.h"
#include "domain/time.h"

namespace herald {

struct MediaLink {
  CustomerScope scope;
  MediaId media;
  std::string rendition;  // "" the original, "jpeg", "preview".
  Time expires_at{};
};

// Safe from any thread.
class SignedLinks {
 public:
  virtual ~SignedLinks() = default;
  // One URL path segment. It tells a reader nothing, and the same link is always the same text.
  virtual std::string seal(const MediaLink& link) = 0;
  // not_found, with one text: changed, made with another key, expired.
  virtual Result<MediaLink> open(std::string_view segment) = 0;
};

}  // namespace herald
