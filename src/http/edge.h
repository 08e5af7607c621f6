// The front door: the web app, and everything under /api passed on to the gateway.
#pragma once

#include "http/request_id.h"
#include "http/server/message.h"
#include "http/server/static_files.h"

namespace herald::http {

class Edge final : public Service {
 public:
  Edge(const StaticFiles& app, Service& gateway, Random& random)
      : app_(app), gateway_(gateway), random_(random) {}

  bool is_brief(const Request& head) const override {
    return is_api(head) && gateway_.is_brief(head);
  }
  Admission admit(Request& head) override {
    name_request(random_, head);
    if (is_api(head)) return gateway_.admit(head);
    return {};
  }
  void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) override {
    // The gateway has moved API paths below /api and left its mark.
    if (request.context) return gateway_.serve(std::move(request), std::move(sink), reply);
    reply(app_.serve(request));
  }

 private:
  static bool is_api(const Request& head) { return head.path.starts_with("/api/"); }

  const StaticFiles& app_;
  Service& gateway_;
  Random& random_;
};

}  // namespace herald::http
