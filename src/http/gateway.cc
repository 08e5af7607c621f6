#include "http/gateway.h"

#include <algorithm>
#include <array>
#include <utility>

#include "http/json_body.h"
#include "http/request_id.h"
#include "http/server/problem.h"

namespace herald::http {
namespace {

constexpr std::string_view kPrefix = "/api/social-media";
const std::string kBehind = "/api";  // The same paths stand there behind this door.
constexpr std::string_view kContract = "/api/openapi.json";

// Lower case, '_' as '-': every spelling that some server takes for the same name (T-05).
char canonical(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 32);
  return c == '_' ? '-' : c;
}

// Headers by which only our own doors say who somebody is.
bool claims_identity(std::string_view name) {
  constexpr std::array<std::string_view, 6> kClaims{"x-herald-", "x-customer",       "x-user",
                                                    "x-tenant",  "x-forwarded-user", "x-role"};
  return std::ranges::any_of(kClaims, [name](std::string_view claim) {
    return std::ranges::equal(name.substr(0, claim.size()), claim, {}, canonical);
  });
}

void strip_claims(Headers& headers) {
  std::vector<std::string> claims;
  for (const auto& header : headers.all()) {
    if (claims_identity(header.name)) claims.push_back(header.name);
  }
  for (const auto& name : claims) headers.remove(name);
}

bool same_ignoring_case(std::string_view a, std::string_view b) { return same_name(a, b); }

Error invalid_token(std::string detail) {
  return {ErrorKind::unauthorized, "Sign in to continue.", std::move(detail), {}, {}};
}

Error slow_down(std::chrono::seconds wait) {
  return {ErrorKind::rate_limited, "Too many requests. Slow down a little.", {}, wait, {}};
}

}  // namespace

struct Gateway::Seen {
  std::optional<Caller> caller;
  bool own = false;  // Answered here, not behind.
  std::shared_ptr<void> behind;
};

Gateway::Gateway(const Services& services, AccessTokens& tokens, Upstream& uploader,
                 GatewayLimits limits)
    : services_(services),
      tokens_(tokens),
      uploader_(uploader),
      proxies_(limits.trusted_proxies),
      sign_in_(services, limits.sign_ins),
      per_user_(limits.per_user),
      per_peer_(limits.per_peer),
      starts_(limits.starts),
      sessions_(std::chrono::seconds(30)) {}

// Nothing: no token was shown. An error: one was, and it is no good.
Result<std::optional<Caller>> Gateway::caller_of(Request& head) {
  const auto shown = head.headers.count("authorization");
  if (shown == 0) return std::optional<Caller>();
  if (shown > 1) {
    Error error{ErrorKind::invalid,
                "There must be one Authorization header.",
                {},
                {},
                "malformed_authorization"};
    return std::unexpected(std::move(error));
  }
  std::string_view value = *head.headers.find("authorization");
  const auto space = value.find(' ');
  if (space == value.npos || !same_ignoring_case(value.substr(0, space), "bearer")) {
    return std::unexpected(invalid_token("not a bearer token"));
  }
  auto claims = tokens_.verify(value.substr(space + 1));
  if (!claims) return std::unexpected(std::move(claims).error());
  if (auto good = still_good(claims->caller); !good) {
    return std::unexpected(std::move(good).error());
  }
  head.good_until = claims->expires_at;
  return std::optional(std::move(claims->caller));
}

// An ended sign-in, a disabled user or a suspended customer is noticed within half a minute (T-21).
Result<Done> Gateway::still_good(const Caller& caller) {
  const std::string key =
      caller.scope.customer().value + " " + caller.user.value + " " + caller.session.value;
  const Time now = services_.clock.now();
  if (sessions_.contains(key, now)) return Done{};
  auto person = services_.access.person(caller);
  if (!person) return std::unexpected(std::move(person).error());
  sessions_.add(key, now);
  return Done{};
}

bool Gateway::is_brief(const Request& head) const {
  return head.path.starts_with(kPrefix) &&
         uploader_.is_brief(head.method, kBehind + head.path.substr(kPrefix.size()));
}

Admission Gateway::admit(Request& head) {
  name_request(services_.random, head);
  const auto refuse = [&](const Error& error) {
    return Admission{problem(error, head.id), 0, nullptr};
  };
  strip_claims(head.headers);
  head.peer = proxies_.client_of(head);
  const Time now = services_.clock.now();
  if (const auto wait = per_peer_.take(network_of(head.peer), now); wait.count() > 0) {
    return refuse(slow_down(wait));
  }
  auto caller = caller_of(head);
  if (!caller) return refuse(caller.error());
  if (*caller) {
    const std::string key = (*caller)->scope.customer().value + " " + (*caller)->user.value;
    if (const auto wait = per_user_.take(key, now); wait.count() > 0) {
      return refuse(slow_down(wait));
    }
    if (head.path.ends_with("/oauth/initiate")) {
      if (const auto wait = starts_.take(key, now); wait.count() > 0) {
        return refuse(slow_down(wait));
      }
    }
  }
  auto seen = std::make_shared<Seen>();
  seen->caller = std::move(*caller);
  if (sign_in_.knows(head) || head.path == kContract) {
    seen->own = true;
    if (head.path == kContract && head.method != "GET") {
      return {method_not_allowed(head.id, "GET"), 0, nullptr};
    }
    if (head.path == "/api/auth/me" && !seen->caller) return refuse(invalid_token("none shown"));
    Admission admission = sign_in_.knows(head) ? sign_in_.admit(head) : Admission{};
    head.context = std::move(seen);
    return admission;
  }
  if (!head.path.starts_with(kPrefix) || head.path.size() <= kPrefix.size() ||
      head.path[kPrefix.size()] != '/' || !head.target.starts_with(kPrefix)) {
    return {no_such_address(head.id), 0, nullptr};
  }
  head.path.replace(0, kPrefix.size(), kBehind);
  head.target.replace(0, kPrefix.size(), kBehind);
  Admission admission = uploader_.admit(seen->caller, head);
  seen->behind = std::move(head.context);
  head.context = std::move(seen);
  return admission;
}

void Gateway::serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) {
  const auto seen = std::static_pointer_cast<Seen>(std::move(request.context));
  if (!seen->own) {
    request.context = seen->behind;
    return uploader_.serve(seen->caller, std::move(request), std::move(sink), std::move(reply));
  }
  if (request.path != kContract) return reply(sign_in_.handle(seen->caller, request));
  Response response;
  response.headers.add("Content-Type", "application/json");
  response.body = services_.openapi_json;
  reply(std::move(response));
}

}  // namespace herald::http
