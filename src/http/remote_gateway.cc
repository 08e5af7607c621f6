#include "http/remote_gateway.h"

#include <limits>
#include <utility>

#include "http/identity_claims.h"
#include "http/remote_answer.h"
#include "http/request_id.h"

namespace herald::http {
namespace {

// The gateway knows how much there may be.
constexpr auto kAnyLength = std::numeric_limits<std::uint64_t>::max();

// Its path is ours: the edge serves files for all others.
struct Seen {};

bool has_body(const Request& head) {
  if (head.headers.count("Transfer-Encoding") > 0) return true;
  const auto* length = head.headers.find("Content-Length");
  return length != nullptr && length->find_first_not_of('0') != length->npos;
}

}  // namespace

Admission RemoteGateway::admit(Request& head) {
  strip_claims(head.headers);
  head.headers.set(kRequestId, head.id);
  // After what others have said, so that the last one is ours: that is the one to believe.
  head.headers.add("X-Forwarded-For", head.peer);
  head.context = std::make_shared<Seen>();
  if (!has_body(head)) return {};
  return {{}, kAnyLength, client_.begin(head)};
}

void RemoteGateway::serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) {
  auto heard = answer_to(request.id, std::move(reply));
  request.context.reset();
  if (sink != nullptr) return static_cast<Client::Upload&>(*sink).finish(std::move(heard));
  client_.send(std::move(request), std::move(heard));
}

}  // namespace herald::http
