#include "http/remote_uploader.h"

#include <utility>

#include "http/remote_answer.h"

namespace herald::http {
namespace {

// How the request goes on: what the gateway found out is in the assertion, and who has shown which
// token is nobody else's business.
void pass_on_as(Request& head, const std::string& assertion) {
  for (const char* name : {"Authorization", "X-Forwarded-For", "X-Request-Id"}) {
    head.headers.remove(name);
  }
  head.headers.set(kAssertionHeader, assertion);
}

PassedOn passed_on(const std::optional<Caller>& caller, const Request& head) {
  return {caller, head.peer, head.id, head.good_until};
}

}  // namespace

Admission RemoteUploader::admit(const std::optional<Caller>& caller, Request& head) {
  if (SignIn::knows(head)) return SignIn::admit(caller, head);
  const auto match = routes_.match(head.method, head.path);
  if (auto refusal = refused_route(match, caller, head.id)) return {std::move(refusal), 0, nullptr};
  Admission admission{{}, match.handler->body_limit_bytes, nullptr};
  if (match.handler->receive == nullptr) return admission;
  Request out = head;
  pass_on_as(out, assertions_.sign_streamed(passed_on(caller, head), out.method, out.target,
                                            stream_terms(out)));
  admission.sink = client_.begin(std::move(out));
  return admission;
}

void RemoteUploader::serve(const std::optional<Caller>& caller, Request request,
                           std::shared_ptr<BodySink> sink, Reply reply) {
  auto heard = answer_to(request.id, std::move(reply));
  if (sink != nullptr) {
    return static_cast<Client::Upload&>(*sink).finish(std::move(heard));
  }
  pass_on_as(request, assertions_.sign(passed_on(caller, request), request.method, request.target,
                                       request.body));
  client_.send(std::move(request), std::move(heard));
}

}  // namespace herald::http
