#include "http/operations.h"

#include <boost/json.hpp>

#include "http/json_body.h"
#include "http/server/problem.h"

namespace herald::http {

namespace json = boost::json;

Admission Operations::admit(Request& head) {
  const bool known = head.path == "/healthz" || head.path == "/readyz" || head.path == "/metrics";
  if (known && (head.method == "GET" || head.method == "HEAD")) return {};
  return {no_such_address(head.id), 0, nullptr};
}

void Operations::serve(Request request, std::shared_ptr<BodySink>, Reply reply) {
  if (request.path == "/healthz") {
    return reply(json_answer(200, {{"alive", true}, {"pid", process_}}));
  }
  if (request.path == "/metrics") {
    Response response;
    response.headers.add("Content-Type", "text/plain; version=0.0.4");
    response.body = metrics_();
    return reply(std::move(response));
  }
  bool ready = true;
  json::array list;
  for (const auto& check : checks_()) {
    ready = ready && check.ready;
    list.push_back({{"name", check.name}, {"ready", check.ready}, {"note", check.note}});
  }
  reply(json_answer(ready ? 200 : 503, {{"ready", ready}, {"checks", std::move(list)}}));
}

}  // namespace herald::http
