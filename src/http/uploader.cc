#include "http/uploader.h"

#include <utility>

#include "http/request_id.h"
#include "http/server/problem.h"

namespace herald::http {
namespace {

constexpr const char* kAssertionHeader = "X-Herald-Assertion";

Error unauthorized() { return {ErrorKind::unauthorized, "Sign in to continue.", {}, {}, {}}; }

}  // namespace

Response ApiCall::refuse(const Error& error) const {
  if (error.code == "unsupported_media_type") {
    return problem(415, error, request.id);
  }
  if (error.code == "storage_full") return problem(507, error, request.id);
  if (error.code == "media_too_large") return problem(413, error, request.id);
  if (error.code == "platform_not_configured" || error.code == "idempotency_key_reused") {
    const int status = error.code == "platform_not_configured" ? 409 : 422;
    return problem(status, error, request.id);
  }
  return problem(error, request.id);
}

Uploader::Uploader(const Services& services) : services_(services) {
  // Fixed words come before {platform}.
  add_event_routes(routes_);
  add_history_routes(routes_);
  add_analytics_routes(routes_);
  add_media_routes(routes_);
  add_post_routes(routes_);
  add_notice_routes(routes_);
  add_account_routes(routes_);
  add_platform_routes(routes_);
  add_connect_routes(routes_);
}

bool Uploader::is_open(const Request& head) const {
  const auto* route = routes_.find(head.method, head.path);
  return route == nullptr || route->open;
}

bool Uploader::takes_stream(const Request& head) const {
  const auto* route = routes_.find(head.method, head.path);
  return route != nullptr && route->receive != nullptr;
}

bool Uploader::is_brief(std::string_view method, std::string_view path) const {
  const auto* route = routes_.find(method, path);
  return route != nullptr && route->brief;
}

Admission Uploader::admit(const std::optional<Caller>& caller, Request& head) {
  const auto match = routes_.match(head.method, head.path);
  if (match.handler == nullptr) {
    if (match.allowed.empty()) return {no_such_address(head.id), 0, nullptr};
    std::string allowed;
    for (const auto& method : match.allowed) allowed += (allowed.empty() ? "" : ", ") + method;
    return {method_not_allowed(head.id, std::move(allowed)), 0, nullptr};
  }
  if (!match.handler->open && !caller) return {problem(unauthorized(), head.id), 0, {}};
  if (match.handler->receive == nullptr) return {{}, match.handler->body_limit_bytes, nullptr};

  ApiCall call{services_, caller, head, match.args, nullptr};
  auto sink = match.handler->receive(call);
  if (!sink) return {std::move(sink).error(), 0, nullptr};
  return {{}, match.handler->body_limit_bytes, std::move(*sink)};
}

void Uploader::serve(const std::optional<Caller>& caller, Request request,
                     std::shared_ptr<BodySink> sink, Reply reply) {
  auto match = routes_.match(request.method, request.path);
  match.handler->handle(
      {services_, caller, std::move(request), std::move(match.args), std::move(sink)},
      std::move(reply));
}

// What admit() found out, for serve().
struct UploaderDoor::Seen {
  std::optional<InternalAssertion> assertion;
};

Admission UploaderDoor::admit(Request& head) {
  name_request(uploader_.services().random, head);
  auto seen = std::make_shared<Seen>();
  if (const auto* token = head.headers.find(kAssertionHeader)) {
    auto assertion = assertions_.verify(*token, head.method, head.target);
    if (!assertion) return {problem(assertion.error(), head.id), 0, nullptr};
    // Bytes that stream are kept before they could be compared with what was signed.
    if (uploader_.takes_stream(head) && !assertion->body.streamed) {
      return {problem(unauthorized(), head.id), 0, nullptr};
    }
    seen->assertion = std::move(*assertion);
  } else if (!uploader_.is_open(head)) {
    return {problem(unauthorized(), head.id), 0, nullptr};
  }
  const auto caller = seen->assertion ? std::optional(seen->assertion->caller) : std::nullopt;
  head.context = std::move(seen);
  return uploader_.admit(caller, head);
}

void UploaderDoor::serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) {
  const auto seen = std::static_pointer_cast<Seen>(std::move(request.context));
  if (!seen->assertion) {
    return uploader_.serve(std::nullopt, std::move(request), std::move(sink), std::move(reply));
  }
  if (sink == nullptr) {
    if (auto sound = assertions_.check_body(*seen->assertion, request.body); !sound) {
      return reply(problem(sound.error(), request.id));
    }
  }
  uploader_.serve(seen->assertion->caller, std::move(request), std::move(sink), std::move(reply));
}

}  // namespace herald::http
