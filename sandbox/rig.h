// A side in a test's hands: a world whose clock stands still, media addresses that answer what the
// test put there, and requests without a socket. Linked by tests only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/side.h"

namespace herald::sandbox {

struct RigRequest {
  std::string method = "GET";
  std::string url;  // "https://graph.facebook.com/v26.0/me?fields=id".
  std::string content_type;
  std::string body;
  std::vector<http::Header> headers;
};

class Rig {
 public:
  Rig() : clock([this] { return wall; }) {}

  // Asks the side as the core would: fetches what it wants fetched first from `web`.
  Answer ask(Side& side, const RigRequest& request) {
    auto call =
        read_call(parsed(request), std::make_shared<const Bytes>(request.body), side.hosts());
    side.settle();
    auto answer = side.answer(call);
    if (answer.fetch_first.empty()) return answer;
    for (const auto& url : answer.fetch_first) {
      const auto found = web.find(url);
      call.fetched[url] = found == web.end() ? Fetched{} : found->second;
    }
    return side.answer(call);
  }

  // A form POST; fields in order.
  static RigRequest form(std::string url, const std::vector<Field>& fields,
                         std::string method = "POST") {
    std::string body;
    for (const auto& field : fields)
      body += (body.empty() ? "" : "&") + percent_encoded(field.name) + "=" +
              percent_encoded(field.value);
    return {.method = std::move(method),
            .url = std::move(url),
            .content_type = "application/x-www-form-urlencoded",
            .body = std::move(body)};
  }

  void serve(const std::string& url, std::string bytes) {
    web[url] = {.outcome = Fetched::Outcome::ok,
                .status = 200,
                .body = std::make_shared<const Bytes>(std::move(bytes))};
  }

  // As a server would hand it over, the real host as the path's first segment.
  static http::Request parsed(const RigRequest& from) {
    http::Request request;
    const auto scheme = from.url.substr(0, 8).find("://");
    request.target = scheme == std::string::npos ? from.url : "/" + from.url.substr(scheme + 3);
    const auto mark = std::min(request.target.find('?'), request.target.size());
    request.method = from.method;
    request.path = request.target.substr(0, mark);
    if (mark < request.target.size()) request.query = request.target.substr(mark + 1);
    for (const auto& header : from.headers) request.headers.add(header.name, header.value);
    if (!from.content_type.empty()) request.headers.set("Content-Type", from.content_type);
    return request;
  }

  Time wall = from_ms(1'795'348'800'000);  // 2026-11-22T12:00:00Z
  Clock clock;
  Ledger ledger;
  MediaShelf media;
  Switches switches;
  Settings settings;
  World world{clock, ledger, media, switches, settings};
  std::map<std::string, Fetched> web;
};

}  // namespace herald::sandbox
