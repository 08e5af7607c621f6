// The public API's door: who is asking, may they ask so often, and what do their headers claim?
// Then the uploader is asked in their name.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/client_address.h"
#include "http/rate_limits.h"
#include "http/server/message.h"
#include "http/upstream.h"
#include "ports/access_tokens.h"
#include "ports/clock.h"
#include "ports/random.h"

namespace herald::http {

struct GatewayLimits {
  RateLimit per_user{1'200, std::chrono::seconds(60)};  // All requests.
  RateLimit per_peer{6'000, std::chrono::seconds(60)};  // Including those without a token.
  RateLimit starts{20, std::chrono::seconds(60)};       // OAuth flows begun (O-48).
  std::vector<std::string> trusted_proxies;             // See TrustedProxies.
};

// Keeps nothing and opens no store: whether a sign-in still holds the uploader knows.
class Gateway final : public Service {
 public:
  struct Ports {
    AccessTokens& tokens;
    Clock& clock;
    Random& random;
  };
  // `openapi_json` is served as it is. `ready` is what the door before this one goes by.
  Gateway(Ports ports, Upstream& uploader, GatewayLimits limits, std::string openapi_json,
          std::function<bool()> ready);
  bool is_brief(const Request& head) const override;
  Admission admit(Request& head) override;
  void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) override;

 private:
  struct Seen;
  Result<std::optional<Caller>> caller_of(Request& head);
  std::optional<Response> refused_rate(const Request& head, const std::optional<Caller>& caller);
  Admission admit_own(std::shared_ptr<Seen> seen, Request& head) const;

  const Ports ports_;
  Upstream& uploader_;
  TrustedProxies proxies_;
  RateLimiter per_user_;
  RateLimiter per_peer_;
  RateLimiter starts_;
  const std::string openapi_json_;
  const std::function<bool()> ready_;
};

}  // namespace herald::http
