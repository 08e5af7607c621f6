#include "http/uploader.h"

#include <utility>

#include "http/json_body.h"
#include "http/request_id.h"
#include "http/server/problem.h"

namespace herald::http {
namespace {

constexpr const char* kReady = "/api/ready";

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

ApiRoutes api_routes() {
  ApiRoutes routes;
  // Fixed words come before {platform}.
  add_event_routes(routes);
  add_history_routes(routes);
  add_analytics_routes(routes);
  add_media_routes(routes);
  add_post_routes(routes);
  add_notice_routes(routes);
  add_account_routes(routes);
  add_platform_routes(routes);
  add_connect_routes(routes);
  return routes;
}

std::optional<Response> refused_route(const ApiRoutes::Match& match,
                                      const std::optional<Caller>& caller,
                                      const std::string& request_id) {
  if (match.handler == nullptr) {
    if (match.allowed.empty()) return no_such_address(request_id);
    std::string allowed;
    for (const auto& method : match.allowed) allowed += (allowed.empty() ? "" : ", ") + method;
    return method_not_allowed(request_id, std::move(allowed));
  }
  if (!match.handler->open && !caller) return problem(unauthorized(), request_id);
  return std::nullopt;
}

std::string stream_terms(const Request& head) {
  std::string terms;
  for (const char* name : {"content-type", "tus-resumable", "upload-offset", "upload-length",
                           "upload-defer-length", "upload-metadata"}) {
    for (const auto& header : head.headers.all()) {
      if (same_name(header.name, name)) terms.append(name).append(": " + header.value + "\n");
    }
  }
  const auto* length = head.headers.find("content-length");
  const bool chunked = head.headers.count("transfer-encoding") > 0;
  return terms + "bytes: " + (chunked ? "unknown" : length == nullptr ? "0" : *length) + "\n";
}

Uploader::Uploader(const Services& services, RateLimit sign_ins)
    : services_(services), sign_in_(services, sign_ins) {}

bool Uploader::is_open(const Request& head) const {
  if (SignIn::knows(head)) return false;
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

// An ended sign-in, a disabled user or a suspended customer is noticed within half a minute (T-21).
Result<Done> Uploader::still_good(const Caller& caller) {
  const std::string key =
      caller.scope.customer().value + " " + caller.user.value + " " + caller.session.value;
  const Time now = services_.clock.now();
  if (sessions_.contains(key, now)) return Done{};
  auto person = services_.access.person(caller);
  if (!person) return std::unexpected(std::move(person).error());
  sessions_.add(key, now);
  return Done{};
}

Admission Uploader::admit(const std::optional<Caller>& caller, Request& head) {
  if (caller) {
    if (auto good = still_good(*caller); !good) return {problem(good.error(), head.id), 0, nullptr};
  }
  if (SignIn::knows(head)) return SignIn::admit(caller, head);
  const auto match = routes_.match(head.method, head.path);
  if (auto refusal = refused_route(match, caller, head.id)) return {std::move(refusal), 0, nullptr};
  if (match.handler->receive == nullptr) return {{}, match.handler->body_limit_bytes, nullptr};

  ApiCall call{services_, caller, head, match.args, nullptr};
  auto sink = match.handler->receive(call);
  if (!sink) return {std::move(sink).error(), 0, nullptr};
  return {{}, match.handler->body_limit_bytes, std::move(*sink)};
}

void Uploader::serve(const std::optional<Caller>& caller, Request request,
                     std::shared_ptr<BodySink> sink, Reply reply) {
  if (SignIn::knows(request)) return reply(sign_in_.handle(caller, request));
  auto match = routes_.match(request.method, request.path);
  match.handler->handle(
      {services_, caller, std::move(request), std::move(match.args), std::move(sink)},
      std::move(reply));
}

// What admit() found out, for serve().
struct UploaderDoor::Seen {
  std::optional<InternalAssertion> assertion;
  bool asks_ready = false;
};

Admission UploaderDoor::admit(Request& head) {
  auto seen = std::make_shared<Seen>();
  const auto* token = head.headers.find(kAssertionHeader);
  std::optional<Error> refusal;
  if (token != nullptr) {
    if (auto assertion = assertions_.verify(*token, head.method, head.target)) {
      head.id = assertion->request.request_id;
      head.peer = assertion->request.peer;
      head.good_until = assertion->request.good_until;
      // Bytes that stream are kept before they could be compared with what was signed.
      if (uploader_.takes_stream(head)) {
        const auto bound = assertions_.check_stream(*assertion, stream_terms(head));
        if (!bound) refusal = bound.error();
      }
      seen->assertion = std::move(*assertion);
    } else {
      refusal = assertion.error();
    }
  } else if (head.method == "GET" && head.path == kReady) {
    seen->asks_ready = true;
  } else if (!uploader_.is_open(head)) {
    refusal = unauthorized();
  }
  name_request(uploader_.services().random, head);
  if (refusal) return {problem(*refusal, head.id), 0, nullptr};
  const auto caller = seen->assertion ? seen->assertion->request.caller : std::nullopt;
  const bool own = seen->asks_ready;
  head.context = std::move(seen);
  return own ? Admission{} : uploader_.admit(caller, head);
}

void UploaderDoor::serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) {
  const auto seen = std::static_pointer_cast<Seen>(std::move(request.context));
  if (seen->asks_ready) return reply(ready_() ? empty_answer(204) : not_ready(request.id));
  if (!seen->assertion) {
    return uploader_.serve(std::nullopt, std::move(request), std::move(sink), std::move(reply));
  }
  if (sink == nullptr) {
    if (auto sound = assertions_.check_body(*seen->assertion, request.body); !sound) {
      return reply(problem(sound.error(), request.id));
    }
  }
  uploader_.serve(seen->assertion->request.caller, std::move(request), std::move(sink),
                  std::move(reply));
}

}  // namespace herald::http
