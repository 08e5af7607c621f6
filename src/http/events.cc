// GET /api/events: what changes, as it changes.
#include "http/event_hub.h"
#include "http/strict_query.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

void follow_events(ApiCall call, Reply reply) {
  if (auto query = strict_query(call.request.query, {}); !query) {
    return reply(call.refuse(query.error()));
  }
  const auto still_good = [&services = call.services, caller = call.caller(),
                           until = call.request.good_until] {
    if (services.clock.now() >= until) return false;
    const auto person = services.access.person(caller);
    return person || person.error().kind != ErrorKind::unauthorized;
  };
  auto stream = call.services.events.subscribe(call.caller(), still_good);
  if (!stream) return reply(call.refuse(stream.error()));
  Response response;
  response.headers.add("Content-Type", "text/event-stream");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("X-Accel-Buffering", "no");  // nginx would hold the events back.
  response.stream = std::move(*stream);
  reply(std::move(response));
}

}  // namespace

void add_event_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/events", {.handle = follow_events});
}

}  // namespace herald::http
