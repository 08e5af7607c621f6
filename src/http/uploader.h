// The uploader: OAuth, accounts, posts, media, publishing. It decides on the original caller's
// identity and owns every route behind /api.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/router.h"
#include "http/services.h"
#include "http/upstream.h"

namespace herald::http {

// One request on its way through a resource.
struct ApiCall {
  const Services& services;
  std::optional<Caller> who;  // Set wherever the route is not open.
  Request request;
  PathArgs args;
  std::shared_ptr<BodySink> sink;

  const Caller& caller() const { return *who; }
  std::string arg(std::string_view name) const { return args.find(name)->second; }
  PlatformId platform() const { return PlatformId(arg("platform")); }
  Response refuse(const Error& error) const;  // As problem+json.
};

struct ApiRoute {
  using Handle = void (*)(ApiCall call, Reply reply);
  // For bodies that are not to be gathered: who takes them, or why not.
  using Receive = std::expected<std::shared_ptr<BodySink>, Response> (*)(const ApiCall& call);

  Handle handle = nullptr;
  bool open = false;                   // Answers without a caller.
  std::uint64_t body_limit_bytes = 0;  // 0: no body.
  Receive receive = nullptr;
  bool brief = false;  // See Service::is_brief().
};

using ApiRoutes = RouteTable<ApiRoute>;

class Uploader final : public Upstream {
 public:
  explicit Uploader(const Services& services);
  bool is_brief(std::string_view method, std::string_view path) const override;
  Admission admit(const std::optional<Caller>& caller, Request& head) override;
  void serve(const std::optional<Caller>& caller, Request request, std::shared_ptr<BodySink> sink,
             Reply reply) override;
  // Whether this request is for a route that needs no caller; also true for paths that do not
  // exist.
  bool is_open(const Request& head) const;
  // Whether its body is taken piece by piece, as it comes.
  bool takes_stream(const Request& head) const;
  const Services& services() const { return services_; }

 private:
  const Services& services_;
  ApiRoutes routes_;
};

// Its own port: a caller exists only by a signed internal assertion.
class UploaderDoor final : public Service {
 public:
  UploaderDoor(Uploader& uploader, InternalAssertions& assertions)
      : uploader_(uploader), assertions_(assertions) {}
  Admission admit(Request& head) override;
  void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) override;

 private:
  struct Seen;
  Uploader& uploader_;
  InternalAssertions& assertions_;
};

// Each resource adds its routes.
void add_platform_routes(ApiRoutes& routes);
void add_connect_routes(ApiRoutes& routes);
void add_account_routes(ApiRoutes& routes);
void add_post_routes(ApiRoutes& routes);
void add_media_routes(ApiRoutes& routes);
void add_history_routes(ApiRoutes& routes);
void add_analytics_routes(ApiRoutes& routes);
void add_event_routes(ApiRoutes& routes);
void add_notice_routes(ApiRoutes& routes);

}  // namespace herald::http
