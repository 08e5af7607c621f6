// The public API's door: who is asking, may they ask so often, and what do their headers claim?
// Then the uploader is asked in their name.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "http/client_address.h"
#include "http/rate_limits.h"
#include "http/server/message.h"
#include "http/services.h"
#include "http/sign_in.h"
#include "http/upstream.h"

namespace herald::http {

struct GatewayLimits {
  RateLimit per_user{1'200, std::chrono::seconds(60)};  // All requests.
  RateLimit per_peer{6'000, std::chrono::seconds(60)};  // Including those without a token.
  RateLimit starts{20, std::chrono::seconds(60)};       // OAuth flows begun (O-48).
  RateLimit sign_ins{10, std::chrono::seconds(60)};     // Per email; per address five times that.
  std::vector<std::string> trusted_proxies;             // See TrustedProxies.
};

class Gateway final : public Service {
 public:
  Gateway(const Services& services, AccessTokens& tokens, Upstream& uploader, GatewayLimits limits);
  bool is_brief(const Request& head) const override;
  Admission admit(Request& head) override;
  void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) override;

 private:
  struct Seen;
  Result<std::optional<Caller>> caller_of(Request& head);
  Result<Done> still_good(const Caller& caller);

  const Services& services_;
  AccessTokens& tokens_;
  Upstream& uploader_;
  TrustedProxies proxies_;
  SignIn sign_in_;
  RateLimiter per_user_;
  RateLimiter per_peer_;
  RateLimiter starts_;
  RecentlySeen sessions_;  // Sign-ins found good within the last 30 s.
};

}  // namespace herald::http
