#include "http/gateway.h"

#include <utility>

#include "http/identity_claims.h"
#include "http/json_body.h"
#include "http/request_id.h"
#include "http/server/problem.h"

namespace herald::http {
namespace {

constexpr std::string_view kPrefix = "/api/social-media";
const std::string kBehind = "/api";  // The same paths stand there behind this door.
constexpr std::string_view kContract = "/api/openapi.json";
constexpr std::string_view kReady = "/api/social-media/ready";
constexpr std::string_view kSignIn = "/api/auth/";

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

Gateway::Gateway(Ports ports, Upstream& uploader, GatewayLimits limits, std::string openapi_json,
                 std::function<bool()> ready)
    : ports_(ports),
      uploader_(uploader),
      proxies_(limits.trusted_proxies),
      per_user_(limits.per_user),
      per_peer_(limits.per_peer),
      starts_(limits.starts),
      openapi_json_(std::move(openapi_json)),
      ready_(std::move(ready)) {}

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
  if (space == value.npos || !same_name(value.substr(0, space), "bearer")) {
    return std::unexpected(invalid_token("not a bearer token"));
  }
  auto claims = ports_.tokens.verify(value.substr(space + 1));
  if (!claims) return std::unexpected(std::move(claims).error());
  head.good_until = claims->expires_at;
  return std::optional(std::move(claims->caller));
}

bool Gateway::is_brief(const Request& head) const {
  return head.path.starts_with(kPrefix) &&
         uploader_.is_brief(head.method, kBehind + head.path.substr(kPrefix.size()));
}

std::optional<Response> Gateway::refused_rate(const Request& head,
                                              const std::optional<Caller>& caller) {
  const Time now = ports_.clock.now();
  const std::string key = caller->scope.customer().value + " " + caller->user.value;
  if (const auto wait = per_user_.take(key, now); wait.count() > 0) {
    return problem(slow_down(wait), head.id);
  }
  if (!head.path.ends_with("/oauth/initiate")) return std::nullopt;
  const auto wait = starts_.take(key, now);
  return wait.count() > 0 ? std::optional(problem(slow_down(wait), head.id)) : std::nullopt;
}

// What is the same for everybody.
Admission Gateway::admit_own(std::shared_ptr<Seen> seen, Request& head) const {
  if (head.method != "GET") return {method_not_allowed(head.id, "GET"), 0, nullptr};
  seen->own = true;
  head.context = std::move(seen);
  return {};
}

Admission Gateway::admit(Request& head) {
  strip_claims(head.headers);
  if (proxies_.holds(head.peer)) adopt_request_id(head);
  name_request(ports_.random, head);
  head.peer = proxies_.client_of(head);
  auto seen = std::make_shared<Seen>();
  if (head.path == kReady) return admit_own(std::move(seen), head);  // Asked all the time.
  const Time now = ports_.clock.now();
  if (const auto wait = per_peer_.take(network_of(head.peer), now); wait.count() > 0) {
    return {problem(slow_down(wait), head.id), 0, nullptr};
  }
  auto caller = caller_of(head);
  if (!caller) return {problem(caller.error(), head.id), 0, nullptr};
  if (*caller) {
    if (auto refusal = refused_rate(head, *caller)) return {std::move(refusal), 0, nullptr};
  }
  seen->caller = std::move(*caller);
  if (head.path == kContract) return admit_own(std::move(seen), head);
  if (!head.path.starts_with(kSignIn)) {
    if (!head.path.starts_with(kPrefix) || head.path.size() <= kPrefix.size() ||
        head.path[kPrefix.size()] != '/' || !head.target.starts_with(kPrefix)) {
      return {no_such_address(head.id), 0, nullptr};
    }
    head.path.replace(0, kPrefix.size(), kBehind);
    head.target.replace(0, kPrefix.size(), kBehind);
    // Behind this door sign-in stands at the same paths; nothing else may lead there.
    if (head.path.starts_with(kSignIn)) return {no_such_address(head.id), 0, nullptr};
  }
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
  if (request.path == kReady) return reply(ready_() ? empty_answer(204) : not_ready(request.id));
  Response response;
  response.headers.add("Content-Type", "application/json");
  response.body = openapi_json_;
  reply(std::move(response));
}

}  // namespace herald::http
